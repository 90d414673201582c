package dev.camelsiem.letters;

import dev.camelsiem.text.Lines;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file line by line without holding more than one of them. */
final class FileLines {
  private static final int BLOCK = 1 << 16;

  /** No letter is longer; what is, was not written by us. */
  private static final int MOST = 64 << 20;

  private final InputStream in;
  private final Path file;
  private final Taker taker;
  private long line = 1;

  /** Hears a line. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param bytes are used again after the call; a line feed stands at {@code to}
     * @param to behind the last byte of the line, its line feed not counted
     * @return whether to go on
     */
    boolean take(byte[] bytes, int from, int to) throws IOException;
  }

  /** Hears a line with its number. */
  @FunctionalInterface
  interface NumberedTaker {
    /** As {@link Taker#take}; the first line is 1. */
    boolean take(byte[] bytes, int from, int to, long line) throws IOException;
  }

  private FileLines(InputStream in, Path file, Taker taker) {
    this.in = in;
    this.file = file;
    this.taker = taker;
  }

  /**
   * Gives each whole line to a taker; an unfinished one at the end is being written, and left out.
   *
   * @return false when the taker had enough
   * @throws NoSuchFileException when the file is not there
   * @throws NotOpenedException when it is, and can't be opened
   * @throws UnreadableException when it can't be read on, or is no file
   */
  static boolean each(Path file, Taker taker) throws IOException {
    try (InputStream in = open(file)) {
      return each(in, file, taker);
    }
  }

  /** The same for a file that is open already. */
  static boolean each(InputStream in, Path file, Taker taker) throws IOException {
    return new FileLines(in, file, taker).read();
  }

  /** The same with the numbers of the lines. */
  static boolean numbered(InputStream in, Path file, NumberedTaker taker) throws IOException {
    long[] line = {0};
    return each(in, file, (bytes, from, to) -> taker.take(bytes, from, to, ++line[0]));
  }

  /** Opens a file; the exceptions are those of {@link #each}. */
  static InputStream open(Path file) throws IOException {
    try {
      return new FileInputStream(file.toFile()); // an interrupt does not close it
    } catch (FileNotFoundException e) {
      if (Files.isRegularFile(file)) {
        throw new NotOpenedException(file, e);
      }
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnreadableException(file, 1, e);
      }
      throw new NoSuchFileException(file.toString());
    }
  }

  private boolean read() throws IOException {
    byte[] bytes = new byte[BLOCK];
    int held = 0;
    int read;
    while ((read = read(bytes, held)) >= 0) {
      int end = held + read;
      int from = 0;
      int feed;
      for (int i = held; (feed = Lines.end(bytes, i, end)) < end; i = from) {
        if (!taker.take(bytes, from, feed)) {
          return false;
        }
        line++;
        from = feed + 1;
      }
      held = end - from;
      System.arraycopy(bytes, from, bytes, 0, held);
      if (held == bytes.length) {
        if (held >= MOST) {
          throw new UnreadableException(file, line, "a line of more than " + MOST + " bytes");
        }
        bytes = Arrays.copyOf(bytes, held * 2);
      }
    }
    return true;
  }

  private int read(byte[] bytes, int held) throws IOException {
    try {
      return in.read(bytes, held, bytes.length - held);
    } catch (IOException e) {
      throw new UnreadableException(file, line, e);
    }
  }
}
