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
 */
record Blank(@Nullable Map<String, Long> beside, long modified, long size) {
  /** More than these are no rotated files of one log; what is younger can't be told, then. */
  private static final int MOST = 10_000;

  static final Blank NONE = new Blank(null, 0, 0);

  /** Known to be without anything that could be told from what is younger. */
  private static final Blank UNTOLD = new Blank(Map.of(), Long.MAX_VALUE, 0);

  static Blank at(FoundFile seen) {
    return new Blank(null, seen.modified(), seen.size());
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
    return new Blank(Map.copyOf(sizes), 0, 0);
  }

  /** Whether what stood beside the file is known, or is known to be not known. */
  boolean isSettled() {
    return beside != null;
  }

  /**
   * The times of rotated files count from here on when nothing better is known.
   *
   * @return epoch nanoseconds; 0 when nothing is known to have been cut
   */
  long since(TailedFile file, long sizeNow) {
    boolean wasCut = sizeNow < size || (file.wasCut && file.modified != modified);
    return wasCut ? modified : 0;
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
