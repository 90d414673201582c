package dev.camelsiem.edge.camel.tail;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs of which a look has found files that were rotated. A folder that is read while its files
 * are renamed may not show each of them, so they may have been taken up in any order, or not at
 * all: at the end of the look those of a log are let wait for each other. Not thread-safe.
 */
final class RotatedLogs {
  private static final Logger LOG = LoggerFactory.getLogger(RotatedLogs.class);

  /** In the place of a time since when there may be files that are not known. */
  private static final long NOTHING_NEW = Long.MAX_VALUE;

  private final Predicate<Path> isLog;
  private final Map<String, TailedFile> files;
  private final Folders folders;
  private final Chain chain;

  /** Since when there may be files of a log that are not known, in epoch nanoseconds. */
  private final Map<Path, Long> logs = new LinkedHashMap<>();

  /**
   * @param isLog whether a known file has a name, or had it
   * @param files all that are known, by key
   */
  RotatedLogs(Predicate<Path> isLog, Map<String, TailedFile> files, Folders folders, Chain chain) {
    this.isLog = isLog;
    this.files = files;
    this.folders = folders;
    this.chain = chain;
  }

  /**
   * A file was taken up.
   *
   * @param since last change of the one that had the name before, in epoch nanoseconds; 0 when that
   *     is not known
   */
  void isNew(Path path, long since) {
    logs.merge(logOf(path), since == 0 ? NOTHING_NEW : since, Math::min);
  }

  /** A file was found again that only the checkpoint knew. */
  void isBack(Path path) {
    logs.merge(logOf(path), NOTHING_NEW, Math::min);
  }

  /** The name of a file before it was rotated, if it is or was that of a known one. */
  private Path logOf(Path path) {
    for (String base : Generations.bases(String.valueOf(path.getFileName()))) {
      Path log = path.resolveSibling(base);
      if (isLog.test(log)) {
        return log;
      }
    }
    return path;
  }

  /**
   * Lets the files of each log wait for each other, the oldest first.
   *
   * @param found by name
   */
  void putInOrder(Map<Path, FoundFile> found) {
    logs.forEach((log, since) -> putInOrder(log, since, found));
  }

  private void putInOrder(Path log, long since, Map<Path, FoundFile> found) {
    try {
      List<FoundFile> all = Generations.of(Folders.names(log), 0, false, folders);
      all.removeIf(one -> !files.containsKey(one.key()) && one.modified() < since);
      FoundFile youngest = found.get(log);
      if (youngest != null) {
        all.add(youngest);
      }
      chain.of(null, all, "");
    } catch (RuntimeException e) { // one odd log must not hide the others
      LOG.error("Can't put the rotated files of {} in order", log, e);
    }
  }
}
