package dev.camelsiem.lang.function.builtin.text;

import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a glob apart (xp 6.4): {@code *}, {@code ?}, {@code [abc]}, {@code [a-z]}, {@code [!abc]};
 * everything else stands for itself, a bracket that is not closed too.
 */
final class GlobParser {
  private final byte[] bytes;
  private final int to;
  private final boolean brackets;
  private int at;

  /** No bracket closes behind one that does not: not to look for it again makes this linear. */
  private boolean noneCloses;

  private final List<Glob.Segment> segments = new ArrayList<>();
  private int[] ops = new int[16];
  private int count;
  private final List<CharSet> sets = new ArrayList<>();

  GlobParser(Text pattern, boolean brackets) {
    this.bytes = pattern.array();
    this.at = pattern.from();
    this.to = pattern.to();
    this.brackets = brackets;
  }

  /** What stands before, between and after the stars. */
  List<Glob.Segment> parse() {
    while (at < to) {
      byte b = bytes[at];
      if (b == '*') {
        endSegment();
        while (at < to && bytes[at] == '*') {
          at++;
        }
      } else if (b == '?') {
        add(Glob.ANY);
        at++;
      } else if (b != '[' || !brackets || noneCloses || !bracket()) {
        add(b & 0xff);
        at++;
      }
    }
    endSegment();
    return segments;
  }

  private void endSegment() {
    segments.add(new Glob.Segment(Arrays.copyOf(ops, count), List.copyOf(sets)));
    count = 0;
    sets.clear();
  }

  private void add(int op) {
    if (count == ops.length) {
      ops = Arrays.copyOf(ops, count * 2);
    }
    ops[count++] = op;
  }

  /** Reads a bracket, or reads nothing when it is not closed. */
  private boolean bracket() {
    int i = at + 1;
    boolean negated = i < to && bytes[i] == '!';
    i += negated ? 1 : 0;
    int[] ranges = new int[16];
    int length = 0;
    int start = i;
    while (i < to && (bytes[i] != ']' || i == start)) {
      int first = Utf8.codePoint(bytes, i, to);
      i = Utf8.next(bytes, i, to);
      int last = first;
      if (i + 1 < to && bytes[i] == '-' && bytes[i + 1] != ']') {
        last = Utf8.codePoint(bytes, i + 1, to);
        i = Utf8.next(bytes, i + 1, to);
      }
      ranges = length == ranges.length ? Arrays.copyOf(ranges, length * 2) : ranges;
      ranges[length++] = first;
      ranges[length++] = last;
    }
    if (i >= to) {
      noneCloses = true;
      return false;
    }
    sets.add(new CharSet(negated, ranges, length));
    add(Glob.FIRST_SET - (sets.size() - 1));
    at = i + 1;
    return true;
  }
}
