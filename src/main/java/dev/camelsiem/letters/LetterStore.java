package dev.camelsiem.letters;

import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.flow.event.DeadLetter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of JSON lines that dead letters are appended to, with the full ones and the sums beside
 * it.
 *
 * <p>A batch is on disk, synced, when {@link #append} returns, or not in the file at all when it
 * throws. Thread-safe. One process at a time: a lock file says whose it is.
 */
public final class LetterStore implements AutoCloseable {
  static final String OVER_SHARE = "share";
  static final String DROPPED = "dropped";

  private static final Logger LOG = LoggerFactory.getLogger(LetterStore.class);

  /** More letters than a file can hold. */
  private static final long MOST_IN_A_FILE = 1L << 32;

  private static final Duration LOOK_EVERY = Duration.ofHours(1);
  private static final Duration LONGEST_OPEN = Duration.ofDays(1);

  /**
   * What is freed at least, as a part of all: to write files again for each batch would be slow.
   */
  private static final int LEAST_FREED = 64;

  private final LetterLimits limits;
  private final Path path;
  private final Segments segments;
  private final FileChannel lockChannel;
  private final LetterAppender appender;
  private final Shares shares;
  private final Sums sums;
  private final Retries retries = new Retries();
  private final AtomicBoolean desk = new AtomicBoolean();
  private long lastNumber;
  private long openedAt = System.nanoTime();
  private long lookedAt = System.nanoTime();
  private boolean full;

  /**
   * Opens or creates the file; what a crash left of an unfinished line is cut off.
   *
   * @throws IOException when it can't be opened or another process holds it
   */
  public LetterStore(Path path, LetterLimits limits) throws IOException {
    this.path = path;
    this.limits = limits;
    this.segments = new Segments(path);
    this.shares =
        new Shares(limits.originBytes(), limits.originPeriod().toNanos(), System::nanoTime);
    this.sums = new Sums(path);
    DurableFiles.createFolderOf(path);
    FileChannel lock = DurableFiles.lock(path);
    if (lock == null) {
      throw new IOException("another process writes these dead letters: " + path);
    }
    lockChannel = lock;
    LetterAppender opened = null;
    try {
      opened = new LetterAppender(path);
      appender = opened;
      sums.load();
      lastNumber = Math.max(Ledger.load(path).highest(), new Requests(path).highest());
      count();
      deleteOld();
    } catch (IOException | RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      lockChannel.close();
      throw e;
    }
  }

  /** Who holds what, and the highest number, from the files as they are. */
  private void count() throws IOException {
    for (Path file : segments.archived()) {
      try {
        count(file);
      } catch (IOException e) {
        lastNumber += MOST_IN_A_FILE; // it may have had so many that are not known now
        LOG.error(
            "Dead letters can't be read and are put aside, outside of all limits; mend the file and give it its name again, or remove it: {}: {}",
            segments.putAside(file),
            e.toString());
      }
    }
    count(path); // which could be opened for writing
  }

  private void count(Path file) throws IOException {
    boolean unused =
        Lines.each(
            file,
            (bytes, from, to) -> {
              lastNumber = Math.max(lastNumber, Origins.numberOfLine(bytes, from, to));
              shares.hold(Origins.ofLine(bytes, from, to), to - from + 1L);
              return true;
            });
  }

  /** Where the letters are. */
  public Path path() {
    return path;
  }

  /** Whether the caller is the one who does what is asked for in {@link Requests}. */
  public boolean takeDesk() {
    return desk.compareAndSet(false, true);
  }

  /** Gives the desk back. */
  public void leaveDesk() {
    desk.set(false);
  }

  /** What is being replayed, so that a letter of it is known for what it is. */
  Retries retries() {
    return retries;
  }

  /**
   * Writes and syncs a batch.
   *
   * @param route the route that the events came by, or null when nobody knows
   * @throws IOException when nothing of the batch was kept: the disk or the quota is full
   */
  public synchronized void append(List<DeadLetter> letters, @Nullable String route)
      throws IOException {
    rotate();
    long numberBefore = lastNumber;
    List<Line> lines = new ArrayList<>();
    List<Letter> over = new ArrayList<>();
    List<Sums.Sum> before = null;
    try {
      admit(letters, route, lines, over);
      makeRoom(lines);
      before = sums.snapshot();
      over.forEach(this::sumUp);
      appender.append(lines.stream().map(Line::bytes).toList());
      sums.save();
      appender.commit();
    } catch (IOException | RuntimeException e) {
      appender.undo(e);
      lines.stream()
          .filter(line -> hasShare(line.letter()))
          .forEach(line -> shares.giveBack(line.group(), line.bytes().length));
      if (before != null) {
        sums.restore(before);
      }
      lastNumber = numberBefore;
      throw e;
    }
    lines.forEach(line -> shares.hold(line.group(), line.bytes().length));
  }

  /** A letter as it is written. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Line(Letter letter, String group, byte[] bytes) {}

  /** Those that there is a share for become lines, one by one: no more are held at a time. */
  private void admit(
      List<DeadLetter> letters, @Nullable String route, List<Line> lines, List<Letter> over) {
    Instant now = Instant.now();
    for (DeadLetter merged : Merger.merge(letters)) {
      Letter letter = retries.letter(merged, ++lastNumber, now, route);
      String group = Origins.group(letter.event().origin());
      byte[] bytes = LetterJson.line(letter);
      if (!hasShare(letter) || shares.admit(group, bytes.length)) {
        lines.add(new Line(letter, group, bytes));
      } else {
        over.add(letter);
      }
    }
  }

  /** One that failed again is kept: the letter before it counts as replayed. */
  private boolean hasShare(Letter letter) {
    return limits.drops() && letter.attempts() == 1;
  }

  private void sumUp(Letter letter) {
    String group = Origins.group(letter.event().origin());
    String name = shares.name(group);
    sums.add(OVER_SHARE, letter, name);
    if (shares.tellOf(group)) {
      LOG.error(
          "Dead letters of {} are more than its share of {} bytes in {}: what else comes from there is"
              + " only counted until then, see `siem dlq list`; {}",
          name,
          limits.originBytes(),
          limits.originPeriod(),
          path);
    }
  }

  /** A full file gets its number, and one that is long open, so that it can grow old. */
  private void rotate() throws IOException {
    boolean isOld = System.nanoTime() - openedAt > LONGEST_OPEN.toNanos();
    if (appender.size() >= limits.segmentBytes() || isOld && appender.size() > 0) {
      archive();
    }
    appender.open();
    if (System.nanoTime() - lookedAt > LOOK_EVERY.toNanos()) {
      lookedAt = System.nanoTime();
      deleteOld();
    }
  }

  private void archive() throws IOException {
    appender.open();
    if (appender.size() == 0) {
      return; // nothing to give a number to
    }
    appender.shut();
    segments.archive();
    openedAt = System.nanoTime();
  }

  private void deleteOld() throws IOException {
    Instant before = Instant.now().minus(limits.maxAge());
    for (Path file : segments.archived()) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
        LOG.warn("Dead letters older than {} are deleted: {}", limits.maxAge(), file);
        long unused = Segments.rewrite(file, this::keepsNot);
      }
    }
    sums.forgetOlderThan(limits.maxAge());
  }

  /** A line is left out. */
  private boolean keepsNot(byte[] bytes, int from, int to) {
    shares.hold(Origins.ofLine(bytes, from, to), -(to - from + 1L));
    return false;
  }

  /** Frees or refuses, so that all files together stay below the limit. */
  private void makeRoom(List<Line> lines) throws IOException {
    long needed = lines.stream().mapToLong(line -> line.bytes().length).sum();
    long over = total() + needed - limits.maxBytes();
    if (over <= 0) {
      full = false;
      return;
    }
    if (!limits.drops()) {
      refuse(needed);
    }
    long freed = drop(Math.max(over, limits.maxBytes() / LEAST_FREED));
    if (freed < over) { // a batch that is larger than all that may be kept
      lines.forEach(line -> sums.add(DROPPED, line.letter(), shares.name(line.group())));
      lines.clear();
    }
  }

  private long total() throws IOException {
    return segments.archivedBytes() + appender.size() + sums.bytesOnDisk();
  }

  private void refuse(long needed) throws IOException {
    if (!full) {
      full = true;
      LOG.error("Dead letters are full, new ones are refused and sources will wait: {}", path);
    }
    throw new IOException(
        "dead letters are full: %d bytes below %s, %d more would pass maxBytes=%d; purge or replay some, or raise maxBytes"
            .formatted(total(), path, needed, limits.maxBytes()));
  }

  /** Gives up the oldest letters of whoever has most, again and again; tells how many bytes. */
  private long drop(long wanted) throws IOException {
    archive();
    long freed = 0;
    Set<String> gone = new HashSet<>();
    while (freed < wanted) {
      String largest = shares.largest(gone);
      if (largest == null) {
        break;
      }
      long more = drop(largest, wanted - freed);
      if (more == 0) {
        gone.add(largest); // somebody has removed its files
      }
      freed += more;
    }
    appender.open();
    sums.save();
    return freed;
  }

  private long drop(String name, long wanted) throws IOException {
    long freed = 0;
    long[] events = {0};
    for (Path file : segments.archived()) {
      long[] left = {wanted - freed};
      freed +=
          Segments.rewrite(
              file,
              (bytes, from, to) -> {
                String group = Origins.ofLine(bytes, from, to);
                if (left[0] <= 0 || !shares.name(group).equals(name)) {
                  return true;
                }
                left[0] -= to - from + 1L;
                Letter letter = LetterJson.read(bytes, from, to);
                if (letter != null) {
                  events[0] += letter.count();
                  sums.add(DROPPED, letter, name);
                }
                return keepsNot(bytes, from, to);
              });
      if (freed >= wanted) {
        break;
      }
    }
    LOG.error(
        "Dead letters are full: the oldest {} events of {}, which has most, were dropped and counted: {}",
        events[0],
        name,
        path);
    return freed;
  }

  /**
   * Gives the file that is written its number, so that all letters up to now stand in files whose
   * names stay.
   *
   * @return the highest number that a letter has
   */
  synchronized long settle() throws IOException {
    archive();
    appender.open();
    return lastNumber;
  }

  /** A number that no letter has: higher than all up to now, lower than all that come. */
  synchronized long nextNumber() {
    return ++lastNumber;
  }

  /**
   * Removes letters for good; other threads append meanwhile.
   *
   * @return how many letters went
   */
  long remove(Predicate<Letter> gone) throws IOException {
    long unused = settle();
    long[] removed = {0};
    for (Path file : segmentsNow()) {
      synchronized (this) {
        if (Files.exists(file)) {
          long bytes =
              Segments.rewrite(
                  file,
                  (line, from, to) -> {
                    Letter letter = LetterJson.read(line, from, to);
                    if (letter == null || !gone.test(letter)) {
                      return true;
                    }
                    removed[0]++;
                    return keepsNot(line, from, to);
                  });
          LOG.debug("{} bytes of {} purged", bytes, file);
        }
      }
    }
    return removed[0];
  }

  private synchronized List<Path> segmentsNow() throws IOException {
    return segments.archived();
  }

  /** Forgets all sums. */
  synchronized void removeSums() throws IOException {
    sums.forget(Instant.MAX);
    sums.save();
  }

  @Override
  public synchronized void close() throws IOException {
    try (lockChannel) {
      appender.close();
    }
  }
}
