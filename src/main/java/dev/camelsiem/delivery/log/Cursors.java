package dev.camelsiem.delivery.log;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cursors of a log and their files. Thread-safe. */
final class Cursors {
  static final String FOLDER = "cursors";
  private static final Logger LOG = LoggerFactory.getLogger(Cursors.class);

  /** A cursor, and what its file says. */
  private static final class Kept {
    final LogCursor cursor;
    final PlaceFile place;
    volatile @Nullable CursorState saved;

    Kept(LogCursor cursor, PlaceFile place, @Nullable CursorState saved) {
      this.cursor = cursor;
      this.place = place;
      this.saved = saved;
    }
  }

  private final LogState log;
  private final Path folder;
  private final Ballast ballast;
  private final Runnable onPassedSegment;
  private final Map<String, Kept> byName = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private volatile long unclaimedUpTo = -1;

  Cursors(LogState log, Ballast ballast, Runnable onPassedSegment) {
    this.log = log;
    this.folder = log.folder().resolve(FOLDER);
    this.ballast = ballast;
    this.onPassedSegment = onPassedSegment;
  }

  /** As {@link CursorRecovery} found them. */
  void load(List<String> known) throws IOException {
    new CursorRecovery(log, folder)
        .read(known)
        .forEach((name, found) -> keep(name, found.state(), found.saved()));
    if (byName.isEmpty() && log.beginning().sequence() < log.end().sequence()) {
      unclaimedUpTo = log.end().sequence();
    }
  }

  /** Whether there are events, but nobody is known who they are for: all cursors were removed. */
  private boolean isUnclaimed() {
    return log.end().sequence() == unclaimedUpTo;
  }

  private LogCursor keep(String name, CursorState state, @Nullable CursorState saved) {
    LogCursor cursor = new LogCursor(name, log, this, state);
    byName.put(name, new Kept(cursor, PlaceFile.of(log, folder, name), saved));
    return cursor;
  }

  /** The highest number that a cursor has seen. */
  long highest() {
    long highest = 1;
    for (Kept each : byName.values()) {
      highest = Math.max(highest, each.cursor.state().highest());
    }
    return highest;
  }

  /** Counts what is missing and what somebody wanted. */
  void missing(List<Recovery.Hole> holes) {
    for (Recovery.Hole hole : holes) {
      for (Kept each : byName.values()) {
        each.cursor
            .state()
            .wanted(
                hole.from(),
                hole.to(),
                (from, to) -> {
                  log.damages().missing(from, to, hole.where());
                  return 0;
                });
      }
    }
  }

  /** As {@link EventLog#cursor}. */
  synchronized Cursor cursor(String name) throws IOException {
    Kept known = byName.get(name);
    if (known != null) {
      return known.cursor;
    }
    boolean unclaimed = isUnclaimed();
    Position from = unclaimed ? log.beginning() : log.end();
    LogCursor cursor = keep(name, CursorState.at(from), null);
    boolean saved = false;
    try {
      save(cursor);
      saved = true;
    } finally {
      if (!saved) {
        byName.remove(name);
      }
    }
    noteIfPossible(cursor);
    if (unclaimed) {
      LOG.warn(
          "No cursor file was found in {}: {} gets all events that are left, from {} on",
          folder,
          name,
          from.sequence());
    } else {
      LOG.info(
          "{} is new to the log in {}: it gets the events from {} on",
          name,
          log.folder(),
          from.sequence());
    }
    onPassedSegment.run(); // the log is to know of it
    return cursor;
  }

  List<String> names() {
    return byName.keySet().stream().sorted().toList();
  }

  void passedSegment() {
    onPassedSegment.run();
  }

  /** Saves one; does nothing when its file says the same. */
  void save(LogCursor cursor) throws IOException {
    Kept kept = byName.get(cursor.name());
    if (kept == null || kept.cursor != cursor) {
      return;
    }
    synchronized (kept) {
      if (closed) {
        throw new IOException("the log in " + log.folder() + " is closed");
      }
      CursorState state = cursor.state();
      boolean gone = !Files.exists(file(cursor.name()), LinkOption.NOFOLLOW_LINKS);
      if (gone || !state.equals(kept.saved)) {
        if (gone && Files.isDirectory(log.folder())) {
          DurableFiles.createFolders(folder);
        }
        byte[] bytes = CursorFile.encode(new CursorFile.Content(cursor.name(), log.id(), state));
        ballast.write(file(cursor.name()), bytes);
        kept.saved = state;
      }
    }
  }

  /** Tells that there was one, should its file be lost. */
  private void noteIfPossible(LogCursor cursor) {
    try {
      note(cursor);
    } catch (IOException e) {
      LOG.debug("The place of {} could not be noted", cursor.name(), e);
    }
  }

  /** Notes where one is, for the case that the process is killed before it is saved. */
  void note(LogCursor cursor) throws IOException {
    Kept kept = byName.get(cursor.name());
    if (kept != null && kept.cursor == cursor && !closed) {
      kept.place.write(cursor.committed());
    }
  }

  /** From now on nothing is saved: the folder may have another owner. */
  void close() {
    for (Kept each : byName.values()) {
      synchronized (each) {
        closed = true;
      }
      try {
        each.place.close();
      } catch (IOException e) {
        LOG.debug("A place was not closed in order; it is not synced anyway", e);
      }
    }
    closed = true;
  }

  /** Saves those that changed; gives the first failure, or null. */
  @Nullable IOException saveAll() {
    IOException failure = null;
    for (Kept each : byName.values()) {
      try {
        save(each.cursor);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    return failure;
  }

  /** Whether somebody would want an event of a range after a crash now. */
  boolean wants(long from, long to) {
    if (isUnclaimed()) {
      return true;
    }
    for (Kept each : byName.values()) {
      CursorState saved = each.saved;
      if (saved == null || saved.wants(from, to)) {
        return true;
      }
    }
    return false;
  }

  private Path file(String name) {
    return folder.resolve(CursorFile.fileName(name));
  }
}
