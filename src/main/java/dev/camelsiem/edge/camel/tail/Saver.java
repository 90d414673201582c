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

  /** Saving may take this part of the time: one tenth. */
  private static final int SHARE = 10;

  /** Saving that takes so long is cheap enough to be done as often as is wanted. */
  private static final long CHEAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** After so many events a place is saved before its time, when that is affordable. */
  private static final int MOST_UNSAVED = 2_000;

  /**
   * After so many it is saved whatever that costs: so many and a batch come again after a crash.
   */
  static final int MOST_REPEATED = 10_000;

  private final Checkpoint checkpoint;
  private final LongSupplier clock;
  private final Collection<TailedFile> files;
  private final long intervalNanos;
  private long lastSave;
  private long saving;
  private boolean unsaved;
  private int unsavedEvents;
  private boolean failed;

  /**
   * @param files all there are at any time
   * @param clock as {@link System#nanoTime()}
   */
  Saver(
      Checkpoint checkpoint, Collection<TailedFile> files, long intervalNanos, LongSupplier clock) {
    this.checkpoint = checkpoint;
    this.clock = clock;
    this.lastSave = clock.getAsLong();
    this.files = files;
    this.intervalNanos = intervalNanos;
  }

  /** Something must be saved. */
  void mark() {
    unsaved = true;
  }

  /** A batch was delivered; saves when that is due. */
  void delivered(Batch batch) {
    unsaved |= batch.commit();
    unsavedEvents += batch.events().size();
    if (isDue(clock.getAsLong() - lastSave)) {
      saveIfNeeded();
    }
  }

  private boolean isDue(long since) {
    if (failed) {
      return since >= Math.max(intervalNanos, saving * SHARE);
    }
    boolean affordable = since >= saving * SHARE;
    return unsavedEvents >= MOST_REPEATED
        || (unsavedEvents >= MOST_UNSAVED && affordable)
        || (since >= intervalNanos && (affordable || saving <= CHEAP_NANOS));
  }

  /** There is nothing else to do: saves before it is due, when that is affordable. */
  void idle(Batch batch) {
    unsaved |= batch.commit();
    if (saving <= CHEAP_NANOS || clock.getAsLong() - lastSave >= saving * SHARE) {
      saveIfNeeded();
    }
  }

  /** Saves now, unless nothing has changed. */
  void saveIfNeeded() {
    if (!unsaved) {
      return;
    }
    long start = clock.getAsLong();
    try {
      checkpoint.save(files);
      unsaved = false;
      unsavedEvents = 0;
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        LOG.error(
            "Can't save the checkpoint {}: events are delivered again after a restart: {}",
            checkpoint.file(),
            e.toString());
      }
      failed = true;
    }
    lastSave = clock.getAsLong();
    saving = lastSave - start;
  }
}
