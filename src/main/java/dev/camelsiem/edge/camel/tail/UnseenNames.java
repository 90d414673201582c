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
  /** Sizes by key, by the name beside which they stand. */
  private final Map<Path, Map<String, Long>> before = new HashMap<>();

  /**
   * To be called before a look, so that what is rotated meanwhile is not taken for older.
   *
   * @param names the plain paths that are wanted
   * @param files all that are known
   */
  void look(List<Path> names, Collection<TailedFile> files) {
    if (names.isEmpty()) {
      return;
    }
    Set<Path> held = new HashSet<>();
    files.forEach(file -> held.add(file.path));
    for (Path name : names) {
      if (held.contains(name)) {
        before.remove(name);
      } else {
        before.computeIfAbsent(name, UnseenNames::beside);
      }
    }
  }

  /** The sizes of what stands beside a name now; null when that can't be told. */
  private static @Nullable Map<String, Long> beside(Path name) {
    Folders folders = new Folders();
    Path folder = name.getParent();
    if (folder == null || !folders.list(folder).isThere() || !folders.list(folder).isRead()) {
      return null; // a disk that comes later brings old files
    }
    Map<String, Long> sizes = new HashMap<>();
    for (boolean packed : new boolean[] {false, true}) {
      List<FoundFile> there = Generations.of(List.of(name), 0, packed, folders);
      if (there.size() >= Generations.MOST) {
        return null;
      }
      there.forEach(file -> sizes.put(file.key(), file.size()));
    }
    return sizes;
  }

  /** Whether a name was looked for before anything was seen under it. */
  boolean isAwaited(Path name) {
    return before.containsKey(name);
  }

  /** Of some rotated files beside a name, those that were not there before it was seen. */
  List<FoundFile> younger(Path name, List<FoundFile> generations) {
    Map<String, Long> there = before.get(name);
    List<FoundFile> younger = new ArrayList<>();
    if (there == null) {
      return younger;
    }
    for (FoundFile file : generations) {
      Long size = there.get(file.key());
      if (size == null || file.size() < size) { // a shorter one has the inode of an old one
        younger.add(file);
      }
    }
    return younger;
  }
}
