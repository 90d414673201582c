package dev.camelsiem.edge.camel.tail;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the copies that {@code copytruncate} makes from files that are new: a copy has the name of
 * a rotated file, while the file it was made from still has its own. Not thread-safe.
 */
final class Copies {
  /** {@link System#nanoTime()} since when new files are known to be empty, by key. */
  private final Map<String, Long> empty = new HashMap<>();

  /**
   * The file of which a new one is or may be a copy; null when there is none.
   *
   * @param holders who has which name
   * @param found all files of this look
   */
  @Nullable TailedFile original(
      FoundFile seen, Map<Path, TailedFile> holders, Map<String, FoundFile> found) {
    for (String base : Generations.bases(String.valueOf(seen.path().getFileName()))) {
      Path name = seen.path().resolveSibling(base);
      TailedFile holder = holders.get(name);
      if (holder != null
          && !holder.key.equals(seen.key())
          && mayBeCopy(holder, name, seen, found)) {
        return holder;
      }
    }
    return null;
  }

  private boolean mayBeCopy(
      TailedFile holder, Path name, FoundFile seen, Map<String, FoundFile> found) {
    FoundFile now = found.get(holder.key);
    if (now == null) { // copied and deleted
      return holder.offset > 0 && SameContent.goesOn(holder, seen.realPath());
    }
    return now.path().equals(name)
        && (isBeginning(seen)
            || SameContent.isCopy(holder, seen.realPath())
            || SameContent.goesOn(holder, seen.realPath()));
  }

  /** True for a while for a file that is empty: a copy may be about to be made. */
  private boolean isBeginning(FoundFile seen) {
    return seen.size() == 0
        && System.nanoTime() - empty.computeIfAbsent(seen.key(), key -> System.nanoTime())
            < MissingFiles.MOST_DOUBT_NANOS;
  }

  /**
   * Whether a copy is left until its file is cut: what it says is read from the file, and the rest
   * is found in it then.
   */
  static boolean mustWait(FoundFile seen, TailedFile original, Map<String, FoundFile> found) {
    return seen.size() < original.offset
        || (found.containsKey(original.key) && !original.isResting(System.nanoTime()));
  }

  void forgetAllBut(Set<String> keys) {
    empty.keySet().retainAll(keys);
  }
}
