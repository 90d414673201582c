package dev.camelsiem.flow.dispatch;

import dev.camelsiem.lang.pattern.PatternWalk;
import java.util.Arrays;

/**
 * The rules that may match an event, by their numbers in the rule set, ascending. Reused from event
 * to event; one per thread.
 */
public final class Candidates {
  private int[] rules = new int[16];
  private int size;

  /** Which literals have been seen in the text that is being looked at; see {@link #see}. */
  private int[] seen = {};

  private final PatternWalk walk = new PatternWalk();
  private int event;
  private int[] order = new int[16];
  private int orderSize;

  public int size() {
    return size;
  }

  /** Where the patterns of the rules go on with the event's text, by the numbers of the rules. */
  public PatternWalk walk() {
    return walk;
  }

  /** The number of a rule. */
  public int get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    return rules[index];
  }

  /** Begins an event, whose text was not walked yet. */
  void clear() {
    size = 0;
    walk.giveUp();
  }

  void add(int rule) {
    if (size == rules.length) {
      rules = Arrays.copyOf(rules, 2 * size);
    }
    rules[size++] = rule;
  }

  void addAll(int[] more) {
    for (int rule : more) {
      add(rule);
    }
  }

  /** Puts them in order and drops repetitions. */
  void finish() {
    if (size > 32) {
      Arrays.sort(rules, 0, size);
    } else {
      insertionSort();
    }
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || rules[i] != rules[i - 1]) {
        rules[kept++] = rules[i];
      }
    }
    size = kept;
  }

  private void insertionSort() {
    for (int i = 1; i < size; i++) {
      int rule = rules[i];
      int j = i - 1;
      while (j >= 0 && rules[j] > rule) {
        rules[j + 1] = rules[j];
        j--;
      }
      rules[j + 1] = rule;
    }
  }

  /** Begins a text: no literal has been seen yet. */
  void beginText(int literals) {
    orderSize = 0;
    if (seen.length < literals || event == Integer.MAX_VALUE) {
      seen = new int[Math.max(literals, seen.length)];
      event = 0;
    }
    event++;
  }

  /** Notes that a literal stands in the text. */
  void see(int literal) {
    if (seen[literal] != event) {
      seen[literal] = event;
      if (orderSize == order.length) {
        order = Arrays.copyOf(order, 2 * orderSize);
      }
      order[orderSize++] = literal;
    }
  }

  boolean hasSeen(int literal) {
    return seen[literal] == event;
  }

  int seenCount() {
    return orderSize;
  }

  /** The literals seen, in the order of their first ends. */
  int seen(int index) {
    return order[index];
  }
}
