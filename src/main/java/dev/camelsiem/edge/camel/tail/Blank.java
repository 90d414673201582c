package dev.camelsiem.edge.camel.tail;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was known when nothing of what a file holds was: it tells which rotated files beside it came
 * later, and so are copies of what it held in between.
 *
 * @param beside sizes by key of the rotated files that stood beside it; null when that is not known
 * @param modified epoch nanoseconds of its last change then; 0 when not known
 * @param size its size then
 * @param isSettled whether what came before is taken up
 */
record Blank(@Nullable Map<String, Long> beside, long modified, long size, boolean isSettled) {
  /** More than these are no rotated files of one log; what is younger can't be told, then. */
  private static final int MOST = 10_000;

  static final Blank NONE = new Blank(null, 0, 0, false);

  /** Known to be without anything that could be told from what is younger. */
  private static final Blank UNTOLD = new Blank(Map.of(), Long.MAX_VALUE, 0, true);

  static Blank at(FoundFile seen) {
    return new Blank(null, seen.modified(), seen.size(), false);
  }

  /**
   * An empty file, or a name without one.
   *
   * @param generations the rotated files that stand beside it
   * @param isWhole false when they could not be listed
   */
  static Blank beside(Collection<FoundFile> generations, boolean isWhole) {
    if (!isWhole || generations.size() > MOST) {
      return UNTOLD;
    }
    Map<String, Long> sizes = new HashMap<>();
    generations.forEach(file -> sizes.put(file.key(), file.size()));
    return new Blank(Map.copyOf(sizes), 0, 0, true);
  }

  /** The same for a file that is seen now: what came since is still to be taken up. */
  Blank unsettled() {
    return new Blank(beside, modified, size, false);
  }

  /**
   * The times of rotated files count from here on when nothing better is known.
   *
   * @return epoch nanoseconds; 0 when nothing tells that it may have been cut
   */
  long since(TailedFile file, long sizeNow) {
    boolean changed = file.modified != modified && (file.wasCut || size == 0);
    return sizeNow < size || changed ? modified : 0;
  }

  /** Whether a rotated file was not there yet; a shorter one has the inode of an old one. */
  boolean isYounger(FoundFile generation, long since) {
    if (modified == Long.MAX_VALUE) {
      return false;
    }
    if (beside == null) {
      return since != 0 && generation.modified() >= since;
    }
    Long before = beside.get(generation.key());
    return before == null || generation.size() < before;
  }
}
