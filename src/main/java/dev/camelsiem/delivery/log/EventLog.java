package dev.camelsiem.delivery.log;

import dev.camelsiem.delivery.log.LogSettings.Fsync;
import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.durable.FolderLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An append-only log of encoded events with cursors. Thread-safe. */
public final class EventLog implements Closeable {
  private final FolderLock lock;
  private final LogState log;
  private final FreeSpace space;
  private final Cursors cursors;
  private final Appender appender;
  private final Housekeeping housekeeper;
  private final @Nullable Worker keeper;
  private final @Nullable Worker syncer;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EventLog(FolderLock lock, LogState log, Recovery recovery, boolean housekeeping)
      throws IOException {
    this.lock = lock;
    this.log = log;
    LogSettings settings = log.settings();
    this.space = new FreeSpace(log.disk(), log.folder(), settings.minFreeBytes());
    Ballast ballast = new Ballast(log.disk(), log.folder(), space);
    this.cursors = new Cursors(log, ballast, this::wakeKeeper);
    cursors.load(recovery.readers());
    List<Recovery.Hole> holes = recovery.holes();
    long next = log.end().sequence();
    // A number that was seen is never given again.
    if (cursors.highest() > next) {
      holes.add(
          new Recovery.Hole(next, cursors.highest(), "the end of the log in " + log.folder()));
      log.moveEnd(cursors.highest());
    }
    cursors.missing(holes);
    this.appender = new Appender(log, space, this::wakeKeeper);
    this.housekeeper = new Housekeeping(log, cursors, ballast);
    housekeeper.run();
    String folderName = String.valueOf(log.folder().getFileName());
    this.keeper =
        housekeeping
            ? Worker.start(
                "siem-log-keeper-" + folderName, TimeUnit.SECONDS.toNanos(1), housekeeper::run)
            : null;
    this.syncer =
        settings.fsync() == Fsync.INTERVAL
            ? Worker.start(
                "siem-log-sync-" + folderName, settings.fsyncInterval().toNanos(), appender::sync)
            : null;
  }

  /**
   * Opens the log of a folder, which is created if need be. Damage never keeps it from opening.
   *
   * @throws IOException when the folder cannot be used or another process uses it
   */
  public static EventLog open(Path folder, LogSettings settings) throws IOException {
    return open(folder, settings, Disk.REAL, true);
  }

  /**
   * For tests.
   *
   * @param housekeeping whether {@link #keepHouse} is called by a thread of the log
   */
  static EventLog open(Path folder, LogSettings settings, Disk disk, boolean housekeeping)
      throws IOException {
    Path absolute = folder.toAbsolutePath();
    DurableFiles.createFolders(absolute);
    FolderLock lock = FolderLock.take(absolute.resolve("lock"));
    if (lock == null) {
      throw new IOException(
          "the log in " + absolute + " is in use: each pipeline needs a folder of its own");
    }
    EventLog opened = null;
    try {
      Recovery recovery = new Recovery(absolute, settings, disk);
      LogState state = recovery.run();
      opened = new EventLog(lock, state, recovery, housekeeping);
      return opened;
    } finally {
      if (opened == null) {
        lock.close();
      }
    }
  }

  private void wakeKeeper() {
    Worker worker = keeper;
    if (worker != null) { // null also while the log is being opened
      worker.wake();
    }
  }

  /** Saves cursors, deletes segments; otherwise done once a second. */
  void keepHouse() {
    housekeeper.run();
  }

  /**
   * Appends records in their order, all or none; durable on return, as the settings say. Waits
   * while the disk syncs; appends of several threads share a sync.
   *
   * @throws LogFullException when the disk has too little room; nothing was appended
   * @throws IOException when the disk fails; nothing counts as appended
   */
  public void append(List<LogEntry> entries) throws IOException, InterruptedException {
    appender.append(entries);
  }

  /**
   * Looks whether an append would find room right now.
   *
   * @throws LogFullException when the disk has too little
   */
  public void requireRoom() throws IOException {
    space.require();
  }

  /** The end of what readers can see. */
  public Position end() {
    return log.end();
  }

  /** The place of a reader, as it was left, or new at the log's end. The same object each time. */
  public Cursor cursor(String name) throws IOException {
    return cursors.cursor(name);
  }

  /** The cursors that exist, also those that nobody has asked for since the log was opened. */
  public List<String> cursors() {
    return cursors.names();
  }

  /**
   * The first record at or behind a place, or null at the end; for those who read beside a cursor.
   */
  public @Nullable LogBatch read(Position from) throws IOException {
    return log.readBeside(from);
  }

  /** How it does. */
  public LogStatus status() {
    long free;
    try {
      free = space.bytes();
    } catch (IOException e) {
      free = 0; // a disk that does not tell has none
    }
    return new LogStatus(
        log.end().sequence(),
        log.segments().bytes(),
        log.segments().count(),
        log.appendedEvents(),
        appender.syncs(),
        log.damages().events(),
        log.damages().bytes(),
        free);
  }

  /** Saves the cursors and frees the folder. Readers that wait get null. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean interrupted = Thread.interrupted(); // else every file would be closed under our hands
    log.close();
    if (keeper != null) {
      keeper.stop();
    }
    if (syncer != null) {
      syncer.stop();
    }
    try (lock) {
      IOException failure = null;
      try {
        appender.close();
      } catch (IOException e) {
        failure = e; // the cursors can be saved all the same
      }
      IOException unsaved = housekeeper.save();
      cursors.close();
      failure = failure == null ? unsaved : failure;
      if (failure != null) {
        throw failure;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
