package dev.camelsiem.letters;

import dev.camelsiem.durable.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room among the full files, one file at a time: who gives how much is found at the beginning
 * of a pass, and each file is written again at most once in it. What is dropped is counted exactly
 * once, also when we are killed meanwhile. Not thread-safe.
 */
final class Room {
  static final String DROPPED = "dropped";

  /** So many origins are named in the log when they have lost letters. */
  private static final int MOST_TOLD = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  private final Path path;
  private final LetterSegments segments;
  private final Holders holders;
  private final Sums sums;
  private @Nullable Pass pass;

  /** Whether the sums on disk may name a copy that is not to be used. */
  private boolean unsettled;

  Room(Path path, LetterSegments segments, Holders holders, Sums sums) {
    this.path = path;
    this.segments = segments;
    this.holders = holders;
    this.sums = sums;
  }

  /** What is to be freed, and how far that is. */
  private static final class Pass {
    private final Map<String, Long> wanted;
    private final boolean hasVictims;
    private final Iterator<Path> files;
    private final Map<String, Long> events = new HashMap<>();
    private long left;

    Pass(Map<String, Long> wanted, long bytes, List<Path> files) {
      this.wanted = wanted;
      this.hasVictims = !wanted.isEmpty();
      this.left = bytes;
      this.files = files.iterator();
    }

    boolean concerns(Account account) {
      return account.held().keySet().stream().anyMatch(wanted::containsKey);
    }

    /** Whether a line is one of those that go. */
    boolean takes(String name, long length) {
      Long more = wanted.get(name);
      if (left <= 0 || more == null) {
        return false;
      }
      left -= length;
      if (more > length) {
        wanted.put(name, more - length);
      } else {
        wanted.remove(name);
      }
      return true;
    }
  }

  boolean isUnderWay() {
    return pass != null;
  }

  /** Lets the rest stay: there is room again. */
  void end() {
    Pass now = pass;
    if (now != null) {
      pass = null;
      tell(now);
    }
  }

  /**
   * Frees what can be freed in one file.
   *
   * @param wanted bytes to free in a pass that begins
   * @return false when nobody holds anything that could go
   */
  boolean step(long wanted) throws IOException {
    settle();
    Pass now = pass;
    if (now == null) {
      holders.sync();
      now = new Pass(WaterLevel.cut(holders.held(), wanted), wanted, segments.archived());
      pass = now;
    }
    try {
      Path file = next(now);
      if (file != null) {
        drop(now, file);
      }
      if (file == null || now.left <= 0) {
        pass = null;
        tell(now);
      }
      return now.hasVictims;
    } catch (IOException | RuntimeException e) {
      pass = null;
      tell(now);
      throw e;
    }
  }

  private @Nullable Path next(Pass now) {
    while (now.files.hasNext()) {
      Path file = now.files.next();
      Account account = holders.of(file);
      if (account != null && now.concerns(account)) {
        return file;
      }
    }
    return null;
  }

  private void drop(Pass now, Path file) throws IOException {
    Account account = holders.of(file);
    if (account == null) {
      return;
    }
    Account rest = new Account();
    Map<String, Long> events = new HashMap<>();
    List<Sums.Sum> before = sums.snapshot();
    Rewrite copy;
    try {
      copy =
          Rewrite.of(
              file,
              (bytes, from, to) -> {
                String name = account.name(OriginGroups.ofLine(bytes, from, to));
                if (!now.takes(name, to - from + 1L)) {
                  rest.add(bytes, from, to);
                  return true;
                }
                events.merge(name, sums.add(DROPPED, name, bytes, from, to), Long::sum);
                return false;
              });
    } catch (IOException | RuntimeException e) {
      sums.restore(before);
      if (isOver(file, e)) {
        return;
      }
      throw e;
    }
    if (copy == null) {
      holders.put(file, rest, bytesOf(file, rest));
    } else {
      countAndReplace(file, copy, rest, before);
      events.forEach((name, count) -> now.events.merge(name, count, Long::sum));
    }
  }

  /** Whether a pass goes on when a file could not be written again. */
  private boolean isOver(Path file, Exception why) throws IOException {
    if (why instanceof NoSuchFileException) {
      holders.remove(file); // somebody has moved it away
      return true;
    }
    if (why instanceof NotOpenedException notOpened) {
      holders.notOpened(file, notOpened);
    } else if (why instanceof UnreadableException unreadable) {
      holders.putAside(file, unreadable);
      return true;
    }
    return false;
  }

  /** First the sums, which name the copy: after a crash the start goes on from there. */
  private void countAndReplace(Path file, Rewrite copy, Account rest, List<Sums.Sum> before)
      throws IOException {
    try {
      sums.save(new Sums.Pending(file, copy.copy(), copy.left()));
      CrashPoint.reached("letters-counted");
      copy.replace();
    } catch (IOException | RuntimeException e) {
      if (copy.isReplaced()) {
        holders.put(file, rest, copy.left()); // only the folder could not be synced
      } else {
        uncount(copy, before, e);
      }
      throw e;
    }
    CrashPoint.reached("letters-dropped");
    holders.put(file, rest, copy.left());
  }

  /**
   * The sums on disk may have been replaced. Where that cannot be undone it is as after a crash:
   * the copy stays with the sums that name it, until {@link #settle}.
   */
  private void uncount(Rewrite copy, List<Sums.Sum> before, Exception why) {
    sums.restore(before);
    unsettled = true;
    try {
      sums.save();
      copy.discard(why);
      unsettled = false;
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Makes the sums on disk those that count, so that no copy is needed any more. */
  private void settle() throws IOException {
    if (unsettled) {
      sums.save();
      segments.deleteCopies();
      unsettled = false;
    }
  }

  /** Of a file that is as it was: its account knows nothing of an unfinished line at its end. */
  private static long bytesOf(Path file, Account account) {
    return Math.max(account.bytes(), file.toFile().length());
  }

  private void tell(Pass now) {
    if (now.events.isEmpty()) {
      return;
    }
    String victims =
        now.events.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST_TOLD)
            .map(each -> each.getValue() + " events of " + each.getKey())
            .collect(Collectors.joining(", "));
    int others = Math.max(0, now.events.size() - MOST_TOLD);
    LOG.error(
        "Dead letters are full: the oldest of those who have most were dropped and counted: {}{}: {}",
        victims,
        others > 0 ? " and some of " + others + " more origins" : "",
        path);
  }

  /**
   * Removes the letters of a full file that somebody does not want any more.
   *
   * @return how many went
   * @throws UnreadableException when it can't be read
   */
  long remove(Path file, Predicate<Letter> gone) throws IOException {
    Account rest = new Account();
    long[] removed = {0};
    settle();
    Rewrite copy;
    try {
      copy =
          Rewrite.of(
              file,
              (bytes, from, to) -> {
                Letter letter = LetterJson.read(bytes, from, to);
                if (letter == null || !gone.test(letter)) {
                  rest.add(bytes, from, to);
                  return true;
                }
                removed[0]++;
                return false;
              });
      if (copy == null && Files.size(file) == 0) {
        Files.delete(file);
        holders.remove(file);
      }
    } catch (NoSuchFileException e) {
      holders.remove(file); // somebody has moved it away
      return 0;
    }
    if (copy != null) {
      try {
        copy.replace();
      } catch (IOException | RuntimeException e) {
        copy.discard(e);
        throw e;
      }
      holders.put(file, rest, copy.left());
    }
    return removed[0];
  }
}
