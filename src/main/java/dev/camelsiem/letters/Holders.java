package dev.camelsiem.letters;

import dev.camelsiem.letters.LetterSegments.Segment;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds how much of the letters: an account of each file, which goes and comes with the file.
 * Not thread-safe.
 */
final class Holders {
  /** More letters than a file can hold. */
  static final long MOST_IN_A_FILE = 1L << 32;

  private static final Logger LOG = LoggerFactory.getLogger(Holders.class);

  private final Path path;
  private final LetterSegments segments;
  private final Map<Path, Known> full = new HashMap<>();
  private Account current = new Account();
  private long highest;

  /**
   * A full file that had so many bytes.
   *
   * @param account null when it could not be opened
   */
  private record Known(@Nullable Account account, long bytes) {}

  Holders(Path path, LetterSegments segments) {
    this.path = path;
    this.segments = segments;
  }

  /** Looks which full files are there, and counts those that are new or not as they were. */
  void sync() throws IOException {
    Set<Path> there = new HashSet<>();
    for (Segment segment : segments.list()) {
      Known known = full.get(segment.file());
      boolean isKnown =
          known != null && known.account() != null && known.bytes() == segment.bytes();
      if (isKnown || count(segment)) {
        there.add(segment.file());
      }
    }
    full.keySet().retainAll(there);
  }

  private boolean count(Segment segment) throws IOException {
    try {
      put(segment.file(), Account.of(segment.file()), segment.bytes());
      return true;
    } catch (NoSuchFileException e) {
      return false; // removed right now
    } catch (NotOpenedException e) {
      notOpened(segment.file(), e);
      return true;
    } catch (UnreadableException e) {
      putAside(segment.file(), e);
      return false;
    }
  }

  /** One that cannot be opened stays and counts; it is tried again when the files are looked at. */
  void notOpened(Path file, NotOpenedException why) {
    Known before = full.put(file, new Known(null, file.toFile().length()));
    if (before == null) {
      highest += MOST_IN_A_FILE; // as many letters as may be in it
    }
    if (before == null || before.account() != null) {
      LOG.error(
          "Dead letters can't be opened; they count for the limit, and no room can be made in that file: see who owns it, its mode, and how many files may be open: {}",
          why.getMessage());
    }
  }

  /** One that cannot be read keeps nobody from going on. */
  void putAside(Path file, UnreadableException why) throws IOException {
    full.remove(file);
    highest += MOST_IN_A_FILE; // it may have had so many that are not known now
    LOG.error(
        "Dead letters can't be read and are put aside, outside of all limits; mend the file and give it its name again, or remove it: {}: {}",
        segments.putAside(file),
        why.getMessage());
  }

  /** The file that is written was opened and has so many bytes. */
  void opened(long bytes) throws IOException {
    if (current.bytes() != bytes) {
      current = Account.of(path);
      highest = Math.max(highest, current.highest());
    }
  }

  /** The account of the file that is written. */
  Account current() {
    return current;
  }

  /** The file that was written has another name from now on; null when it is gone. */
  void archived(@Nullable Path file) {
    if (file != null) {
      full.put(file, new Known(current, current.bytes()));
    }
    current = new Account();
  }

  /** A full file was counted; one without any bytes is gone. */
  void put(Path file, Account account, long bytes) {
    highest = Math.max(highest, account.highest());
    if (bytes == 0 && account.bytes() == 0) {
      full.remove(file);
    } else {
      full.put(file, new Known(account, bytes));
    }
  }

  /** A full file is gone. */
  void remove(Path file) {
    full.remove(file);
  }

  /** The account of a full file, or null when it is not known. */
  @Nullable Account of(Path file) {
    Known known = full.get(file);
    return known == null ? null : known.account();
  }

  /** Whether there are full files that could not be opened. */
  boolean lackSome() {
    return full.values().stream().anyMatch(known -> known.account() == null);
  }

  /** What each holds of the full files. */
  Map<String, Long> held() {
    Map<String, Long> held = new HashMap<>();
    for (Known known : full.values()) {
      Account account = known.account();
      if (account != null) {
        account.held().forEach((name, bytes) -> held.merge(name, bytes, Long::sum));
      }
    }
    return held;
  }

  /** Bytes of all full files, as far as they are known. */
  long bytes() {
    return full.values().stream().mapToLong(Known::bytes).sum();
  }

  /** The highest number that a letter has, or may have had in a file that can't be read. */
  long highest() {
    return highest;
  }
}
