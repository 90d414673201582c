package dev.camelsiem.lang.function.builtin.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Text;
import dev.camelsiem.lang.value.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A compiled regular expression of RE2/J, which needs time linear in the text, over bytes. */
final class Expression {
  private static final int LONGEST_SOURCE = 4096;
  private static final int LONGEST_TEXT = 64 * 1024;
  private static final int LARGEST_REPEAT = 1000;

  private final Pattern pattern;

  /** How many threads of the automaton may look at one byte. */
  private final int width;

  private Expression(Pattern pattern, int width) {
    this.pattern = pattern;
    this.width = width;
  }

  /** The expression, or null when it is malformed or too large. */
  static @Nullable Expression compile(Text source) {
    if (tooLarge(source)) {
      return null;
    }
    try {
      Pattern pattern = Pattern.compile(source.toString());
      return new Expression(pattern, Math.max(1, pattern.programSize() / 8));
    } catch (PatternSyntaxException malformed) {
      return null;
    }
  }

  /** What is wrong with an expression, or null. */
  static @Nullable String problem(Text source) {
    if (tooLarge(source)) {
      return "it is too large";
    }
    try {
      Pattern.compile(source.toString());
      return null;
    } catch (PatternSyntaxException malformed) {
      return String.valueOf(malformed.getMessage());
    }
  }

  /** Repetitions multiply when they are nested: the program must not explode. */
  private static boolean tooLarge(Text source) {
    return source.length() > LONGEST_SOURCE || Repeats.product(source) > LARGEST_REPEAT;
  }

  @Nullable Text find(Budget budget, Text text, long group) {
    Text searched = text.length() > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
    budget.step(1 + (int) Math.min(Integer.MAX_VALUE, (long) searched.length() * width / 16));
    byte[] bytes = wellFormed(searched);
    budget.output(bytes.length);
    Matcher matcher = pattern.matcher(bytes);
    if (group < 0 || group > matcher.groupCount() || !matcher.find()) {
      return null;
    }
    int from = matcher.start((int) group);
    return from < 0 ? null : Text.of(bytes, from, matcher.end((int) group));
  }

  /** RE2/J trusts its input to be UTF-8. */
  private static byte[] wellFormed(Text text) {
    return Utf8.isValid(text.array(), text.from(), text.to())
        ? text.toBytes()
        : text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
