package dev.camelsiem.letters;

import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.flow.event.DeadLetter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of JSON lines that dead letters are appended to, with the full ones and the sums beside
 * it.
 *
 * <p>A batch is on disk, synced, when {@link #append} returns, or not in the file at all when it
 * throws. Thread-safe; whoever removes letters or makes room lets the others in after each file.
 * One process at a time: a lock file says whose it is. Once closed it stays closed.
 */
public final class LetterStore implements AutoCloseable {
  static final String OVER_SHARE = "share";

  private static final Logger LOG = LoggerFactory.getLogger(LetterStore.class);

  /** Fair; who waits while there is room left waits for one file at most. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final LetterLimits limits;
  private final Path path;
  private final FileChannel lockChannel;
  private final LetterFiles files;
  private final Shares shares;
  private final Retries retries = new Retries();
  private final AtomicBoolean desk = new AtomicBoolean();
  private long lastNumber;
  private boolean closed;

  /**
   * Opens or creates the file; what a crash left of an unfinished line is cut off.
   *
   * @throws IOException when it can't be opened or another process holds it
   */
  public LetterStore(Path path, LetterLimits limits) throws IOException {
    this.path = path;
    this.limits = limits;
    this.shares =
        new Shares(limits.originBytes(), limits.originPeriod().toNanos(), System::nanoTime);
    DurableFiles.createFolderOf(path);
    FileChannel taken = DurableFiles.lock(path);
    if (taken == null) {
      throw new IOException("another process writes these dead letters: " + path);
    }
    lockChannel = taken;
    LetterFiles opened = null;
    try {
      opened = new LetterFiles(path, limits);
      files = opened;
      lastNumber = highest();
    } catch (IOException | RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      lockChannel.close();
      throw e;
    }
  }

  private long highest() throws IOException {
    long highest = files.highest();
    try {
      highest = Math.max(highest, new Requests(path).highest());
    } catch (IOException e) {
      LOG.error("Requests beside dead letters can't be read, and wait: {}", e.toString());
      highest += Holders.MOST_IN_A_FILE;
    }
    try {
      return Math.max(highest, Ledger.load(path).highest());
    } catch (UnreadableException e) {
      LOG.error("What was replayed is not known, and replays wait: {}", e.getMessage());
      return highest + Holders.MOST_IN_A_FILE;
    }
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

  /** How many threads wait for their turn. */
  int waiting() {
    return lock.getQueueLength();
  }

  /**
   * Writes and syncs a batch.
   *
   * @param route the route that the events came by, or null when nobody knows
   * @throws IOException when nothing of the batch was kept: the disk or the quota is full
   */
  public void append(List<DeadLetter> letters, @Nullable String route) throws IOException {
    boolean written = false;
    while (!written) { // others have their turn before each file in which room is made
      lockOpen();
      try {
        written = tryAppend(letters, route);
      } finally {
        lock.unlock();
      }
    }
  }

  /** False when there is no room yet. */
  private boolean tryAppend(List<DeadLetter> letters, @Nullable String route) throws IOException {
    files.rotate();
    LetterBatch batch = new LetterBatch(limits, shares, Math.max(lastNumber, files.highest()));
    boolean written = false;
    try {
      batch.admit(letters, route, retries);
      if (files.makeRoom(batch.bytes(), lock.hasQueuedThreads())) {
        write(batch);
        written = true;
      }
    } finally {
      if (!written) {
        batch.giveBack();
      }
    }
    return written;
  }

  /** Writes a batch; one that is larger than all that may be kept is only counted. */
  private void write(LetterBatch batch) throws IOException {
    boolean fits = files.fits(batch.bytes());
    files.write(
        fits ? batch.lines() : List.of(),
        sums -> {
          batch.over().forEach(letter -> sumUp(sums, letter));
          for (LetterBatch.Line line : fits ? List.<LetterBatch.Line>of() : batch.lines()) {
            sums.add(Room.DROPPED, line.letter(), shares.name(line.group()));
          }
        });
    retries.failedAgain(batch.again());
    lastNumber = batch.lastNumber();
  }

  private void sumUp(Sums sums, Letter letter) {
    String group = OriginGroups.group(letter.event().origin());
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

  /**
   * Gives the file that is written its number, so that all letters up to now stand in files whose
   * names stay.
   *
   * @return the highest number that a letter has
   */
  long settle() throws IOException {
    lockOpen();
    try {
      files.settle();
      lastNumber = Math.max(lastNumber, files.highest());
      return lastNumber;
    } finally {
      lock.unlock();
    }
  }

  /** A number that no letter has: higher than all up to now, lower than all that come. */
  long nextNumber() throws IOException {
    lockOpen();
    try {
      return ++lastNumber;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What came of {@link #remove}.
   *
   * @param letters that went
   * @param unreadable what is wrong with files that stay as they are
   */
  record Removed(long letters, List<String> unreadable) {}

  /** Removes letters for good; other threads append meanwhile. */
  Removed remove(Predicate<Letter> gone) throws IOException {
    long unused = settle();
    long removed = 0;
    List<String> unreadable = new ArrayList<>();
    for (Path file : files.archived()) {
      lockOpen();
      try {
        removed += files.remove(file, gone);
      } catch (UnreadableException e) {
        LOG.error("Dead letters can't be read, none of that file is purged: {}", e.getMessage());
        unreadable.add(e.getMessage());
      } finally {
        lock.unlock();
      }
    }
    return new Removed(removed, unreadable);
  }

  /** Forgets all sums. */
  void removeSums() throws IOException {
    lockOpen();
    try {
      files.removeSums();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says whether it may still be written beside the letters.
   *
   * @throws IOException when they may belong to another process by now
   */
  void checkOpen() throws IOException {
    lockOpen();
    lock.unlock();
  }

  private void lockOpen() throws IOException {
    lock.lock();
    if (closed) {
      lock.unlock();
      throw new IOException("closed: " + path);
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try (lockChannel) {
      closed = true;
      files.close();
    } finally {
      lock.unlock();
    }
  }
}
