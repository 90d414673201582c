package dev.camelsiem.letters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a {@link LetterStore}: the one that is written, the full ones and the sums, within
 * their limits. Not thread-safe.
 */
final class LetterFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LetterFiles.class);

  private static final Duration LOOK_EVERY = Duration.ofHours(1);
  private static final Duration LONGEST_OPEN = Duration.ofDays(1);

  /** A pass that failed is not begun again before that while there is room. */
  private static final Duration REST = Duration.ofSeconds(10);

  /**
   * A pass gives the file that is written a number when it is more than such a part of a full one.
   */
  private static final int PART_OF_A_FILE = 8;

  /** A pass frees so much at least, and begins when so much is left, as a part of all. */
  private static final int LEAST_FREED = 64;

  private final LetterLimits limits;
  private final Path path;
  private final LetterSegments segments;
  private final LetterAppender appender;
  private final Holders holders;
  private final Sums sums;
  private final Room room;
  private long openedAt = System.nanoTime();
  private long lookedAt = System.nanoTime();
  private boolean full;
  private boolean stuck;
  private long stuckAt;

  /** Opens or creates the file; what a crash has left is finished or taken away. */
  LetterFiles(Path path, LetterLimits limits) throws IOException {
    this.path = path;
    this.limits = limits;
    this.segments = new LetterSegments(path);
    this.sums = new Sums(path);
    this.holders = new Holders(path, segments);
    this.room = new Room(path, segments, holders, sums);
    this.appender = new LetterAppender(path);
    try {
      sums.recover();
      segments.deleteCopies();
      holders.sync();
      open();
      deleteOld();
    } catch (IOException | RuntimeException e) {
      appender.close();
      throw e;
    }
  }

  /** The highest number that a letter has. */
  long highest() {
    return holders.highest();
  }

  /** A full file gets its number, and one that is long open, so that it can grow old. */
  void rotate() throws IOException {
    boolean isOld = System.nanoTime() - openedAt > LONGEST_OPEN.toNanos();
    if (appender.size() >= limits.segmentBytes() || isOld && appender.size() > 0) {
      archive();
    }
    open();
    if (System.nanoTime() - lookedAt > LOOK_EVERY.toNanos()) {
      lookedAt = System.nanoTime();
      deleteOld();
    }
  }

  private void open() throws IOException {
    appender.open();
    try {
      holders.opened(appender.size());
    } catch (NotOpenedException e) {
      appender.shut(); // and nothing is known against what is in it
      throw e;
    } catch (UnreadableException e) {
      appender.shut();
      Path numbered = segments.archive();
      holders.archived(null);
      if (numbered != null) {
        holders.putAside(numbered, e);
      }
      appender.open();
    }
  }

  private void archive() throws IOException {
    open();
    if (appender.size() > 0) { // else there is nothing to give a number to
      appender.shut();
      holders.archived(segments.archive());
      openedAt = System.nanoTime();
    }
  }

  private void deleteOld() throws IOException {
    Instant before = Instant.now().minus(limits.maxAge());
    for (Path file : segments.archived()) {
      deleteIfOlder(file, before);
    }
    sums.forgetOlderThan(limits.maxAge());
  }

  private void deleteIfOlder(Path file, Instant before) {
    try {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
        LOG.warn("Dead letters older than {} are deleted: {}", limits.maxAge(), file);
        Files.delete(file);
        holders.remove(file);
      }
    } catch (NoSuchFileException e) {
      holders.remove(file); // somebody was faster
    } catch (IOException e) {
      LOG.error("Dead letters older than {} can't be deleted: {}", limits.maxAge(), file, e);
    }
  }

  /**
   * Gives the file that is written its number, so that all letters up to now stand in files whose
   * names stay.
   */
  void settle() throws IOException {
    archive();
    open();
  }

  /**
   * Frees what can be freed in one file when the limit is near, or refuses.
   *
   * @param othersWait that can do it, while there is some room left
   * @return false when there is no room yet, and may be next time; true also when there will never
   *     be any
   */
  boolean makeRoom(long needed, boolean othersWait) throws IOException {
    long reserve = limits.drops() ? limits.maxBytes() / LEAST_FREED : 0;
    if (total() + needed <= limits.maxBytes() - 2 * reserve) {
      room.end(); // somebody has removed letters meanwhile
    }
    if (!room.isUnderWay() && total() + needed <= limits.maxBytes() - reserve) {
      full = false;
      return true;
    }
    if (!limits.drops()) {
      holders.sync(); // people remove files by hand
      if (!fits(needed)) {
        refuse(needed);
      }
      full = false;
      return true;
    }
    boolean rests = stuck && System.nanoTime() - stuckAt < REST.toNanos();
    if ((rests || othersWait) && fits(needed)) {
      return true;
    }
    long over = total() + needed - limits.maxBytes();
    try {
      beginPass();
      boolean more = room.step(Math.max(over, reserve));
      open();
      stuck = false;
      if (!more && !fits(needed) && holders.lackSome()) {
        throw new IOException("dead letters are full, and files of them can't be opened: " + path);
      }
      return !more || fits(needed);
    } catch (IOException e) {
      open();
      if (!fits(needed)) {
        throw e;
      }
      tellOf(e);
      return true; // with what is left
    }
  }

  /** What is in the file that is written can go as soon as that has a number. */
  private void beginPass() throws IOException {
    long full = holders.held().values().stream().mapToLong(Long::longValue).sum();
    long enough = Math.min(full, limits.segmentBytes()) / PART_OF_A_FILE;
    if (!room.isUnderWay() && appender.size() > enough) {
      archive();
    }
  }

  /**
   * Whether so many bytes more stay below the limit. Where nothing is dropped, a batch that is
   * larger than the limit is taken when there is nothing else: nobody could make room for it.
   */
  boolean fits(long needed) {
    boolean alone = !limits.drops() && holders.bytes() + appender.size() == 0;
    return alone || total() + needed <= limits.maxBytes();
  }

  private void tellOf(IOException failure) {
    stuckAt = System.nanoTime();
    if (!stuck) {
      stuck = true;
      LOG.error("No room can be made among the dead letters while there is some left", failure);
    }
  }

  private long total() {
    return holders.bytes() + appender.size() + sums.bytesOnDisk();
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

  /**
   * Writes and syncs lines, and counts what is not written: all of it or nothing.
   *
   * @param counting adds to the sums
   */
  void write(List<LetterBatch.Line> lines, Consumer<Sums> counting) throws IOException {
    List<Sums.Sum> before = sums.snapshot();
    try {
      counting.accept(sums);
      appender.append(lines.stream().map(LetterBatch.Line::bytes).toList());
      if (!sums.snapshot().equals(before)) {
        sums.save();
      }
      appender.commit();
    } catch (IOException | RuntimeException e) {
      appender.undo(e);
      sums.restore(before);
      throw e;
    }
    for (LetterBatch.Line line : lines) {
      holders.current().add(line.group(), line.bytes().length, line.letter().number());
    }
  }

  /** The full files, the oldest first. */
  List<Path> archived() throws IOException {
    return segments.archived();
  }

  /** Removes letters of a full file, see {@link Room#remove}. */
  long remove(Path file, Predicate<Letter> gone) throws IOException {
    return room.remove(file, gone);
  }

  /** Forgets all sums. */
  void removeSums() throws IOException {
    sums.forget(Instant.MAX);
    sums.save();
  }

  @Override
  public void close() throws IOException {
    appender.close();
  }
}
