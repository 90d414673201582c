package dev.camelsiem.delivery.log;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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

  Cursors(LogState log, Ballast ballast, Runnable onPassedSegment) {
    this.log = log;
    this.folder = log.folder().resolve(FOLDER);
    this.ballast = ballast;
    this.onPassedSegment = onPassedSegment;
  }

  /** Reads all files. One that is damaged makes its reader begin at the log's beginning. */
  void load() throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new IOException(folder + " is a symbolic link: put a folder in its place");
    }
    DurableFiles.createFolders(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        String fileName = String.valueOf(each.getFileName());
        if (fileName.endsWith(CursorFile.SUFFIX)) {
          load(each, fileName);
        }
      }
    }
  }

  private void load(Path file, String fileName) throws IOException {
    String name = CursorFile.nameOf(fileName);
    String damage;
    try {
      CursorFile.Content content = CursorFile.read(log.disk(), file);
      if (content.logId() == log.id()) {
        Position noted = place(content.name()).read();
        CursorState state = noted == null ? content.state() : content.state().commit(noted);
        keep(content.name(), state, content.state());
        return;
      }
      damage = "belongs to another log";
    } catch (DamagedException e) {
      damage = "is damaged (" + e.getMessage() + ")";
    } catch (NewerVersionException | ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      damage = "cannot be read (" + e + ")";
    }
    LOG.warn(
        "The cursor file {} {}; {}. {} begins again at the log's beginning, event {}; what it had"
            + " already may come again",
        file,
        damage,
        aside(file),
        name,
        log.beginning().sequence());
    keep(name, CursorState.at(log.beginning()), null);
  }

  /** Keeps what cannot be used; a file also stays where it is until a good one replaces it. */
  private String aside(Path file) {
    Quarantine quarantine = log.damages().quarantine();
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return quarantine.copy(file, 0, Math.max(1, file.toFile().length()));
    }
    return quarantine.moveAside(file)
        ? "it was moved to the quarantine"
        : "it is in the way of a new one: move it away";
  }

  private LogCursor keep(String name, CursorState state, @Nullable CursorState saved) {
    LogCursor cursor = new LogCursor(name, log, this, state);
    byName.put(name, new Kept(cursor, place(name), saved));
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
    Position end = log.end();
    LogCursor cursor = keep(name, CursorState.at(end), null);
    boolean saved = false;
    try {
      save(cursor);
      saved = true;
    } finally {
      if (!saved) {
        byName.remove(name);
      }
    }
    LOG.info(
        "{} is new to the log in {}: it gets the events from {} on",
        name,
        log.folder(),
        end.sequence());
    return cursor;
  }

  List<String> names() {
    return byName.keySet().stream().sorted().toList();
  }

  /** As {@link EventLog#deleteCursor}. */
  synchronized void delete(String name) throws IOException {
    Kept kept = byName.get(name);
    if (kept == null) {
      return;
    }
    synchronized (kept) {
      kept.cursor.delete();
      kept.place.close();
      for (Path each : List.of(file(name), placePath(name))) {
        try {
          log.disk().delete(each);
        } catch (NoSuchFileException e) {
          LOG.debug("{} was gone already", each, e);
        }
      }
      log.disk().syncFolder(folder);
      byName.remove(name);
    }
    onPassedSegment.run();
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
      if (!cursor.isDeleted() && !state.equals(kept.saved)) {
        byte[] bytes = CursorFile.encode(new CursorFile.Content(cursor.name(), log.id(), state));
        ballast.write(file(cursor.name()), bytes);
        kept.saved = state;
      }
    }
  }

  /** Notes where one is, for the case that the process is killed before it is saved. */
  void note(LogCursor cursor) throws IOException {
    Kept kept = byName.get(cursor.name());
    if (kept != null && kept.cursor == cursor && !closed && !cursor.isDeleted()) {
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
    for (Kept each : byName.values()) {
      CursorState saved = each.saved;
      if (saved == null || saved.wants(from, to)) {
        return true;
      }
    }
    return false;
  }

  private PlaceFile place(String name) {
    return new PlaceFile(log.disk(), placePath(name), log.id());
  }

  private Path placePath(String name) {
    return folder.resolve(DurableFiles.safeName(name) + PlaceFile.SUFFIX);
  }

  private Path file(String name) {
    return folder.resolve(CursorFile.fileName(name));
  }
}
