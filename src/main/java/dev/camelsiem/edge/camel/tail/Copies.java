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
  private final Map<String, Growing> growing = new HashMap<>();

  /** A new file that may be a copy in the making: how large it is, and since when. */
  private record Growing(long size, long since) {}

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
          && isAt(holder, name, found)
          && mayBeCopy(holder, seen)) {
        return holder;
      }
    }
    return null;
  }

  private static boolean isAt(TailedFile file, Path name, Map<String, FoundFile> found) {
    FoundFile now = found.get(file.key);
    return now != null && now.path().equals(name);
  }

  private static boolean mayBeCopy(TailedFile holder, FoundFile seen) {
    if (holder.offset == 0 || seen.size() < holder.fingerprint.length()) {
      return holder.offset > 0; // too short to tell
    }
    return seen.size() < holder.offset
        ? SameContent.begins(holder, seen.realPath())
        : SameContent.goesOn(holder, seen.realPath());
  }

  /** True for a copy that is still being made, or that ends before our place. */
  boolean isUnfinished(FoundFile seen, TailedFile original) {
    if (seen.size() >= original.fingerprint.length()) {
      return seen.size() < original.offset;
    }
    long now = System.nanoTime();
    Growing known = growing.get(seen.key());
    if (known == null || known.size() != seen.size()) {
      growing.put(seen.key(), new Growing(seen.size(), now));
      return true;
    }
    return now - known.since() < MissingFiles.MOST_DOUBT_NANOS;
  }

  void forgetAllBut(Set<String> keys) {
    growing.keySet().retainAll(keys);
  }
}
