package dev.camelsiem.delivery.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a cursor. Immutable.
 *
 * @param gaps in their order, apart from each other, none of them closed before the committed place
 * @param keys of the encodings in use, newest first
 */
record CursorState(Position committed, List<Gap> gaps, List<Long> keys) {
  static final int MOST_KEYS = 8;
  static final String GIVEN_UP = "given up";

  /** As many gaps as a file keeps; while there are more an open gap stays open. */
  static final int MOST_GAPS = 4096;

  CursorState {
    gaps = List.copyOf(gaps);
    keys = List.copyOf(keys);
  }

  static CursorState at(Position place) {
    return new CursorState(place, List.of(), List.of());
  }

  /** With all before a place forgotten, and the gaps that begin there. */
  CursorState commit(Position place) {
    Position reached = place.sequence() > committed.sequence() ? place : committed;
    List<Gap> left = new ArrayList<>(gaps.size());
    for (Gap gap : gaps) {
      Position to = gap.to();
      if (to == null || gap.from().sequence() > reached.sequence()) {
        left.add(gap);
      } else if (to.sequence() > reached.sequence()) {
        reached = to;
      }
    }
    return new CursorState(reached, left, keys);
  }

  CursorState openGap(Position from, String cause) {
    List<Gap> more = new ArrayList<>(gaps);
    more.add(new Gap(from, null, cause));
    return new CursorState(committed, more, keys);
  }

  /** With a stretch given up: a gap of its own, or one with those that it touches. */
  CursorState skip(Position from, Position to) {
    if (to.sequence() <= from.sequence()) {
      return this;
    }
    Position start = from;
    Position end = to;
    List<Gap> apart = new ArrayList<>();
    Gap open = openGap();
    for (Gap gap : gaps) {
      Position until = gap.to();
      if (until == null) {
        continue;
      }
      if (until.sequence() < start.sequence() || gap.from().sequence() > end.sequence()) {
        apart.add(gap);
      } else {
        start = gap.from().sequence() < start.sequence() ? gap.from() : start;
        end = until.sequence() > end.sequence() ? until : end;
      }
    }
    apart.add(new Gap(start, end, GIVEN_UP));
    apart.sort(Comparator.comparingLong(gap -> gap.from().sequence()));
    if (open != null) {
      apart.add(open);
    }
    return new CursorState(committed, apart, keys).commit(committed);
  }

  /** With the open gap closed at a place, unless there are too many already. */
  CursorState closeGap(Position to) {
    Gap open = openGap();
    if (open == null || gaps.size() >= MOST_GAPS) {
      return this;
    }
    List<Gap> closed = new ArrayList<>(gaps.subList(0, gaps.size() - 1));
    if (to.sequence() > open.from().sequence()) {
      closed.add(new Gap(open.from(), to, open.cause()));
    }
    return new CursorState(committed, closed, keys).commit(committed);
  }

  /** As if the open gap had never been. */
  CursorState withoutOpenGap() {
    return openGap() == null
        ? this
        : new CursorState(committed, gaps.subList(0, gaps.size() - 1), keys);
  }

  /** With a gap open again that was closed; it takes in what was given up behind its start. */
  CursorState reopen(Gap open) {
    Position from = open.from();
    List<Gap> before = new ArrayList<>();
    for (Gap gap : gaps) {
      boolean touches = gap.end(Long.MAX_VALUE) >= from.sequence();
      if (!touches) {
        before.add(gap);
      } else if (gap.from().sequence() < from.sequence()) {
        from = gap.from();
      }
    }
    before.add(new Gap(from, null, open.cause()));
    return new CursorState(committed, before, keys);
  }

  /** The end of the last stretch that was given up behind a place, or that place. */
  Position behindGivenUp(Position place) {
    Position last = place;
    for (Gap gap : gaps) {
      Position to = gap.to();
      if (to != null && gap.cause().equals(GIVEN_UP) && to.sequence() > last.sequence()) {
        last = to;
      }
    }
    return last;
  }

  @Nullable Gap openGap() {
    Gap last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
    return last != null && last.isOpen() ? last : null;
  }

  CursorState useEncoding(long key) {
    List<Long> order = new ArrayList<>(MOST_KEYS);
    order.add(key);
    for (Long each : keys) {
      if (each != key && order.size() < MOST_KEYS) {
        order.add(each);
      }
    }
    return new CursorState(committed, gaps, order);
  }

  /** The gap that covers a number, or null. */
  @Nullable Gap gapAt(long sequence) {
    for (Gap gap : gaps) {
      if (gap.from().sequence() <= sequence && (gap.isOpen() || gap.end(0) > sequence)) {
        return gap;
      }
    }
    return null;
  }

  /** The first place at or behind one that is in no gap, or null when only an open gap follows. */
  @Nullable Position beyondGaps(Position place) {
    Position at = place;
    Gap gap = gapAt(at.sequence());
    while (gap != null) {
      Position to = gap.to();
      if (to == null) {
        return null;
      }
      at = to;
      gap = gapAt(at.sequence());
    }
    return at;
  }

  /** The first gap that begins behind a number and before another, or null. */
  @Nullable Gap gapWithin(long after, long before) {
    for (Gap gap : gaps) {
      if (gap.from().sequence() > after && gap.from().sequence() < before) {
        return gap;
      }
    }
    return null;
  }

  /**
   * Sums something up over the pieces of a range that the cursor still wants.
   *
   * @param piece gets the first number and the one behind the last
   */
  long wanted(long from, long to, LongBinaryOperator piece) {
    long at = Math.max(from, committed.sequence());
    long sum = 0;
    for (Gap gap : gaps) {
      long upTo = Math.min(to, gap.from().sequence());
      if (upTo > at) {
        sum += piece.applyAsLong(at, upTo);
      }
      at = Math.max(at, gap.end(to));
    }
    return at < to ? sum + piece.applyAsLong(at, to) : sum;
  }

  /** Whether it still wants an event of a range. */
  boolean wants(long from, long to) {
    return wanted(from, to, (start, end) -> end - start) > 0;
  }

  /** Bytes between the committed place and the log's end, without those of the gaps. */
  long bytes(Segments segments, Position end) {
    long bytes = segments.bytesBefore(end) - segments.bytesBefore(committed);
    for (Gap gap : gaps) {
      Position to = gap.to() == null ? end : gap.to();
      Position from = gap.from().sequence() > committed.sequence() ? gap.from() : committed;
      bytes -= Math.max(0, segments.bytesBefore(to) - segments.bytesBefore(from));
    }
    return Math.max(0, bytes);
  }

  /** The highest number it has seen. */
  long highest() {
    long highest = committed.sequence();
    for (Gap gap : gaps) {
      highest = Math.max(highest, gap.end(gap.from().sequence()));
    }
    return highest;
  }
}
