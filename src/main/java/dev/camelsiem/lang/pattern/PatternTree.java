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

  // Columns of a place: what is known of a pattern, in one place of the memory.

  /** The node where it rests, plus 1; 0 when it is not in the tree. */
  private static final int NODE = 0;

  /** Where its instructions from there on are in the program. */
  private static final int REST = 1;

  /** How much further behind that is than in its own program. */
  private static final int MOVED = 2;

  private static final int BINDINGS = 3;
  private static final int CHOICES = 4;
  private static final int COLUMNS = 5;

  private final int[] places;

  /** The numbers of the patterns by the nodes where they rest; by node, where its own begin. */
  private final int[] resting;

  private final int[] restingFrom;

  /** A tree of patterns. */
  public PatternTree(List<Entry> entries) {
    Builder builder = new Builder(entries.stream().mapToInt(Entry::number).max().orElse(-1) + 1);
    builder.node(entries, 0, MORE_LEXEMES);
    code = new Code(builder.program.toArray(Instruction[]::new), builder.branches.build());
    bindings = entries.stream().mapToInt(e -> e.pattern().bindingCount()).max().orElse(0);
    choices = builder.choices + DEEPEST * builder.branches.mostAtOnce();
    places = builder.places;
    resting = builder.resting.stream().mapToInt(i -> i).toArray();
    restingFrom = builder.restingFrom.stream().mapToInt(i -> i).toArray();
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

  /** How many patterns rest at a node. */
  public int resting(int node) {
    return restingFrom[node + 1] - restingFrom[node];
  }

  /** The number of a pattern that rests at a node. */
  public int resting(int node, int index) {
    return resting[restingFrom[node] + index];
  }

  /** The node where a pattern rests; -1 when it is not in the tree. */
  public int node(int number) {
    int place = number * COLUMNS;
    return place < places.length ? places[place + NODE] - 1 : -1;
  }

  /** Goes on with a pattern of the tree at its node. */
  boolean goOn(
      int number,
      byte[] bytes,
      int from,
      int to,
      Match into,
      Budget budget,
      int offset,
      int trailLength) {
    int rest = places[number * COLUMNS + REST];
    return Machine.run(code, bytes, from, to, into, budget, rest, offset, trailLength);
  }

  int bindings(int number) {
    return places[number * COLUMNS + BINDINGS];
  }

  int choices(int number) {
    return places[number * COLUMNS + CHOICES];
  }

  int moved(int number) {
    return places[number * COLUMNS + MOVED];
  }

  private static final class Builder {
    final List<Instruction> program = new ArrayList<>();
    final Branches.Builder branches = new Branches.Builder();
    final List<Integer> resting = new ArrayList<>();
    final List<Integer> restingFrom = new ArrayList<>(List.of(0));
    final int[] places;
    int choices;

    Builder(int numbers) {
      places = new int[COLUMNS * numbers];
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

    /** The patterns that rest here, each with what is left of it. */
    private void rest(List<Entry> entries, int depth, boolean isLast) {
      Instruction arrive = Instruction.flow(Instruction.ARRIVE, Span.START);
      arrive.choice = restingFrom.size() - 1;
      program.add(arrive);
      for (Entry entry : entries) {
        TextPattern pattern = entry.pattern();
        int place = entry.number() * COLUMNS;
        int start = pattern.start(depth);
        int moved = program.size() - start;
        places[place + NODE] = restingFrom.size();
        places[place + REST] = program.size() * Code.COLUMNS;
        places[place + MOVED] = moved;
        places[place + BINDINGS] = pattern.bindingCount();
        places[place + CHOICES] = pattern.choices();
        resting.add(entry.number());
        for (int i = start; i < pattern.length(); i++) {
          program.add(pattern.instruction(i).copy(moved));
        }
      }
      restingFrom.add(resting.size());
      if (!isLast) {
        arrive.target = program.size();
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
        Instruction copy = instruction.copy(base);
        if (copy.op == Instruction.CHOICE) {
          copy.choice = choices++;
        }
        program.add(copy);
      }
    }
  }
}
