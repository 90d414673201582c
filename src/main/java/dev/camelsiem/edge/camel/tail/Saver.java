package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the checkpoint when it is due. Not thread-safe. */
final class Saver {
  private static final Logger LOG = LoggerFactory.getLogger(Saver.class);

  /** Saving may take this part of the time: one tenth. */
  private static final int SHARE = 10;

  /** After so many events a place is saved before its time: they come again after a crash. */
  private static final int MOST_UNSAVED = 2_000;

  private final Checkpoint checkpoint;
  private final Collection<TailedFile> files;
  private final long intervalNanos;
  private long lastSave = System.nanoTime();
  private long saving;
  private boolean unsaved;
  private int unsavedEvents;
  private boolean failed;

  /**
   * @param files all there are at any time
   */
  Saver(Checkpoint checkpoint, Collection<TailedFile> files, long intervalNanos) {
    this.checkpoint = checkpoint;
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
    long since = System.nanoTime() - lastSave;
    boolean affordable = since >= saving * SHARE;
    boolean due = since >= intervalNanos || (unsavedEvents >= MOST_UNSAVED && !failed);
    if (due && affordable) {
      saveIfNeeded();
    }
  }

  /** Saves now, unless nothing has changed. */
  void saveIfNeeded() {
    if (!unsaved) {
      return;
    }
    long start = System.nanoTime();
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
    lastSave = System.nanoTime();
    saving = lastSave - start;
  }
}
