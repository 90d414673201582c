package dev.camelsiem.lang.function.builtin.text;

import dev.camelsiem.lang.value.Ascii;
import dev.camelsiem.lang.value.Text;
import java.util.Arrays;

/**
 * How many instructions RE2/J makes of a regular expression at most, found out without compiling
 * it: it copies what is in front of a counted repetition, so that a few characters can ask for
 * millions.
 */
final class ProgramSize {
  /** Groups inside groups; RE2/J walks over them by recursion. */
  private static final int DEEPEST = 250;

  /** The least and the largest program have these beside what the expression asks for. */
  private static final int FRAME = 4;

  private final Text source;
  private int at;

  // Of each open group, what comes before it in the enclosing one; the last entry is the innermost.
  private long[] sums = new long[8];
  private int depth;

  /** Size of what a repetition would repeat. */
  private long last;

  private ProgramSize(Text source) {
    this.source = source;
  }

  /** An upper bound, itself not above {@link Integer#MAX_VALUE}, which is the answer to nesting. */
  static int bound(Text source) {
    return (int) Math.min(Integer.MAX_VALUE, new ProgramSize(source).read());
  }

  private long read() {
    while (at < source.length()) {
      byte b = source.byteAt(at++);
      switch (b) {
        case '(' -> open();
        case ')' -> close();
        case '|' -> {
          grow(2);
          last = 0;
        }
        case '*', '+', '?' -> {
          grow(1);
          last++;
        }
        case '{' -> counted();
        case '[' -> set();
        case '\\' -> escape();
        default -> atom(b);
      }
      if (depth > DEEPEST || sums[depth] > Integer.MAX_VALUE) {
        return Integer.MAX_VALUE;
      }
    }
    long all = FRAME;
    for (int i = 0; i <= depth; i++) {
      all += sums[i];
    }
    return all;
  }

  private void grow(long size) {
    sums[depth] += size;
  }

  private void atom(byte b) {
    if (b >= -0x40) { // the first byte of a character
      grow(1);
      last = 1;
    }
  }

  private void open() {
    int end = at;
    if (end < source.length() && source.byteAt(end) == '?') {
      end++;
      while (end < source.length() && isFlag(source.byteAt(end))) {
        end++;
      }
      if (end < source.length() && source.byteAt(end) == ')') {
        at = end + 1; // flags alone: a repetition behind them is of what stands before them
        return;
      }
    }
    if (++depth == sums.length) {
      sums = Arrays.copyOf(sums, 2 * depth);
    }
    sums[depth] = 2;
    last = 0;
  }

  private static boolean isFlag(byte b) {
    return b == 'i' || b == 'm' || b == 's' || b == 'U' || b == '-';
  }

  private void close() {
    if (depth > 0) { // else it is malformed
      last = sums[depth--];
      grow(last);
    }
  }

  /** {@code {n}}, {@code {n,}} or {@code {n,m}}; anything else stands for itself. */
  private void counted() {
    int end = at;
    long least = 0;
    while (end < source.length() && Ascii.isDigit(source.byteAt(end)) && end < at + 9) {
      least = least * 10 + source.byteAt(end++) - '0';
    }
    boolean valid = end > at;
    long most = least;
    if (valid && end < source.length() && source.byteAt(end) == ',') {
      int digits = ++end;
      most = 0;
      while (end < source.length() && Ascii.isDigit(source.byteAt(end)) && end < digits + 9) {
        most = most * 10 + source.byteAt(end++) - '0';
      }
      most = end == digits ? least + 1 : most;
    }
    if (!valid || end >= source.length() || source.byteAt(end) != '}') {
      atom((byte) '{');
      return;
    }
    at = end + 1;
    long repeated = Math.max(1, most) * (last + 1) + 1;
    grow(repeated - last);
    last = repeated;
  }

  /** A set is one instruction, however many characters are in it. */
  private void set() {
    atom((byte) '[');
    at += at < source.length() && source.byteAt(at) == '^' ? 1 : 0;
    boolean first = true;
    while (at < source.length() && (first || source.byteAt(at) != ']')) {
      first = false;
      byte b = source.byteAt(at++);
      if (b == '\\') {
        at++;
      } else if (b == '[' && at < source.length() && source.byteAt(at) == ':') {
        int end = source.indexOf(CLASS_END, at);
        at = end < 0 ? at : end + 2;
      }
    }
    at++;
  }

  private static final Text CLASS_END = Text.of(":]");
  private static final Text QUOTE_END = Text.of("\\E");

  private void escape() {
    byte b = at < source.length() ? source.byteAt(at++) : 0;
    if (b == 'Q') {
      int end = source.indexOf(QUOTE_END, at);
      end = end < 0 ? source.length() : end;
      while (at < end) {
        atom(source.byteAt(at++));
      }
      at = end + 2;
      return;
    }
    grow(1);
    last = 1;
    boolean named = b == 'x' || b == 'p' || b == 'P';
    if (named && at < source.length() && source.byteAt(at) == '{') {
      while (at < source.length() && source.byteAt(at) != '}') {
        at++;
      }
      at++;
    }
  }
}
