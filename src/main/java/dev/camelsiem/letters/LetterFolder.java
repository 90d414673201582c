package dev.camelsiem.letters;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the letters of a file and of the full ones beside it, also while a pipeline writes them.
 */
public final class LetterFolder {
  private static final int MOST_PROBLEMS = 20;

  private final Path path;
  private final List<String> problems = new ArrayList<>();
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

  /**
   * Gives all letters to a taker, the oldest first, until it has enough. What can't be read is left
   * out, see {@link #problems}.
   */
  public void each(Taker taker) throws IOException {
    each(taker, read -> {});
  }

  /** The same, and tells after each letter how many bytes it had. */
  public void each(Taker taker, Progress progress) throws IOException {
    problems.clear();
    unreadable = 0;
    Set<Path> read = new HashSet<>();
    while (true) {
      for (Path full : new LetterSegments(path).archived()) {
        if (read.add(full) && !readIfThere(full, taker, progress)) {
          return;
        }
      }
      try (InputStream current = FileLines.open(path)) {
        // One that has got its number meanwhile may be the one that is open, or the one before it.
        if (read.containsAll(new LetterSegments(path).archived())) {
          boolean unused = read(current, path, taker, progress);
          return;
        }
      } catch (NoSuchFileException e) {
        if (read.containsAll(new LetterSegments(path).archived())) {
          return; // else it has got its number right now
        }
      } catch (UnreadableException e) {
        problem(e.getMessage());
        return;
      }
    }
  }

  private boolean readIfThere(Path file, Taker taker, Progress progress) throws IOException {
    try (InputStream in = FileLines.open(file)) {
      return read(in, file, taker, progress);
    } catch (NoSuchFileException e) {
      return true; // deleted right now
    } catch (UnreadableException e) {
      problem(e.getMessage());
      return true;
    }
  }

  private boolean read(InputStream in, Path file, Taker taker, Progress progress)
      throws IOException {
    return FileLines.numbered(
        in,
        file,
        (bytes, from, to, line) -> {
          Letter letter = LetterJson.read(bytes, from, to);
          progress.bytes(to - from + 1L);
          if (letter == null) {
            problem(file + ":" + line + ": no dead letter");
            return true;
          }
          return taker.take(letter);
        });
  }

  private void problem(String text) {
    unreadable++;
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(text);
    }
  }

  /** FileLines of the last reading that were no letters, and files that could not be read on. */
  public long unreadable() {
    return unreadable;
  }

  /** The first of these, each with its file and line. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Bytes of all files. */
  public long bytes() throws IOException {
    long bytes = 0;
    for (Path file : LetterSegments.files(path)) {
      bytes += file.toFile().length();
    }
    return bytes;
  }
}
