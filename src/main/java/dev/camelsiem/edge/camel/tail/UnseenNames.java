package dev.camelsiem.edge.camel.tail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plain paths under which nothing was seen yet, and the rotated files that stood beside them
 * before: those that come later had the name between two looks. Not thread-safe.
 */
final class UnseenNames {
  private final Map<Path, Blank> before = new HashMap<>();

  /**
   * To be called before a look, so that what is rotated meanwhile is not taken for older.
   *
   * @param names the plain paths that are wanted
   * @param files all that are known
   */
  void look(List<Path> names, Collection<TailedFile> files, Folders folders) {
    if (names.isEmpty()) {
      return;
    }
    Set<Path> held = new HashSet<>();
    files.forEach(file -> held.add(file.path));
    for (Path name : names) {
      if (held.contains(name)) {
        before.remove(name);
      } else {
        before.computeIfAbsent(name, each -> beside(each, folders));
      }
    }
  }

  private static Blank beside(Path name, Folders folders) {
    List<FoundFile> there = new ArrayList<>(folders.generations(List.of(name), false));
    there.addAll(folders.generations(List.of(name), true));
    // a disk that comes later brings old files
    return Blank.beside(there, folders.isWhole(List.of(name)));
  }

  /** What stood beside a name before anything was seen under it; null for one that was seen. */
  @Nullable Blank beside(Path name) {
    return before.get(name);
  }
}
