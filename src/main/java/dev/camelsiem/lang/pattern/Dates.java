package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.time.DateTime;
import dev.camelsiem.time.DateTimeParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates in texts and remembers the last one, so that what has found where a date ends need
 * not be done once more for its value. Not thread-safe.
 */
final class Dates {
  private static final byte[] NOTHING = {};
  private static final int STEPS = 3;

  private final DateTimeParser parser = new DateTimeParser();

  // Where the last one stands, by the array itself: its bytes stay as they are for the time being.
  private byte[] bytes = NOTHING;
  private int start;
  private int limit;
  private int end;

  /** Other bytes may stand in the same array now. */
  void forget() {
    bytes = NOTHING;
  }

  /** The end of the date that begins at an offset, or -1. */
  int end(byte[] text, int at, int to, Budget budget) {
    budget.worked(STEPS);
    return at < to && Ascii.isAlphanumeric(text[at]) ? known(text, at, to, budget) : -1;
  }

  /** Patterns that differ look for one date again and again. */
  @SuppressWarnings("ReferenceEquality") // the same array, not one like it
  private int known(byte[] text, int at, int to, Budget budget) {
    if (bytes != text || start != at || limit != to) {
      bytes = text;
      start = at;
      limit = to;
      end = parser.prefix(text, at, to, budget.receivedAt());
    }
    return end;
  }

  /** The date between two offsets; read anew only when another was read since. */
  @SuppressWarnings("ReferenceEquality") // the same array, not one like it
  @Nullable DateTime value(byte[] text, int from, int to, Budget budget) {
    boolean known = bytes == text && start == from && end == to;
    return known || end(text, from, to, budget) == to ? parser.value() : null;
  }
}
