package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Collects the lines of all files into batches, a stretch of one file after that of another, and
 * looks for files when that is due. What fails in one file is that file's alone. Not thread-safe.
 */
final class Collector {
  /** So long after a look names may change again before the next one is worth it. */
  private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final TailConfiguration configuration;
  private final FileTable table;
  private final OpenFiles open;
  private final LineReader reader;
  private final FolderWatch watch;
  private final Saver saver;

  private List<TailedFile> order = List.of();
  private int next;
  private final Pace looks = new Pace(System.nanoTime());
  private boolean looked;
  private boolean hinted;
  private final Pace settles = new Pace(System.nanoTime());
  private long settleTook;
  private boolean unsettled;

  Collector(
      TailConfiguration configuration,
      FileTable table,
      OpenFiles open,
      FolderWatch watch,
      Saver saver) {
    this.configuration = configuration;
    this.table = table;
    this.open = open;
    this.reader = new LineReader(configuration.getMaxEventBytes());
    this.watch = watch;
    this.saver = saver;
  }

  /** Whether collecting is to end early. */
  @FunctionalInterface
  interface Halt {
    boolean isWanted();
  }

  /** Forgets what was handed out and not delivered: it is read again. */
  void rewind() {
    reader.forget();
    table.all().forEach(TailedFile::rewind);
  }

  /**
   * Collects lines until the batch is full, or has waited long enough and nothing is under way
   * before it; may return it empty.
   */
  void fill(Batch batch, BatchDelivery before, Halt halt) throws InterruptedException {
    long wait = TimeUnit.MILLISECONDS.toNanos(configuration.getBatchTimeout());
    settleWhenDue(batch); // also when there is always something else to read
    while (!halt.isWanted()
        && !batch.isFull()
        && (before.isUnderWay() || !batch.isDue(System.nanoTime(), wait))) {
      lookWhenDue(batch);
      if (!more(batch) && !settleWhenDue(batch)) {
        if (batch.isEmpty() && !before.isUnderWay()) {
          saver.idle(batch);
        }
        boolean isYoung = !batch.isEmpty() && !batch.isDue(System.nanoTime(), wait);
        before.await(
            isYoung ? Math.min(configuration.getBatchTimeout(), pauseMillis()) : pauseMillis());
        open.updateSizes();
      }
    }
  }

  /** Hands a few lines to the batch; false when no file has any now. */
  boolean more(Batch batch) {
    TailedFile begun = reader.current();
    if (begun != null) {
      read(begun, null, batch, false);
      return true;
    }
    long now = System.nanoTime();
    for (int i = 0; i < order.size(); i++) {
      TailedFile file = order.get((next + i) % order.size());
      if (file.isUnsettled()) {
        unsettled |= isReadable(file, now);
        continue;
      }
      boolean flush = isIdle(file, now);
      if ((file.hasUnreadLines() || flush) && isReadable(file, now) && isItsTurn(file, now)) {
        next = (next + i + 1) % order.size();
        FileChannel channel = open.channel(file);
        if (channel != null) {
          read(file, channel, batch, flush);
        }
        return true;
      }
    }
    return false;
  }

  /**
   * Cuts the next lines of a file.
   *
   * @param channel null to go on with the stretch that was begun
   */
  private void read(TailedFile file, @Nullable FileChannel channel, Batch batch, boolean flush) {
    try {
      if (channel == null || reader.read(file, channel, batch, flush)) {
        reader.cut(batch);
      }
      open.succeeded(file);
    } catch (ClosedByInterruptException e) { // only a stop that has lost its patience interrupts
      reader.forget();
      open.close(file);
    } catch (IOException | RuntimeException e) {
      reader.forget();
      if (file.key.equals(Scanner.keyOf(file.realPath))) {
        open.close(file); // another try begins with a new descriptor
      }
      open.failed(file, "read", e);
    }
  }

  private static boolean isReadable(TailedFile file, long now) {
    return !file.isResting(now) && (file.channel != null || file.absentSince == 0);
  }

  /** True when a last line without line end has waited long enough. */
  private boolean isIdle(TailedFile file, long now) {
    return file.size == file.stuckSize
        && file.size != file.offset
        && now - file.stuckSince > TimeUnit.MILLISECONDS.toNanos(configuration.getIdleFlush());
  }

  /**
   * A file that took the name of a rotated one waits until that one is read, unless it can't be.
   */
  private static boolean isItsTurn(TailedFile file, long now) {
    TailedFile before = file.predecessor;
    if (before != null && before.hasUnreadLines() && isWorthWaiting(before, now)) {
      return false;
    }
    file.predecessor = null;
    return true;
  }

  /** Whether a file can be read, or was renamed a moment ago and is about to be found. */
  private static boolean isWorthWaiting(TailedFile file, long now) {
    return file.absentSince == 0
        ? !file.isResting(now)
        : now - file.absentSince < MissingFiles.MOST_DOUBT_NANOS;
  }

  /**
   * Looks for new, renamed and deleted files at intervals, or soon after names have changed.
   *
   * @param batch what is read now
   */
  void lookWhenDue(Batch batch) {
    long start = System.nanoTime();
    hinted |= watch.changed();
    long pause = hinted ? LEAST_PAUSE : scanNanos();
    if (looked && !looks.isDue(start, pause)) {
      return;
    }
    boolean settled = look(batch);
    long ended = System.nanoTime();
    looks.ended(ended, ended - start - (settled ? settleTook : 0));
  }

  /** Looks, and settles what was found; returns whether there was anything to settle. */
  boolean look(Batch batch) {
    looked = true;
    hinted = false;
    boolean changed = table.refresh();
    boolean settled = settle(batch);
    if (!settled && changed) {
      takeUp();
    }
    inOrder();
    watch.watch(table.folders());
    return settled;
  }

  /** Settles files of which it is not known what they hold, in a tenth of the time at most. */
  private boolean settleWhenDue(Batch batch) {
    return unsettled && settles.isDue(System.nanoTime(), 0) && settle(batch);
  }

  boolean settle(Batch batch) {
    long start = System.nanoTime();
    unsettled = false;
    boolean settled = Settling.settle(table, batch);
    if (settled) {
      takeUp();
      long ended = System.nanoTime();
      settleTook = ended - start;
      settles.ended(ended, settleTook);
    }
    return settled;
  }

  /** A file that is known and saved can be found again by whatever name, and its ids stay. */
  private void takeUp() {
    saver.mark();
    saver.saveIfNeeded();
    inOrder();
  }

  private void inOrder() {
    order = new ArrayList<>(table.all());
    next = order.isEmpty() ? 0 : next % order.size();
  }

  /** Until something may be there to read, or a look is due. */
  private long pauseMillis() {
    long pause = TimeUnit.MILLISECONDS.toNanos(configuration.getPollInterval());
    if (hinted) {
      pause = Math.min(pause, Math.max(LEAST_PAUSE, looks.pause()));
    }
    if (unsettled) {
      pause = Math.min(pause, settles.pause());
    }
    return TimeUnit.NANOSECONDS.toMillis(pause);
  }

  private long scanNanos() {
    return TimeUnit.MILLISECONDS.toNanos(configuration.getScanInterval());
  }
}
