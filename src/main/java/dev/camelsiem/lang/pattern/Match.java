package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.function.builtin.split.KnownKeys;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Working memory and result of matching: reused from text to text and from pattern to pattern, so
 * that matching makes no garbage. Not thread-safe.
 *
 * <p>After {@link TextPattern#match} returned true it knows what each binding matched; after false,
 * how far the match came. Values share the bytes of the text.
 */
public final class Match {
  private static final int UNSET = -2;

  /** The most that is remembered; beyond it only the budget bounds the search. */
  private static final long MOST_BITS = 4L << 20;

  /** Start of a repetition that matched nothing: its value is null. */
  static final int NOTHING = -1;

  private @Nullable TextPattern pattern;
  private int choices;
  private byte[] bytes = {};
  private int[] starts = {};
  private int[] ends = {};

  // The stack of choices: four numbers each. The trail of bindings: three numbers each.
  int[] stack = {};
  int[] trail = {};

  // One bit for each choice and offset that has been entered; see Machine.
  private long[] memory = {};
  private boolean remembers;

  private Dates dates = new Dates();
  private @Nullable Budget budget;

  private int furthest;
  private int missing = -1;

  /** Makes ready for a text. */
  void begin(TextPattern newPattern, byte[] newBytes, int from, Budget newBudget) {
    begin(newPattern.bindingCount(), newPattern.choices(), newBytes, from, newBudget);
    pattern = newPattern;
  }

  /**
   * Makes ready to go on where a walk over the same text has come to. What is to be known of the
   * pattern is given, since it is in no cache.
   */
  void goOn(
      TextPattern newPattern,
      int bindings,
      int newChoices,
      byte[] newBytes,
      int from,
      Budget newBudget,
      Match walked) {
    dates = walked.dates;
    prepare(bindings, newChoices, newBytes, from, newBudget);
    pattern = newPattern;
  }

  /** The instruction that failed stands so much further before in the pattern's own program. */
  void failedBefore(int instructions) {
    if (missing >= 0) {
      missing -= instructions;
    }
  }

  /** Makes ready for a text without a pattern of its own. */
  void begin(int bindings, int newChoices, byte[] newBytes, int from, Budget newBudget) {
    dates.forget();
    pattern = null;
    prepare(bindings, newChoices, newBytes, from, newBudget);
  }

  private void prepare(int bindings, int newChoices, byte[] newBytes, int from, Budget newBudget) {
    choices = newChoices;
    bytes = newBytes;
    budget = newBudget;
    furthest = from;
    missing = -1;
    remembers = false;
    if (starts.length < bindings) {
      starts = new int[bindings];
      ends = new int[bindings];
    }
    if (trail.length < 3 * bindings) {
      trail = new int[3 * bindings];
    }
    if (stack.length < 4 * choices) {
      stack = new int[4 * choices];
    }
    Arrays.fill(starts, 0, bindings, UNSET);
  }

  /** Keeps the bindings on the trail. */
  void succeed(int trailLength) {
    for (int i = 0; i < trailLength; i += 3) {
      int binding = trail[i];
      starts[binding] = trail[i + 1];
      ends[binding] = trail[i + 2];
    }
  }

  /**
   * Remembers that a choice was entered at an offset of the text.
   *
   * @return false when it had been there before
   */
  boolean enter(int choice, int offset, int length) {
    long row = length + 1L;
    if (!remembers) {
      long bits = row * choices;
      if (bits > MOST_BITS) {
        return true;
      }
      int words = (int) (bits >> 6) + 1;
      budget().scan(Long.BYTES * words);
      if (memory.length < words) {
        memory = new long[words];
      } else {
        Arrays.fill(memory, 0, words, 0);
      }
      remembers = true;
    }
    int bit = (int) (choice * row + offset);
    long mask = 1L << bit;
    boolean isNew = (memory[bit >> 6] & mask) == 0;
    memory[bit >> 6] |= mask;
    return isNew;
  }

  Budget budget() {
    return Objects.requireNonNull(budget);
  }

  /** The end of the date that begins at an offset, or -1. */
  int dateEnd(int at, int to) {
    return dates.end(bytes, at, to, budget());
  }

  /** The date between two offsets. */
  @Nullable DateTime dateTime(int from, int to) {
    return dates.value(bytes, from, to, budget());
  }

  void fail(int instruction, int at) {
    if (at > furthest || missing < 0) {
      furthest = at;
      missing = instruction;
    }
  }

  /** True when the binding took part in the match, be it with null. */
  public boolean isSet(int binding) {
    return starts[binding] != UNSET;
  }

  /** Where the binding's text begins in the array that was matched; -1 when it is null. */
  public int start(int binding) {
    return Math.max(NOTHING, starts[binding]);
  }

  /** Where the binding's text ends, excluded; -1 when it is null. */
  public int end(int binding) {
    return starts[binding] < 0 ? NOTHING : ends[binding];
  }

  /**
   * The typed value of a binding, made anew at each call; null when the binding did not take part
   * or a repetition matched nothing.
   */
  public @Nullable Object value(int binding) {
    TextPattern matched = pattern;
    return matched == null ? null : value(binding, matched.kind(binding));
  }

  /**
   * The same for those who know already what the pattern says of the binding.
   *
   * @param kind {@linkplain TextPattern#kind of the binding}
   */
  public @Nullable Object value(int binding, TokenKind kind) {
    if (starts[binding] < 0) {
      return null;
    }
    return kind == TokenKind.CSV || kind == TokenKind.KEYVALUE
        ? split(binding, null)
        : Captures.value(kind, bytes, starts[binding], ends[binding], this);
  }

  /**
   * The value of a binding that is a list or a map.
   *
   * @param known the only keys of the map that anybody will ask for; null for all
   */
  public @Nullable Object split(int binding, @Nullable KnownKeys known) {
    TextPattern matched = pattern;
    Text text = text(binding);
    if (text == null || matched == null) {
      return null;
    }
    Splitter splitter = Objects.requireNonNull(matched.captures().splitter(binding));
    return splitter.split(text, budget(), known);
  }

  /** True when {@code string()} of the binding's value is just the text that it matched. */
  public boolean isPlain(int binding) {
    TextPattern matched = pattern;
    return matched != null && isPlain(binding, matched.kind(binding));
  }

  /** The same for those who know already what the pattern says of the binding. */
  public boolean isPlain(int binding, TokenKind kind) {
    return starts[binding] >= 0 && Captures.isPlain(kind, bytes, starts[binding], ends[binding]);
  }

  /** The matched text of a binding, whatever its type; null as for {@link #value}. */
  public @Nullable Text text(int binding) {
    return starts[binding] < 0 ? null : Text.of(bytes, starts[binding], ends[binding]);
  }

  /** After a failed match: the offset in the array up to which the text fitted. */
  public int furthest() {
    return furthest;
  }

  /** After a failed match: what had to stand at {@link #furthest()}, in words. */
  public String expected() {
    Instruction instruction = missing();
    return instruction == null ? "nothing" : instruction.expected();
  }

  /** After a failed match: the place in the source text of what had to stand there. */
  public @Nullable Span expectedSpan() {
    Instruction instruction = missing();
    return instruction == null ? null : instruction.span;
  }

  private @Nullable Instruction missing() {
    return pattern == null || missing < 0 ? null : pattern.instruction(missing);
  }

  /** The bindings that took part, for tracing. */
  public List<Binding> bindings() {
    return pattern == null ? List.of() : pattern.bindings();
  }
}
