package dev.camelsiem.edge.camel.tail;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up files that had a name between two looks, to be read one after the other. */
final class Chain {
  private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

  private final FileTable table;
  private final Predicate<String> isFound;

  /**
   * @param isFound of which keys the look tells itself whose they are
   */
  Chain(FileTable table, Predicate<String> isFound) {
    this.table = table;
    this.isFound = isFound;
  }

  /**
   * Takes up what is not known, and lets each file of which nothing was read wait for another,
   * which may have been begun.
   *
   * @param first the one that is read before all of them, or null
   * @param key of the file that has the name now
   * @return the one that is read last, or null
   */
  @Nullable TailedFile of(@Nullable TailedFile first, List<FoundFile> generations, String key) {
    TailedFile last = first;
    for (FoundFile one : generations) {
      TailedFile generation =
          isFound.test(one.key()) ? table.files.get(one.key()) : table.known(one);
      if (generation == null) {
        generation = inBetween(one);
      }
      if (generation != null
          && !one.key().equals(key)
          && (generation.offset == 0 || last == null)
          && generation.hasUnreadLines()
          && (last == null || !last.waitsFor(generation))) {
        if (last != null && mayWaitFor(last, generation.predecessor)) {
          generation.predecessor = last;
        }
        table.open.hold(generation);
        last = generation;
      }
    }
    return last;
  }

  /** Whether a file that waits for a predecessor still does when it waits for another one. */
  private static boolean mayWaitFor(TailedFile other, @Nullable TailedFile predecessor) {
    return predecessor == null || !predecessor.hasUnreadLines() || other.waitsFor(predecessor);
  }

  /** Whether a file that is not known may be taken up. */
  boolean isWanted(FoundFile one) {
    return table.files.size() < Scanner.MAX_FILES
        && !isFound.test(one.key())
        && !table.scanner.isExcluded(one.path());
  }

  private @Nullable TailedFile inBetween(FoundFile one) {
    if (!isWanted(one)) {
      return null;
    }
    TailedFile generation = table.add(one);
    table.missing.isGone(generation);
    LOG.info("{} was rotated away before it was seen: it is read, too", generation);
    return generation;
  }
}
