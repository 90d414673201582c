package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.EvaluationLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where in a {@link PatternTree} a text has come to, and with which bindings: patterns go on from
 * there. Reused from text to text. Not thread-safe.
 */
public final class PatternWalk {
  /** Arrivals beyond which a walk is given up. */
  private static final int MOST_ARRIVALS = 64;

  final Match match = new Match();
  final Budget budget = new Budget(EvaluationLimits.DEFAULT);

  private @Nullable PatternTree tree;
  private boolean givenUp;
  private int count;
  private int[] nodes = new int[8];
  private int[] offsets = new int[8];
  private int[] trailEnds = new int[8];
  private int[] trails = new int[64];

  /** Forgets the last text; no pattern of the tree has been looked for yet. */
  void begin(PatternTree newTree) {
    tree = newTree;
    givenUp = false;
    count = 0;
  }

  /** The text is not to be looked at for all patterns at once. */
  public void giveUp() {
    givenUp = true;
    count = 0;
  }

  /** Notes an arrival; false when there have been too many. */
  boolean arrive(int node, int offset, int trailLength) {
    if (count == MOST_ARRIVALS) {
      return false;
    }
    if (count == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * count);
      offsets = Arrays.copyOf(offsets, 2 * count);
      trailEnds = Arrays.copyOf(trailEnds, 2 * count);
    }
    int from = trailStart(count);
    if (trails.length < from + trailLength) {
      trails = Arrays.copyOf(trails, Math.max(2 * trails.length, from + trailLength));
    }
    System.arraycopy(match.trail, 0, trails, from, trailLength);
    nodes[count] = node;
    offsets[count] = offset;
    trailEnds[count] = from + trailLength;
    count++;
    return true;
  }

  private int trailStart(int arrival) {
    return arrival == 0 ? 0 : trailEnds[arrival - 1];
  }

  /** True when the text has to be tried on all patterns of the tree. */
  public boolean isGivenUp() {
    return givenUp;
  }

  /** How many times the text has come to a node where patterns rest. */
  public int arrivals() {
    return count;
  }

  /** The node of an arrival. */
  public int node(int arrival) {
    return nodes[arrival];
  }

  /** True when the text has come to a node. */
  public boolean hasReached(int node) {
    for (int i = 0; i < count; i++) {
      if (nodes[i] == node) {
        return true;
      }
    }
    return givenUp;
  }

  /**
   * Matches the text that was walked with a pattern, as {@link TextPattern#match} does, but begins
   * where the walk has come to.
   *
   * @param number of the pattern in the tree
   */
  public boolean match(
      int number, TextPattern pattern, byte[] bytes, int from, int to, Match into, Budget paying) {
    PatternTree walked = tree;
    int node = walked == null || givenUp ? -1 : walked.node(number);
    if (walked == null || node < 0) {
      return pattern.match(bytes, from, to, into, paying);
    }
    int bindings = walked.bindings(number);
    into.goOn(pattern, bindings, walked.choices(number), bytes, from, paying, match);
    for (int i = 0; i < count; i++) {
      if (nodes[i] == node) {
        int start = trailStart(i);
        int length = trailEnds[i] - start;
        System.arraycopy(trails, start, into.trail, 0, length);
        if (walked.goOn(number, bytes, from, to, into, paying, offsets[i], length)) {
          return true;
        }
      }
    }
    into.failedBefore(walked.moved(number));
    return false;
  }
}
