package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the checkpoint when it is due. Not thread-safe. */
final class Saver {
  private static final Logger LOG = LoggerFactory.getLogger(Saver.class);

  /**
   * After so many events a place is saved, whatever that costs: so many and a batch come again
   * after a crash.
   */
  private static final int MOST_UNSAVED = 2_000;

  /** Saving that takes so long is cheap enough to be done as often as is wanted. */
  private static final long CHEAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Saving that fails may take this part of the time: one tenth. */
  private static final int FAILING_SHARE = 10;

  private final Save save;
  private final LongSupplier clock;
  private final long intervalNanos;
  private long lastSave;
  private long saving;
  private boolean unsaved;
  private long unsavedEvents;
  private boolean failed;

  /** Saves all places. */
  @FunctionalInterface
  interface Save {
    /**
     * @throws IOException that names the file
     */
    void run() throws IOException;
  }

  /**
   * @param files all there are at any time
   * @param clock as {@link System#nanoTime()}
   */
  Saver(
      Checkpoint checkpoint, Collection<TailedFile> files, long intervalNanos, LongSupplier clock) {
    this(() -> checkpoint.save(files), intervalNanos, clock);
  }

  Saver(Save save, long intervalNanos, LongSupplier clock) {
    this.save = save;
    this.clock = clock;
    this.lastSave = clock.getAsLong();
    this.intervalNanos = intervalNanos;
  }

  /** Something must be saved. */
  void mark() {
    unsaved = true;
  }

  /** A batch was delivered; saves when that is due. */
  void delivered(Batch batch) {
    commit(batch);
    boolean due = !failed && unsavedEvents >= MOST_UNSAVED;
    if (due || isTime(intervalNanos)) {
      saveIfNeeded();
    }
  }

  /** There is nothing else to do: saves before the interval is over. */
  void idle(Batch batch) {
    commit(batch);
    if (isTime(0)) {
      saveIfNeeded();
    }
  }

  private void commit(Batch batch) {
    unsaved |= batch.commit();
    unsavedEvents += batch.events().size();
  }

  /** Saves that are dear may take half of the time, those that fail a tenth. */
  private boolean isTime(long intervalWanted) {
    long since = clock.getAsLong() - lastSave;
    if (failed) {
      return since >= Math.max(intervalNanos, saving * FAILING_SHARE);
    }
    return since >= intervalWanted && (saving <= CHEAP_NANOS || since >= saving);
  }

  /** Saves now, unless nothing has changed. */
  void saveIfNeeded() {
    if (!unsaved) {
      return;
    }
    long start = clock.getAsLong();
    try {
      save.run();
      unsaved = false;
      unsavedEvents = 0;
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        LOG.error("{}: events are delivered again after a restart", e.getMessage());
        LOG.debug("Not saved", e);
      }
      failed = true;
    }
    lastSave = clock.getAsLong();
    saving = lastSave - start;
  }
}
