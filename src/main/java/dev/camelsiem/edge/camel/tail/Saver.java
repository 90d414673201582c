package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the checkpoint when it is due. Not thread-safe. */
final class Saver {
  private static final Logger LOG = LoggerFactory.getLogger(Saver.class);

  /**
   * After so many events a place is saved, whatever that costs: so many and a batch come again
   * after a power loss.
   */
  private static final int MOST_UNSAVED = 2_000;

  /**
   * Of a batch from so many files the places are noted at once: no more than a batch comes again
   * when this process is killed. With more files that would cost as much as the events.
   */
  static final int MOST_NOTED = 64;

  /** Saving that takes so long is cheap enough to be done as often as is wanted. */
  private static final long CHEAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Saving that fails may take this part of the time: one tenth. */
  private static final int FAILING_SHARE = 10;

  private final Save save;
  private final Note note;
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

  /** Notes the places of some files, for this process alone. */
  @FunctionalInterface
  interface Note {
    /**
     * @return false when only a save helps
     */
    boolean run(Collection<TailedFile> files) throws IOException;
  }

  /**
   * @param files all there are at any time
   * @param clock as {@link System#nanoTime()}
   */
  Saver(
      Checkpoint checkpoint, Collection<TailedFile> files, long intervalNanos, LongSupplier clock) {
    this(() -> checkpoint.save(files), checkpoint::note, intervalNanos, clock);
  }

  Saver(Save save, Note note, long intervalNanos, LongSupplier clock) {
    this.save = save;
    this.note = note;
    this.clock = clock;
    this.lastSave = clock.getAsLong();
    this.intervalNanos = intervalNanos;
  }

  /** Something must be saved. */
  void mark() {
    unsaved = true;
  }

  /** A batch was delivered; saves when that is due, else notes it. */
  void delivered(Batch batch) {
    List<TailedFile> moved = batch.files();
    commit(batch);
    boolean due = !failed && unsavedEvents >= MOST_UNSAVED;
    if (due || isTime(intervalNanos)) {
      saveIfNeeded();
    } else if (!failed && moved.size() <= MOST_NOTED) {
      note(moved);
    }
  }

  private void note(List<TailedFile> moved) {
    try {
      if (!note.run(moved) && isTime(0)) {
        saveIfNeeded();
      }
    } catch (IOException e) {
      LOG.debug("A place could not be noted; it is saved within the interval", e);
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
