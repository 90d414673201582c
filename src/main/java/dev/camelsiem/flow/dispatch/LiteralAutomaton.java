package dev.camelsiem.flow.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Finds all of many literals in one pass over a text, after Aho and Corasick: a table of states by
 * classes of bytes. What a byte costs does not depend on the number of literals. Immutable.
 */
final class LiteralAutomaton {
  private static final int[] NO_LITERALS = {};

  /** Set in a transition whose state has literals that end there. */
  private static final int FINDS = 1 << 31;

  /** Class of each byte, 0 for those that stand in no literal. */
  private final int[] classes = new int[256];

  private final int classCount;

  /** The next state times the number of classes, by state times that number plus class. */
  private final int[] transitions;

  /** The literals that end in each state. */
  private final int[][] found;

  LiteralAutomaton(List<byte[]> literals) {
    int count = 1;
    for (byte[] literal : literals) {
      for (byte b : literal) {
        if (classes[b & 0xFF] == 0) {
          classes[b & 0xFF] = count++;
        }
      }
    }
    classCount = count;
    List<int[]> trie = new ArrayList<>();
    List<int[]> ends = new ArrayList<>();
    trie.add(newState());
    ends.add(NO_LITERALS);
    for (int i = 0; i < literals.size(); i++) {
      insert(literals.get(i), i, trie, ends);
    }
    link(trie, ends);
    transitions = table(trie, ends);
    found = ends.toArray(int[][]::new);
  }

  private int[] newState() {
    int[] next = new int[classCount];
    Arrays.fill(next, -1);
    return next;
  }

  private void insert(byte[] literal, int number, List<int[]> trie, List<int[]> ends) {
    int state = 0;
    for (byte b : literal) {
      int[] next = trie.get(state);
      int c = classes[b & 0xFF];
      if (next[c] < 0) {
        next[c] = trie.size();
        trie.add(newState());
        ends.add(NO_LITERALS);
      }
      state = next[c];
    }
    ends.set(state, append(ends.get(state), new int[] {number}));
  }

  /** Completes the trie: where a byte leads to nothing, to where the longest suffix leads. */
  private void link(List<int[]> trie, List<int[]> ends) {
    int[] suffixes = new int[trie.size()];
    Queue<Integer> queue = new ArrayDeque<>();
    for (int c = 0; c < classCount; c++) {
      int next = trie.get(0)[c];
      trie.get(0)[c] = Math.max(0, next);
      if (next > 0) {
        queue.add(next);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      int[] suffix = trie.get(suffixes[state]);
      ends.set(state, append(ends.get(state), ends.get(suffixes[state])));
      for (int c = 0; c < classCount; c++) {
        int next = trie.get(state)[c];
        if (next < 0) {
          trie.get(state)[c] = suffix[c];
        } else {
          suffixes[next] = suffix[c];
          queue.add(next);
        }
      }
    }
  }

  private int[] table(List<int[]> trie, List<int[]> ends) {
    int[] table = new int[trie.size() * classCount];
    for (int state = 0; state < trie.size(); state++) {
      for (int c = 0; c < classCount; c++) {
        int next = trie.get(state)[c];
        table[state * classCount + c] = next * classCount | (ends.get(next).length > 0 ? FINDS : 0);
      }
    }
    return table;
  }

  private static int[] append(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Tells the candidates which literals stand between two offsets. */
  void scan(byte[] bytes, int from, int to, Candidates candidates) {
    int[] table = transitions;
    int[] classOf = classes;
    int state = 0;
    for (int i = from; i < to; i++) {
      state = table[state + classOf[bytes[i] & 0xFF]];
      if (state < 0) {
        state &= ~FINDS;
        for (int literal : found[state / classCount]) {
          candidates.see(literal);
        }
      }
    }
  }
}
