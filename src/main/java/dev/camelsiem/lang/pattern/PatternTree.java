package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.BudgetExceeded;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many patterns as one tree: those that begin alike share what they begin with, so that a text is
 * looked at once for all of them. A pattern rests at the node behind what it shares with others;
 * only texts that come there can match it. Immutable; threads share it, each with its own {@link
 * PatternWalk}.
 *
 * <p>The tree is a program for the {@link Machine} which takes every way through it. Of each way it
 * notes where in the text it has come to and what has been bound; patterns go on from there.
 */
public final class PatternTree {
  /** Parts of a pattern that may lie in the tree; beyond them it rests. */
  private static final int DEEPEST = 48;

  /** Lexemes that a pattern brings along that shares nothing any more: they hold others off. */
  private static final int MORE_LEXEMES = 2;

  // What a walk may cost: so much, and a step for so many bytes of the text.
  private static final int STEPS = 1000;
  private static final int BYTES_A_STEP = 16;

  /**
   * A pattern of the tree.
   *
   * @param number by which it is known
   */
  public record Entry(int number, TextPattern pattern) {}

  private final Code code;
  private final int bindings;
  private final int choices;

  /** By the number of a pattern: the node where it rests and the instruction it goes on with. */
  private final int[] places;

  /** By node: the numbers of the patterns that rest there. */
  private final int[][] resting;

  /** A tree of patterns. */
  public PatternTree(List<Entry> entries) {
    Builder builder = new Builder(entries.stream().mapToInt(Entry::number).max().orElse(-1) + 1);
    builder.node(entries, 0, MORE_LEXEMES);
    code = new Code(builder.program.toArray(Instruction[]::new), builder.branches.build());
    bindings = entries.stream().mapToInt(e -> e.pattern().bindingCount()).max().orElse(0);
    choices = builder.choices + DEEPEST * builder.branches.mostAtOnce();
    places = builder.places;
    resting = builder.resting.toArray(int[][]::new);
  }

  /**
   * Takes a text through the tree. What it costs is bounded: a walk through a text that takes too
   * much is {@linkplain PatternWalk#isGivenUp given up}.
   *
   * @param receivedAt when the event was received, for dates without a year
   */
  public void walk(byte[] bytes, int from, int to, long receivedAt, PatternWalk walk) {
    walk.begin(this);
    Budget budget = walk.budget;
    budget.allow(STEPS + (to - from) / BYTES_A_STEP, 0);
    budget.start(receivedAt);
    walk.match.begin(bindings, choices, bytes, from, budget);
    try {
      if (Machine.walk(code, bytes, from, to, walk)) {
        return;
      }
    } catch (BudgetExceeded tooMuch) {
      // Then it is looked for in other ways.
    }
    walk.giveUp();
  }

  /** The numbers of the patterns that rest at a node; shared, not copied. */
  public int[] resting(int node) {
    return resting[node];
  }

  /** The node where a pattern rests; -1 when it is not in the tree. */
  public int node(int number) {
    return 2 * number < places.length ? places[2 * number] - 1 : -1;
  }

  /** The instruction with which a pattern goes on. */
  int rest(int number) {
    return places[2 * number + 1];
  }

  private static final class Builder {
    final List<Instruction> program = new ArrayList<>();
    final Branches.Builder branches = new Branches.Builder();
    final List<int[]> resting = new ArrayList<>();
    final int[] places;
    int choices;

    Builder(int numbers) {
      places = new int[2 * numbers];
    }

    /**
     * Writes the node for patterns that are alike up to a depth.
     *
     * @param lexemes that a single pattern may still bring along
     */
    void node(List<Entry> entries, int depth, int lexemes) {
      List<Entry> here = new ArrayList<>();
      Map<Text, List<Entry>> byLiteral = new LinkedHashMap<>();
      Map<List<Object>, List<Entry>> byPart = new LinkedHashMap<>();
      for (Entry entry : entries) {
        Instruction[] part = entry.pattern().part(depth);
        boolean single = entries.size() == 1;
        if (part.length == 0 || depth == DEEPEST || !isWalkable(part)) {
          here.add(entry);
        } else if (isLexeme(part) && (!single || lexemes > 0)) {
          byLiteral.computeIfAbsent(Text.of(part[0].text), k -> new ArrayList<>()).add(entry);
        } else if (single) {
          here.add(entry);
        } else {
          byPart.computeIfAbsent(key(part), k -> new ArrayList<>()).add(entry);
        }
      }
      int left = entries.size() == 1 ? lexemes - 1 : MORE_LEXEMES;
      if (!here.isEmpty() || entries.isEmpty()) {
        rest(here, depth, byLiteral.isEmpty() && byPart.isEmpty());
      }
      if (byLiteral.size() > 1) {
        Instruction choice = byPart.isEmpty() ? null : choice();
        branch(byLiteral, depth, left);
        reach(choice);
      } else {
        byLiteral
            .values()
            .forEach(same -> byPart.put(key(same.get(0).pattern().part(depth)), same));
      }
      int more = byPart.size();
      for (List<Entry> same : byPart.values()) {
        more--;
        Instruction choice = more == 0 ? null : choice();
        copy(same.get(0).pattern().part(depth));
        node(same, depth + 1, left);
        reach(choice);
      }
    }

    private static boolean isWalkable(Instruction[] part) {
      return Arrays.stream(part).noneMatch(i -> i.op == Instruction.REPEAT || i.kind.takesRest());
    }

    /** A text that stands for itself and can be one of a branch. */
    private static boolean isLexeme(Instruction[] part) {
      return part.length == 1
          && part[0].op == Instruction.LITERAL
          && part[0].binding < 0
          && part[0].blanks == 0
          && part[0].text.length <= Branches.LONGEST;
    }

    /** Equal for parts that match the same and bind the same. */
    private static List<Object> key(Instruction[] part) {
      List<Object> key = new ArrayList<>();
      for (Instruction i : part) {
        key.addAll(List.of(i.op, i.kind, Text.of(i.text), i.binding, i.target));
      }
      return key;
    }

    /** The patterns that rest here. */
    private void rest(List<Entry> entries, int depth, boolean isLast) {
      Instruction arrive = Instruction.flow(Instruction.ARRIVE, Span.START);
      arrive.target = isLast ? 0 : 1;
      arrive.choice = resting.size();
      program.add(arrive);
      resting.add(entries.stream().mapToInt(Entry::number).toArray());
      for (Entry entry : entries) {
        places[2 * entry.number()] = resting.size();
        places[2 * entry.number() + 1] = entry.pattern().start(depth) * Code.COLUMNS;
      }
    }

    private void branch(Map<Text, List<Entry>> byLiteral, int depth, int lexemes) {
      Instruction branch = Instruction.flow(Instruction.BRANCH, Span.START);
      branch.choice = branches.branch();
      program.add(branch);
      byLiteral.forEach(
          (literal, same) -> {
            branches.add(branch.choice, literal.toBytes(), program.size());
            node(same, depth + 1, lexemes);
          });
    }

    private Instruction choice() {
      Instruction choice = Instruction.flow(Instruction.CHOICE, Span.START);
      choice.choice = choices++;
      program.add(choice);
      return choice;
    }

    /** What comes next is where a choice leads. */
    private void reach(@Nullable Instruction choice) {
      if (choice != null) {
        choice.target = program.size();
      }
    }

    private void copy(Instruction[] part) {
      int base = program.size();
      for (Instruction instruction : part) {
        Instruction copy = instruction.copy();
        copy.target = base + instruction.target;
        if (copy.op == Instruction.CHOICE) {
          copy.choice = choices++;
        }
        program.add(copy);
      }
    }
  }
}
