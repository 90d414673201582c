package dev.camelsiem.delivery.log;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the cursors of a log that was closed or whose process died. A file that is damaged or
 * missing makes its reader begin where it is known to have been, or at the log's beginning: what it
 * had may come again, and nothing is lost.
 */
final class CursorRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(CursorRecovery.class);

  private final LogState log;
  private final Path folder;
  private final Map<String, Found> found = new TreeMap<>();

  /**
   * @param saved what its file says; null when that cannot be used
   */
  record Found(CursorState state, @Nullable CursorState saved) {}

  CursorRecovery(LogState log, Path folder) {
    this.log = log;
    this.folder = folder;
  }

  /**
   * Reads all files.
   *
   * @param known names of those that had one
   * @return the cursors by their names
   */
  Map<String, Found> read(List<String> known) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new IOException(folder + " is a symbolic link: put a folder in its place");
    }
    DurableFiles.createFolders(folder);
    Set<String> names = new TreeSet<>(known);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        String fileName = String.valueOf(each.getFileName());
        if (fileName.endsWith(CursorFile.SUFFIX)) {
          read(each);
        } else {
          String name = CursorFile.nameOf(fileName, PlaceFile.SUFFIX);
          names.addAll(name == null ? Set.of() : Set.of(name));
        }
      }
    }
    names.removeAll(found.keySet());
    for (String each : names) {
      again(each, "missing");
    }
    return found;
  }

  private void read(Path file) throws IOException {
    String damage;
    try {
      CursorFile.Content content = CursorFile.read(log.disk(), file);
      if (content.logId() == log.id()) {
        CursorState saved = content.state();
        Position noted = noted(content.name());
        found.put(content.name(), new Found(noted == null ? saved : saved.commit(noted), saved));
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
    LOG.warn("The cursor file {} {}; {}", file, damage, aside(file));
    String name = CursorFile.nameOf(String.valueOf(file.getFileName()), CursorFile.SUFFIX);
    if (name != null) {
      again(name, "damaged");
    }
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

  /** Somebody had a cursor, and its file is of no use. */
  private void again(String name, String what) throws IOException {
    Position noted = noted(name);
    Position from = log.beginning();
    if (noted != null && noted.sequence() > from.sequence()) {
      from = noted;
    }
    LOG.warn(
        "The cursor file {} is {}: {} goes on at event {}; what it had already may come again",
        folder.resolve(CursorFile.fileName(name)),
        what,
        name,
        from.sequence());
    found.put(name, new Found(CursorState.at(from), null));
  }

  private @Nullable Position noted(String name) throws IOException {
    return PlaceFile.of(log, folder, name).read();
  }
}
