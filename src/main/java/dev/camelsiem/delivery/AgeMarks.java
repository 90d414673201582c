package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.Cursor;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How long events have lain in a log, by the monotonic clock: a wall clock that jumps while the
 * process lives makes no event older. Only for what an earlier process left is its age at the start
 * taken from the wall clock. Used by one thread.
 */
final class AgeMarks {
  private static final long STEP = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST = 4 * 24 * 60;

  private final long startedAt = System.nanoTime();
  private final long startSequence;
  private final long startWall = System.currentTimeMillis();
  private final TreeMap<Long, Long> marks = new TreeMap<>();

  /**
   * @param nextSequence the log's end at the start
   */
  AgeMarks(long nextSequence) {
    startSequence = nextSequence;
    marks.put(nextSequence, startedAt);
  }

  /** Remembers when the log had grown so far; called often, does something once a minute. */
  void mark(long nextSequence) {
    long now = System.nanoTime();
    if (nextSequence > marks.lastKey() && now - marks.lastEntry().getValue() >= STEP) {
      marks.put(nextSequence, now);
      if (marks.size() > MOST) {
        thinOut();
      }
    }
  }

  /** Keeps every second mark: ages are told less exactly, but as far back as ever. */
  private void thinOut() {
    boolean keep = true;
    for (Iterator<Long> each = marks.keySet().iterator(); each.hasNext(); keep = !keep) {
      each.next();
      if (!keep) {
        each.remove();
      }
    }
  }

  /**
   * At least how old the oldest event is that a cursor has not read, in nanoseconds: what is in
   * flight cannot be given up, however old it is.
   */
  long ageOf(Cursor cursor) throws IOException {
    if (cursor.lagEvents() == 0) {
      return 0;
    }
    long sequence = cursor.reading().sequence();
    long now = System.nanoTime();
    if (sequence < startSequence) {
      long appendedAt = cursor.oldestAppendedAt();
      long before = appendedAt == 0 ? 0 : Math.max(0, startWall - appendedAt);
      return TimeUnit.MILLISECONDS.toNanos(before) + now - startedAt;
    }
    NavigableMap<Long, Long> behind = marks.tailMap(sequence, false); // empty at the log's end
    Map.Entry<Long, Long> first = behind.firstEntry();
    return first == null ? 0 : now - first.getValue();
  }
}
