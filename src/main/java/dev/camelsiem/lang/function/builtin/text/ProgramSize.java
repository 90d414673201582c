package dev.camelsiem.lang.function.builtin.text;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import java.util.Arrays;

/**
 * How many instructions RE2/J makes of a regular expression at most, found out without compiling
 * it: it copies what is in front of a counted repetition, so that a few characters can ask for
 * millions. And what it costs to compile what is in sets, each of which is one instruction; of some
 * characters it has no end.
 *
 * <p>The source must be valid UTF-8: what is not becomes characters when it is compiled.
 */
final class ProgramSize {
  /** Groups inside groups; RE2/J walks over them by recursion. */
  private static final int DEEPEST = 250;

  /** The least and the largest program have these beside what the expression asks for. */
  private static final int FRAME = 4;

  /** RE2/J looks at each character of a range when case is ignored, up to this one. */
  private static final int LAST_FOLDED = 0x1044f;

  /** From there it does not. */
  private static final int FIRST_FOLDED = 'A';

  /**
   * Cyrillic letters that have an upper case which has another lower case: where case is ignored
   * RE2/J goes round and round in search of the letter that it began with.
   */
  private static final int FIRST_ENDLESS = 0x1c80;

  private static final int LAST_ENDLESS = 0x1c88;

  /** Of them, so many a step. */
  private static final int FOLDED_A_STEP = 2;

  /** Steps for a class of Unicode: it has hundreds of ranges, which are sorted. */
  private static final int CLASS_STEPS = 2000;

  private final Text source;
  private int at;

  // Of each open group, what comes before it in the enclosing one; the last entry is the innermost.
  private long[] sums = new long[8];
  private int depth;

  /** Size of what a repetition would repeat. */
  private long last;

  private boolean ignoresCase;
  private boolean hasEndless;
  private long ranges;
  private long classes;

  private ProgramSize(Text source) {
    this.source = source;
  }

  /** An upper bound, itself not above {@link Integer#MAX_VALUE}, which is the answer to nesting. */
  static int bound(Text source) {
    return (int) Math.min(Integer.MAX_VALUE, new ProgramSize(source).read());
  }

  /** Steps to compile the sets. */
  static int stepsOfSets(Text source) {
    ProgramSize size = new ProgramSize(source);
    long unused = size.read();
    long folded = size.ignoresCase ? size.ranges / FOLDED_A_STEP : 0;
    return (int) Math.min(Integer.MAX_VALUE, folded + size.classes * CLASS_STEPS);
  }

  /** True for an expression whose compilation would never end. */
  static boolean neverEnds(Text source) {
    ProgramSize size = new ProgramSize(source);
    long unused = size.read();
    return size.ignoresCase && size.hasEndless;
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
          grow(2); // two where what is repeated may be empty
          last += 2;
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
    if (b < -0x40 && at >= 3) { // perhaps the last one
      note(Utf8.codePoint(source.array(), source.from() + at - 3, source.from() + at));
    }
  }

  private void note(int character) {
    hasEndless |= character >= FIRST_ENDLESS && character <= LAST_ENDLESS;
  }

  private void open() {
    boolean captures = true;
    if (isAt(at, '?')) {
      int end = at + 1;
      while (end < source.length() && isFlag(source.byteAt(end))) {
        ignoresCase |= source.byteAt(end) == 'i';
        end++;
      }
      if (isAt(end, ')')) {
        at = end + 1; // flags alone: a repetition behind them is of what stands before them
        return;
      }
      captures = !isAt(end, ':');
      at = captures ? endOfName(end) : end + 1;
    }
    if (++depth == sums.length) {
      sums = Arrays.copyOf(sums, 2 * depth);
    }
    sums[depth] = captures ? 3 : 0; // a group that is empty has one more
    last = 0;
  }

  private boolean isAt(int place, char wanted) {
    return place < source.length() && source.byteAt(place) == wanted;
  }

  private static boolean isFlag(byte b) {
    return b == 'i' || b == 'm' || b == 's' || b == 'U' || b == '-';
  }

  /** Behind {@code ?P<name>}; what is no name is malformed and stays where it is. */
  private int endOfName(int from) {
    int end = isAt(from, 'P') ? from + 1 : from;
    if (!isAt(end, '<')) {
      return at;
    }
    while (end < source.length() && (Ascii.isAlphanumeric(source.byteAt(end)) || isNamed(end))) {
      end++;
    }
    return isAt(end, '>') ? end + 1 : at;
  }

  private boolean isNamed(int place) {
    return isAt(place, '_') || isAt(place, '<');
  }

  private void close() {
    if (depth > 0) { // else it is malformed
      last = Math.max(1, sums[depth--]);
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
    long optional = 0;
    if (valid && end < source.length() && source.byteAt(end) == ',') {
      int digits = ++end;
      most = 0;
      while (end < source.length() && Ascii.isDigit(source.byteAt(end)) && end < digits + 9) {
        most = most * 10 + source.byteAt(end++) - '0';
      }
      boolean isOpen = end == digits;
      most = isOpen ? least : most;
      optional = isOpen ? 2 : Math.max(0, most - least);
    }
    if (!valid || end >= source.length() || source.byteAt(end) != '}') {
      atom((byte) '{');
      return;
    }
    at = end + 1;
    long repeated = Math.max(1, most) * Math.max(1, last) + optional;
    grow(repeated - last);
    last = repeated;
  }

  /** A set is one instruction, however many characters are in it. */
  private void set() {
    atom((byte) '[');
    at += isAt(at, '^') ? 1 : 0;
    boolean first = true;
    int before = 0; // the character before this one where it stands for itself
    while (at < source.length() && (first || source.byteAt(at) != ']')) {
      int from = at;
      if (!first && isAt(at, '-') && at + 1 < source.length()) {
        range(before);
      }
      first = false;
      before = item();
      at = Math.max(at, from + 1);
    }
    at++;
  }

  /** Passes over one item of a set; returns its character, or 0 where that is not easily said. */
  private int item() {
    byte b = source.byteAt(at);
    if (b == '\\') {
      countClass(at + 1);
      int character = escaped(at + 1);
      at = endOfEscape(at + 1);
      note(character);
      return character;
    }
    if (b == '[' && isAt(at + 1, ':')) {
      int end = source.indexOf(CLASS_END, at + 1);
      at = end < 0 ? at + 1 : end + 2;
      return 0;
    }
    byte[] bytes = source.array();
    int place = source.from() + at;
    at = Utf8.next(bytes, place, source.to()) - source.from();
    int character = Utf8.codePoint(bytes, place, source.to());
    note(character);
    return character;
  }

  /** At the hyphen; what is not easily said could be the last character that there is. */
  private void range(int first) {
    int end = at + 1;
    int last;
    if (isAt(end, '\\')) {
      last = escaped(end + 1);
      last = last == 0 ? LAST_FOLDED : last;
    } else if (isAt(end, '[')) {
      last = LAST_FOLDED;
    } else {
      last = Utf8.codePoint(source.array(), source.from() + end, source.to());
    }
    ranges += Math.max(0, Math.min(last, LAST_FOLDED) - first);
    boolean all = first <= FIRST_FOLDED && last >= LAST_FOLDED;
    hasEndless |= !all && first <= LAST_ENDLESS && last >= FIRST_ENDLESS;
  }

  /** The character of {@code x{41}}, {@code x41} or a sign; 0 where that is not easily said. */
  private int escaped(int place) {
    if (place >= source.length()) {
      return 0;
    }
    byte b = source.byteAt(place);
    if (b != 'x') {
      return Ascii.isAlphanumeric(b) ? 0 : b;
    }
    int digits = isAt(place + 1, '{') ? place + 2 : place + 1;
    int most = digits == place + 2 ? digits + 8 : digits + 2;
    int character = 0;
    for (int i = digits; i < most && i < source.length(); i++) {
      int digit = Ascii.hexDigit(source.byteAt(i));
      if (digit < 0) {
        break;
      }
      character = character << 4 | digit;
    }
    return Math.max(0, character);
  }

  /** Behind an escape whose letter stands at a place. */
  private int endOfEscape(int place) {
    int end = place + 1;
    boolean named = isAt(place, 'x') || isAt(place, 'p') || isAt(place, 'P');
    if (named && isAt(end, '{')) {
      while (end < source.length() && source.byteAt(end) != '}') {
        end++;
      }
      end++;
    }
    return end;
  }

  private void countClass(int place) {
    classes += isAt(place, 'p') || isAt(place, 'P') ? 1 : 0;
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
    countClass(at - 1);
    note(escaped(at - 1));
    at = Math.max(at, endOfEscape(at - 1));
  }
}
