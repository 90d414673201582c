package dev.camelsiem.letters;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file line by line without holding more than one of them. */
final class Lines {
  private static final int BLOCK = 1 << 16;

  /** No letter is longer; what is, was not written by us. */
  private static final int MOST = 64 << 20;

  /** Hears a line. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param bytes are used again after the call
     * @param to behind the last byte of the line, its line feed not counted
     * @return whether to go on
     */
    boolean take(byte[] bytes, int from, int to) throws IOException;
  }

  private Lines() {}

  /**
   * Gives each whole line to a taker; an unfinished one at the end is being written, and left out.
   *
   * @return false when the taker had enough
   */
  static boolean each(Path file, Taker taker) throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      return each(in, file, taker);
    }
  }

  /** The same for a file that is open already. */
  static boolean each(InputStream in, Path file, Taker taker) throws IOException {
    byte[] bytes = new byte[BLOCK];
    int held = 0;
    int read;
    while ((read = in.read(bytes, held, bytes.length - held)) >= 0) {
      int end = held + read;
      int from = 0;
      for (int i = held; i < end; i++) {
        if (bytes[i] == '\n') {
          if (!taker.take(bytes, from, i)) {
            return false;
          }
          from = i + 1;
        }
      }
      held = end - from;
      System.arraycopy(bytes, from, bytes, 0, held);
      if (held == bytes.length) {
        if (held >= MOST) {
          throw new IOException("a line of more than " + MOST + " bytes in " + file);
        }
        bytes = Arrays.copyOf(bytes, held * 2);
      }
    }
    return true;
  }
}
