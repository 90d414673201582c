package dev.camelsiem.lang.function.builtin.text;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.Utf8;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the places of a {@link Glob} in one text, from left to right, a star taking as much of its
 * line as it can.
 *
 * <p>A star that finds nothing after it between a place and the end of the line never will when it
 * starts further right on that line: what failed is noted per star, so all searches together look
 * at each place at most once per star.
 */
final class GlobSearch {
  private final List<Glob.Segment> segments;
  private final byte[] bytes;
  private final int to;
  private final Budget budget;

  /** For each star: from where to where (a line's end) the rest of the pattern has no place. */
  private final int[] failedFrom;

  private final int[] failedTo;
  private final int[] steps;

  GlobSearch(Glob glob, byte[] bytes, int to, Budget budget) {
    this.segments = glob.segments();
    this.bytes = bytes;
    this.to = to;
    this.budget = budget;
    this.steps = segments.stream().mapToInt(Glob.Segment::steps).toArray();
    this.failedFrom = new int[segments.size()];
    this.failedTo = new int[segments.size()];
    Arrays.fill(failedTo, -1);
  }

  /** The end of the match that begins at {@code at}, or -1. */
  int matchAt(int at) {
    budget.step(steps[0]);
    int end = segments.get(0).match(bytes, at, to);
    return end < 0 ? -1 : afterSegment(0, end);
  }

  private int afterSegment(int index, int end) {
    return index == segments.size() - 1 ? end : star(index, end);
  }

  /** Star number {@code index} stands at {@code at}: it tries the longest run first. */
  private int star(int index, int at) {
    int lineEnd = lineEnd(index, at);
    boolean known = failedTo[index] == lineEnd;
    int from = known ? Math.min(lineEnd, failedFrom[index] - 1) : lineEnd;
    Glob.Segment next = segments.get(index + 1);
    for (int i = from; i >= at; i--) {
      if (i < to && Utf8.isTail(bytes[i])) {
        continue;
      }
      budget.step(steps[index + 1]);
      int end = next.match(bytes, i, to);
      int all = end < 0 ? -1 : afterSegment(index + 1, end);
      if (all >= 0) {
        return all;
      }
    }
    failedFrom[index] = known ? Math.min(failedFrom[index], at) : at;
    failedTo[index] = lineEnd;
    return -1;
  }

  /**
   * The end of the line of {@code at}, looking only at what the note about the star leaves open.
   */
  private int lineEnd(int index, int at) {
    if (at > failedTo[index]) {
      return endOfLine(at, to);
    }
    int end = endOfLine(at, failedFrom[index]);
    return end < failedFrom[index] ? end : failedTo[index];
  }

  private int endOfLine(int from, int limit) {
    int i = from;
    while (i < limit && bytes[i] != '\n') {
      i++;
    }
    budget.scan(i - from);
    return i;
  }
}
