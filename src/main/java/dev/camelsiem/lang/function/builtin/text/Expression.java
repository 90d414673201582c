package dev.camelsiem.lang.function.builtin.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression of RE2/J over bytes.
 *
 * <p>A search follows all ways to match at once: at each character it may look at every instruction
 * of the program, some 14 ns each. That is what it costs, whatever the text is, three looks a step;
 * RE2/J goes over what was found once more when a group is wanted.
 */
final class Expression {
  private static final int LONGEST_SOURCE = 4096;
  private static final int LONGEST_TEXT = 64 * 1024;
  private static final int LARGEST_PROGRAM = 10_000;
  private static final int MOST_GROUPS = 100;

  /** Steps to compile what becomes one instruction. */
  private static final int COMPILE = 8;

  /** Instructions looked at for one byte each. */
  private static final int LOOKS_A_STEP = 3;

  private final Pattern pattern;

  private Expression(Pattern pattern) {
    this.pattern = pattern;
  }

  /** The expression, or null when it is malformed or too large. */
  static @Nullable Expression compile(Text source) {
    try {
      boolean refused = isRefused(source) || ProgramSize.neverEnds(source);
      return refused ? null : fitting(Pattern.compile(source.toString()));
    } catch (PatternSyntaxException malformed) {
      return null;
    }
  }

  /** The same for an expression that is not known before the event. */
  static @Nullable Expression compile(Budget budget, Text source) {
    if (isRefused(source)) {
      return null;
    }
    budget.scan(source.length());
    budget.step(1000 + COMPILE * (source.length() + ProgramSize.bound(source)));
    budget.step(ProgramSize.stepsOfSets(source));
    return compile(source);
  }

  private static @Nullable Expression fitting(Pattern pattern) {
    boolean fits = pattern.programSize() <= LARGEST_PROGRAM && pattern.groupCount() <= MOST_GROUPS;
    return fits ? new Expression(pattern) : null;
  }

  /** What is wrong with an expression, or null. */
  static @Nullable String problem(Text source) {
    if (!isValid(source)) {
      return "it is not valid UTF-8";
    }
    if (ProgramSize.neverEnds(source)) {
      return "letters from U+1C80 to U+1C88 have no case that could be ignored";
    }
    try {
      boolean tooLarge = isTooLarge(source) || fitting(Pattern.compile(source.toString())) == null;
      return tooLarge
          ? "it is too large: its program may have "
              + LARGEST_PROGRAM
              + " instructions and "
              + MOST_GROUPS
              + " groups"
          : null;
    } catch (PatternSyntaxException malformed) {
      return String.valueOf(malformed.getMessage());
    }
  }

  private static boolean isRefused(Text source) {
    return isTooLarge(source) || !isValid(source);
  }

  /** Compiled, each stray byte would be a character and an instruction. */
  private static boolean isValid(Text source) {
    return Utf8.isValid(source.array(), source.from(), source.to());
  }

  /** The bound is at most about twice what the program has: it only must not explode. */
  private static boolean isTooLarge(Text source) {
    return source.length() > LONGEST_SOURCE || ProgramSize.bound(source) > 2 * LARGEST_PROGRAM;
  }

  @Nullable Text find(Budget budget, Text text, long group) {
    if (group < 0 || group > pattern.groupCount()) {
      return null;
    }
    Text searched = text.length() > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
    pay(budget, searched.length());
    byte[] bytes = wellFormed(searched);
    Matcher matcher = pattern.matcher(bytes);
    if (!matcher.find()) {
      return null;
    }
    if (group > 0) {
      pay(budget, matcher.end() - matcher.start());
    }
    int from = matcher.start((int) group);
    if (from < 0) {
      return null;
    }
    int to = matcher.end((int) group);
    budget.output(to - from);
    return Text.of(Arrays.copyOfRange(bytes, from, to)); // not to keep all that was searched
  }

  private void pay(Budget budget, int bytes) {
    long looks = (1L + bytes) * pattern.programSize();
    budget.step((int) Math.min(Integer.MAX_VALUE, 1 + looks / LOOKS_A_STEP));
  }

  /** RE2/J trusts its input to be UTF-8. */
  private static byte[] wellFormed(Text text) {
    return Utf8.isValid(text.array(), text.from(), text.to())
        ? text.toBytes()
        : text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
