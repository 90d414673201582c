package dev.camelsiem.flow.dispatch;

import dev.camelsiem.lang.pattern.PatternTree;
import dev.camelsiem.lang.pattern.PatternWalk;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules with a TEXT head. Their patterns make a tree, through which a text goes at once; where
 * many of them are left, or the text is too much for that, each waits for the rarest literals that
 * its texts must contain.
 *
 * <p>Words would not do: a literal of a format may stand in the middle of a word of the text.
 */
final class TextIndex {
  /** How many literals a rule waits for; one would let many numbers and names deceive it. */
  private static final int MOST_PER_RULE = 3;

  /** So few rules are not worth a look at the whole text. */
  private static final int FEW = 2;

  /** A rule, its pattern and what its texts contain. */
  record Entry(int rule, TextPattern pattern, Set<Text> literals) {}

  private final PatternTree tree;

  /** Rules of which nothing is known: any text may match. */
  private final int[] always;

  private final LiteralFinder finder;
  private final int literalCount;

  /** By literal: the rules that wait for it first of all, and what else they wait for. */
  private final int[][] rules;

  private final int[][][] others;

  TextIndex(List<Entry> entries) {
    tree =
        new PatternTree(
            entries.stream().map(e -> new PatternTree.Entry(e.rule(), e.pattern())).toList());
    Map<Text, Integer> frequency = new HashMap<>();
    List<Entry> findable = entries.stream().map(TextIndex::findable).toList();
    findable.forEach(entry -> entry.literals().forEach(l -> frequency.merge(l, 1, Integer::sum)));
    Map<Text, Integer> numbers = new HashMap<>();
    List<byte[]> literals = new ArrayList<>();
    List<List<Integer>> rulesByLiteral = new ArrayList<>();
    List<List<int[]>> othersByLiteral = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    for (Entry entry : findable) {
      int[] wanted =
          entry.literals().stream()
              .sorted(rarestFirst(frequency))
              .limit(MOST_PER_RULE)
              .mapToInt(
                  literal ->
                      numbers.computeIfAbsent(
                          literal,
                          l -> {
                            literals.add(l.toBytes());
                            rulesByLiteral.add(new ArrayList<>());
                            othersByLiteral.add(new ArrayList<>());
                            return literals.size() - 1;
                          }))
              .toArray();
      if (wanted.length == 0) {
        free.add(entry.rule());
      } else {
        rulesByLiteral.get(wanted[0]).add(entry.rule());
        othersByLiteral.get(wanted[0]).add(Arrays.copyOfRange(wanted, 1, wanted.length));
      }
    }
    always = free.stream().mapToInt(i -> i).toArray();
    finder = new LiteralFinder(literals);
    literalCount = literals.size();
    rules =
        rulesByLiteral.stream()
            .map(l -> l.stream().mapToInt(i -> i).toArray())
            .toArray(int[][]::new);
    others = othersByLiteral.stream().map(l -> l.toArray(int[][]::new)).toArray(int[][][]::new);
  }

  /** Short literals can't be found, and nearly every text has them. */
  private static Entry findable(Entry entry) {
    Set<Text> findable = new LinkedHashSet<>(entry.literals());
    findable.removeIf(literal -> literal.length() < LiteralFinder.GRAM);
    return new Entry(entry.rule(), entry.pattern(), findable);
  }

  private static Comparator<Text> rarestFirst(Map<Text, Integer> frequency) {
    return Comparator.comparing((Text literal) -> frequency.getOrDefault(literal, 0))
        .thenComparing(Text::length, Comparator.reverseOrder())
        .thenComparing(Comparator.naturalOrder());
  }

  void find(Text text, long receivedAt, Candidates candidates) {
    PatternWalk walk = candidates.walk();
    tree.walk(text.array(), text.from(), text.to(), receivedAt, walk);
    int reached = 0;
    for (int i = 0; i < walk.arrivals(); i++) {
      reached += tree.resting(walk.node(i));
    }
    if (reached <= FEW && !walk.isGivenUp()) {
      for (int i = 0; i < walk.arrivals(); i++) {
        int node = walk.node(i);
        for (int j = 0; j < tree.resting(node); j++) {
          candidates.add(tree.resting(node, j));
        }
      }
    } else {
      findReached(text, candidates);
    }
  }

  /** Finds all rules whose literals the text has; it is walked for none of them. */
  void findSimilar(Text text, Candidates candidates) {
    findReached(text, candidates);
  }

  /** By literals. */
  private void findReached(Text text, Candidates candidates) {
    for (int rule : always) {
      addReached(rule, candidates);
    }
    if (literalCount == 0) {
      return;
    }
    candidates.beginText(literalCount);
    finder.scan(text.array(), text.from(), text.to(), candidates);
    for (int i = candidates.seenCount() - 1; i >= 0; i--) {
      int literal = candidates.seen(i);
      int[] waiting = rules[literal];
      for (int j = 0; j < waiting.length; j++) {
        if (allSeen(others[literal][j], candidates)) {
          addReached(waiting[j], candidates);
        }
      }
    }
  }

  private void addReached(int rule, Candidates candidates) {
    if (candidates.walk().hasReached(tree.node(rule))) {
      candidates.add(rule);
    }
  }

  private static boolean allSeen(int[] literals, Candidates candidates) {
    for (int literal : literals) {
      if (!candidates.hasSeen(literal)) {
        return false;
      }
    }
    return true;
  }
}
