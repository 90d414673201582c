package dev.camelsiem.flow.dispatch;

import dev.camelsiem.lang.value.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules with a TEXT head: each waits for the rarest literals that its texts must contain.
 *
 * <p>Words would not do: a literal of a format may stand in the middle of a word of the text.
 */
final class TextIndex {
  /** How many literals a rule waits for; one would let many numbers and names deceive it. */
  private static final int MOST_PER_RULE = 3;

  /** Longer literals are cut; their beginning must be there, too. Keeps the automaton small. */
  private static final int LONGEST = 12;

  /** A rule and what its texts contain. */
  record Entry(int rule, Set<Text> literals) {}

  /** Rules that any text may match. */
  private final int[] always;

  private final LiteralAutomaton automaton;
  private final int literalCount;

  /** By literal: the rules that wait for it first of all, and what else they wait for. */
  private final int[][] rules;

  private final int[][][] others;

  TextIndex(List<Entry> entries) {
    Map<Text, Integer> frequency = new HashMap<>();
    List<Entry> cut = entries.stream().map(TextIndex::cut).toList();
    cut.forEach(entry -> entry.literals().forEach(l -> frequency.merge(l, 1, Integer::sum)));
    Map<Text, Integer> numbers = new HashMap<>();
    List<byte[]> literals = new ArrayList<>();
    List<List<Integer>> rulesByLiteral = new ArrayList<>();
    List<List<int[]>> othersByLiteral = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    for (Entry entry : cut) {
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
        othersByLiteral.get(wanted[0]).add(java.util.Arrays.copyOfRange(wanted, 1, wanted.length));
      }
    }
    always = free.stream().mapToInt(i -> i).toArray();
    automaton = new LiteralAutomaton(literals);
    literalCount = literals.size();
    rules =
        rulesByLiteral.stream()
            .map(l -> l.stream().mapToInt(i -> i).toArray())
            .toArray(int[][]::new);
    others = othersByLiteral.stream().map(l -> l.toArray(int[][]::new)).toArray(int[][][]::new);
  }

  /** Single bytes only where there is nothing longer: nearly every text has them. */
  private static Entry cut(Entry entry) {
    Set<Text> cut = new LinkedHashSet<>();
    boolean longer = entry.literals().stream().anyMatch(literal -> literal.length() > 1);
    for (Text literal : entry.literals()) {
      if (literal.length() > 1 || !longer) {
        cut.add(literal.slice(0, Math.min(LONGEST, literal.length())));
      }
    }
    return new Entry(entry.rule(), cut);
  }

  private static Comparator<Text> rarestFirst(Map<Text, Integer> frequency) {
    return Comparator.comparing((Text literal) -> frequency.getOrDefault(literal, 0))
        .thenComparing(Text::length, Comparator.reverseOrder())
        .thenComparing(Comparator.naturalOrder());
  }

  void find(Text text, Candidates candidates) {
    candidates.addAll(always);
    if (literalCount == 0) {
      return;
    }
    candidates.beginText(literalCount);
    automaton.scan(text.array(), text.from(), text.to(), candidates);
    for (int i = candidates.seenCount() - 1; i >= 0; i--) {
      int literal = candidates.seen(i);
      int[] waiting = rules[literal];
      for (int j = 0; j < waiting.length; j++) {
        if (allSeen(others[literal][j], candidates)) {
          candidates.add(waiting[j]);
        }
      }
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
