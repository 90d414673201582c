package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * Splits texts and remembers the last one, since rules that look at one event often split it alike
 * to see whether it is theirs. Each of them pays for it. Not thread-safe.
 */
final class Splits {
  private static final byte[] NOTHING = {};

  // Where the last one stands, by the array itself: its bytes stay as they are for the time being.
  private byte[] bytes = NOTHING;
  private int start;
  private int end;
  private @Nullable Splitter splitter;
  private @Nullable Object parts;
  private int steps;

  /** Other bytes may stand in the same array now. */
  void forget() {
    bytes = NOTHING;
    splitter = null;
    parts = null;
  }

  /** What the text between two offsets is split into. */
  @Nullable Object split(Splitter by, byte[] text, int from, int to, Budget budget) {
    if (isKnown(by, text, from, to)) {
      budget.worked(steps);
      return parts;
    }
    int stepsBefore = budget.stepsUsed();
    int outputBefore = budget.outputUsed();
    Object split = by.split(Text.of(text, from, to), budget);
    if (budget.outputUsed() == outputBefore) { // what has made much is left to who pays for it
      bytes = text;
      start = from;
      end = to;
      splitter = by;
      parts = split;
      steps = budget.stepsUsed() - stepsBefore;
    }
    return split;
  }

  @SuppressWarnings("ReferenceEquality") // the same array, not one like it
  private boolean isKnown(Splitter by, byte[] text, int from, int to) {
    return bytes == text && start == from && end == to && splitter != null && by.isLike(splitter);
  }
}
