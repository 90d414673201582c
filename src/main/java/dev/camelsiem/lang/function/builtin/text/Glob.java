package dev.camelsiem.lang.function.builtin.text;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled glob: segments between stars. Immutable; a search keeps its notes in a {@link
 * GlobSearch}.
 */
final class Glob {
  static final int ANY = -1;
  static final int FIRST_SET = -2;

  private static final int LOOKS_A_STEP = 32;

  /** Looks that a character of several bytes is worth, and one that a set may have. */
  private static final int CHARACTER = 4;

  private static final int SET = 8;

  /**
   * What stands between two stars.
   *
   * @param ops bytes from 0 to 255, {@link #ANY}, or {@link #FIRST_SET} minus the index of a set
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never shown
  record Segment(int[] ops, List<CharSet> sets) {
    /** Steps that {@link #match} may take. */
    int steps() {
      int looks = ops.length;
      for (int op : ops) {
        looks += op == ANY ? CHARACTER : 0;
      }
      for (CharSet set : sets) {
        looks += SET + set.size();
      }
      return 1 + looks / LOOKS_A_STEP;
    }

    /** The end of the segment when it stands at {@code at}, or -1. */
    int match(byte[] bytes, int at, int to) {
      int i = at;
      for (int op : ops) {
        if (i >= to) {
          return -1;
        }
        if (op >= 0) {
          if ((bytes[i] & 0xff) != op) {
            return -1;
          }
          i++;
        } else {
          if (op != ANY && !sets.get(FIRST_SET - op).contains(Utf8.codePoint(bytes, i, to))) {
            return -1;
          }
          i = Utf8.next(bytes, i, to);
        }
      }
      return i;
    }
  }

  private final List<Segment> segments;
  private final @Nullable Text literal;

  private Glob(List<Segment> segments, @Nullable Text literal) {
    this.segments = segments;
    this.literal = literal;
  }

  /**
   * @param brackets whether sets in brackets are known; else a bracket stands for itself
   */
  static Glob compile(Text pattern, boolean brackets) {
    List<Segment> segments = new GlobParser(pattern, brackets).parse();
    boolean plain = segments.size() == 1;
    for (int op : segments.get(0).ops()) {
      plain &= op >= 0;
    }
    return new Glob(segments, plain ? pattern : null);
  }

  List<Segment> segments() {
    return segments;
  }

  /** The whole pattern when it has no wildcard, else null. */
  @Nullable Text literal() {
    return literal;
  }

  /** True when the pattern covers the whole text; stars take line feeds too. */
  boolean matchesAll(Budget budget, Text text) {
    byte[] bytes = text.array();
    int to = text.to();
    budget.step(segments.get(0).steps());
    int at = segments.get(0).match(bytes, text.from(), to);
    if (segments.size() == 1 || at < 0) {
      return at == to;
    }
    for (int i = 1; i < segments.size() - 1; i++) {
      at = find(budget, segments.get(i), bytes, at, to);
      if (at < 0) {
        return false;
      }
    }
    return endsWith(budget, segments.get(segments.size() - 1), bytes, at, to);
  }

  /** The end of the first place of a segment, or -1. */
  private static int find(Budget budget, Segment segment, byte[] bytes, int from, int to) {
    int steps = segment.steps();
    for (int at = from; at <= to; at = at < to ? Utf8.next(bytes, at, to) : to + 1) {
      budget.step(steps);
      int end = segment.match(bytes, at, to);
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  private static boolean endsWith(Budget budget, Segment last, byte[] bytes, int from, int to) {
    int length = last.ops().length;
    int steps = last.steps();
    int at = Math.max(from, to - 4 * length);
    while (at < to && Utf8.isTail(bytes[at])) {
      at++;
    }
    for (; at <= to; at = at < to ? Utf8.next(bytes, at, to) : to + 1) {
      budget.step(steps);
      if (last.match(bytes, at, to) == to) {
        return true;
      }
    }
    return false;
  }
}
