package dev.camelsiem.letters;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the letters of a file and of the full ones beside it, also while a pipeline writes them.
 */
public final class LetterFolder {
  private final Path path;
  private long unreadable;

  /**
   * @param path of the file that is written
   */
  public LetterFolder(Path path) {
    this.path = path;
  }

  /** Hears a letter. */
  @FunctionalInterface
  public interface Taker {
    /** Returns whether to go on. */
    boolean take(Letter letter) throws IOException;
  }

  /** Hears how much was read. */
  @FunctionalInterface
  public interface Progress {
    void bytes(long read);
  }

  /** Gives all letters to a taker, the oldest first, until it has enough. */
  public void each(Taker taker) throws IOException {
    each(taker, read -> {});
  }

  /** The same, and tells after each letter how many bytes it had. */
  public void each(Taker taker, Progress progress) throws IOException {
    unreadable = 0;
    Lines.Taker lines = (bytes, from, to) -> take(bytes, from, to, taker, progress);
    Set<Path> read = new HashSet<>();
    while (true) {
      for (Path full : new Segments(path).archived()) {
        if (read.add(full) && !readIfThere(full, lines)) {
          return;
        }
      }
      if (!Files.exists(path)) {
        return;
      }
      try (InputStream current = new FileInputStream(path.toFile())) {
        // One that has got its number meanwhile may be the one that is open, or the one before it.
        if (read.containsAll(new Segments(path).archived())) {
          boolean unused = Lines.each(current, path, lines);
          return;
        }
      } catch (FileNotFoundException e) {
        continue; // it gets its number right now
      }
    }
  }

  private static boolean readIfThere(Path file, Lines.Taker lines) throws IOException {
    try {
      return Lines.each(file, lines);
    } catch (FileNotFoundException e) {
      return true; // deleted right now
    }
  }

  private boolean take(byte[] bytes, int from, int to, Taker taker, Progress progress)
      throws IOException {
    Letter letter = LetterJson.read(bytes, from, to);
    progress.bytes(to - from + 1L);
    if (letter == null) {
      unreadable++;
      return true;
    }
    return taker.take(letter);
  }

  /** Lines of the last reading that were no letters. */
  public long unreadable() {
    return unreadable;
  }

  /** Bytes of all files. */
  public long bytes() throws IOException {
    long bytes = 0;
    for (Path file : Segments.files(path)) {
      bytes += file.toFile().length();
    }
    return bytes;
  }
}
