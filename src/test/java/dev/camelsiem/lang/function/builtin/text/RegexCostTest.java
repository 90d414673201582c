package dev.camelsiem.lang.function.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.BudgetExceeded;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What regular expressions may cost: what is refused, and what a search charges. */
class RegexCostTest {
  private static final String[] PIECES = {
    "a",
    "\u00e9",
    ".",
    "\\d",
    "\\pL",
    "\\p{Greek}",
    "\\x{41}",
    "\\x41",
    "\\Qa{9}\\E",
    "[a-z]",
    "[^]a{9}]",
    "[[:alpha:]{9}]",
    "[\\]{9}]",
    "\\{",
    "\\b",
    "^",
    "$",
    "|",
    "(",
    "(?:",
    "(?i)",
    "(?i:",
    "(?-s:",
    "(?:)",
    "(?P<name>",
    "[A-z\u00e9-\u00fc]",
    "(?P<n>",
    ")",
    ")",
    "*",
    "+",
    "?",
    "*?",
    "{3}",
    "{2,}",
    "{0,5}",
    "{0}",
    "{3,7}?",
    "{x}",
    "{,3}"
  };

  /**
   * The bound may be too high, it must not be too low: it is what keeps programs from exploding.
   */
  @Property(tries = 20_000, seed = "7007")
  void theBoundIsAboveTheSizeOfTheProgram(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder source = new StringBuilder();
    for (int i = random.nextInt(14); i >= 0; i--) {
      source.append(PIECES[random.nextInt(PIECES.length)]);
    }
    int bound = ProgramSize.bound(Text.of(source.toString()));
    if (bound > 100_000) {
      return;
    }
    try {
      assertThat(Pattern.compile(source.toString()).programSize())
          .as("%s", source)
          .isLessThanOrEqualTo(bound);
    } catch (PatternSyntaxException e) {
      assertThat(Expression.problem(Text.of(source.toString()))).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{1,64}b{1,64}",
        "(?:a{1,30}b){1,30}",
        "a{1000}",
        "(?:\\d{1,3}\\.){3}\\d{1,3}",
        "[a-z{1000}]{2}(x{1000})",
        "\\x{1000}\\x{1000}a{1000}",
        "(?:ab){1000}(?:cd){1000}(?:ef){1000}",
        "(?i:ab){1000}(?s:cd){1000}(?:(?:e)){1000}",
        "(?:(?:\\d{1,3}\\.){3}\\d{1,3}[, ]?){300}",
        "(?:a{2,}){1000}"
      })
  void whatIsCheapIsTaken(String source) {
    assertThat(Expression.problem(Text.of(source))).isNull();
    assertThat(Expression.compile(Text.of(source))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{100}){100}){100}",
        "(?:a{1000}b{1000}){20}",
        "(?:(?:abcdefghij){100}){11}x",
        "(?:a*a*a*a*a*a*a*a*){1000}b",
        "(?:abcdefghijklmnopqrstuvwxyz){1000}"
      })
  void whatExplodesIsRefusedBeforeItDoes(String source) {
    assertThat(Expression.problem(Text.of(source))).contains("too large");
    assertThat(Expression.compile(Text.of(source))).isNull();
    Budget budget = new Budget(EvaluationLimits.DEFAULT);
    assertThat(Expression.compile(budget, Text.of(source))).isNull();
  }

  @Test
  void deepNestingAndManyGroupsAreRefused() {
    for (String source :
        new String[] {
          "(".repeat(2000) + ")".repeat(2000), "(?:".repeat(600) + ")".repeat(600), "(".repeat(4000)
        }) {
      assertThat(Expression.compile(Text.of(source))).isNull();
    }
    assertThat(Expression.problem(Text.of("(a)".repeat(101)))).contains("groups");
    assertThat(Expression.compile(Text.of("(?:".repeat(200) + "a" + ")".repeat(200)))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a*a*a*a*a*a*a*a*){100}b",
        "(?:[a-z]*){200}b",
        "(?:(a*)){90}b",
        "a{1,64}b{1,64}",
        ".*.*.*=.*x",
        "^(.*?,){11}P",
        "(A|B)*"
      })
  void aSearchChargesForEachInstructionAndByte(String source) {
    Expression expression = Objects.requireNonNull(Expression.compile(Text.of(source)), source);
    int size = Pattern.compile(source).programSize();
    Budget budget = new Budget(new EvaluationLimits(Integer.MAX_VALUE, 1 << 20));
    for (int length : new int[] {10, 1000, 60_000}) {
      budget.start(0);
      expression.find(budget, Text.of("a".repeat(length)), 0);
      assertThat((long) budget.stepsUsed())
          .isBetween((long) size * length / 4, 2L * size * length / 4 + 999);
    }
    Budget usual = new Budget(EvaluationLimits.DEFAULT);
    int tooLong = 4 * (1_000_000 / size + 1);
    if (tooLong <= 64 * 1024) {
      assertThatThrownBy(() -> expression.find(usual, Text.of("a".repeat(tooLong)), 0))
          .isInstanceOf(BudgetExceeded.class);
    }
  }

  /** What rules of people ask for: it must not be refused because hostile ones are. */
  @ParameterizedTest
  @CsvSource({
    "'id=([0-9]+)', 1, 65536, 1",
    "'(?:user|account|subject)[ =]+([A-Za-z0-9_.-]+).*from ([0-9.]+)', 1, 10240, 1",
    "'(?:user|account|subject)[ =]+([A-Za-z0-9_.-]+).*from ([0-9.]+)', 1, 1024, 10",
    "'Account Name:\\s+(\\S+)', 1, 30720, 1",
    "'[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}', 0, 16384, 3"
  })
  void whatPeopleSearchForFitsInARulesBudget(String source, int group, int length, int times) {
    Expression expression = Objects.requireNonNull(Expression.compile(Text.of(source)));
    searches(EvaluationLimits.DEFAULT, expression, group, length, times);
    EvaluationLimits restricted = new EvaluationLimits(250_000, 1 << 20);
    searches(restricted, expression, group, length / 2, times);
  }

  private static void searches(
      EvaluationLimits limits, Expression expression, int group, int length, int times) {
    Budget budget = new Budget(limits);
    String found = "user=bob from 10.0.0.1 id=7 Account Name: bob";
    Text text = Text.of("x".repeat(length - found.length()) + found);
    for (int i = 0; i < times; i++) {
      assertThat(expression.find(budget, text, group)).isNotNull();
    }
    assertThat(budget.stepsUsed()).isLessThan(limits.steps());
  }

  /** RE2/J makes a character, and an instruction, of each stray byte. */
  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xbf, 0xc3, 0xe2, 0xf0, 0xff})
  void whatIsNotUtf8IsMalformed(int stray) {
    byte[] source = ("(" + "x".repeat(4080) + "){1000}").getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(source, 1, 4081, (byte) stray);
    Budget budget = new Budget(EvaluationLimits.DEFAULT);
    for (byte[] each : new byte[][] {source, {'a', (byte) stray}}) {
      assertThat(Expression.compile(Text.of(each))).isNull();
      assertThat(Expression.compile(budget, Text.of(each))).isNull();
      assertThat(Expression.problem(Text.of(each))).contains("UTF-8");
    }
  }

  /** RE2/J goes round and round in search of the other cases of a few letters. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)\u1c80",
        "(?i)x\u1c88y",
        "(?i:a|[b\u1c84])",
        "(?i)[a-\uffef]",
        "(?i)[^\u0430-\u2000]",
        "(?i)\\x{1c85}",
        "(?i)[\\x{1c80}]",
        "(?i)[\\x{80}-\\x{10ffff}]",
        "(?i)[b-\\x{1C80}x]",
        "(?si)\\Q.\u1c81\\E",
        "[\u1c80](?i)a"
      })
  void whatNeverEndsIsRefused(String source) {
    Text text = Text.of(source);
    assertThat(Expression.problem(text)).contains("U+1C80");
    assertThat(Expression.compile(text)).isNull();
    assertThat(Expression.compile(new Budget(EvaluationLimits.DEFAULT), text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u1c80",
        "[a-\uffef]",
        "(?i)[\u0430-\u044f\u0451]+",
        "(?i)[\\x{400}-\\x{4ff}]",
        "(?i)[\\x00-\\x{10ffff}]",
        "(?i)[^a]",
        "(?i)[\\w\\-.]+@[a-z\\]]",
        "(?i)\\pL[\\p{Cyrillic}\\d]",
        "(?i)\u1c7f\u1c89\ua64a"
      })
  void whatIsLikeItIsTaken(String source) {
    Expression expression = Objects.requireNonNull(Expression.compile(Text.of(source)), source);
    expression.find(new Budget(EvaluationLimits.DEFAULT), Text.of("\u1c80\u1c88 a"), 0);
  }

  /** A set is one instruction, but RE2/J looks at all that is in it. */
  @ParameterizedTest
  @CsvSource({
    "'(?i)[', 'B-\uD801\uDC4E', 370",
    "'(?i:[^', 'B-\uD801\uDC4E', 370",
    "'(?s)(?i)[a]|[', '\\x{41}-\\x{1044E}', 200",
    "'(?i)[', 'a-\uFFFD', 600",
    "'[', '\\pL', 1300",
    "'[', '\\P{Lu}', 600",
    "'(?:', '\\pL', 1300"
  })
  void whatIsInSetsIsPaidFor(String begin, String part, int times) {
    String end = begin.contains("[") ? "]" : "";
    String source = begin + part.repeat(times) + end + (begin.contains("(?:") ? ")" : "");
    Text text = Text.of(begin.contains("i:") ? source + ")" : source);
    Budget budget = new Budget(EvaluationLimits.DEFAULT);
    assertThatThrownBy(() -> Expression.compile(budget, text)).isInstanceOf(BudgetExceeded.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)[a-z0-9_.-]+@[a-z0-9.-]+\\.[a-z]{2,}",
        "(?i)[\u0430-\u044f]+ [[:alpha:]]+",
        "[\\pL\\pN_]+=[^ \u00a0-\u2000]+"
      })
  void usualSetsCostLittle(String source) {
    Budget budget = new Budget(EvaluationLimits.DEFAULT);
    assertThat(Expression.compile(budget, Text.of(source))).isNotNull();
    assertThat(budget.stepsUsed()).isLessThan(10_000);
  }

  /** An expression out of an event pays for being compiled, too. */
  @Test
  void compilingIsPaidFor() {
    Budget budget = new Budget(EvaluationLimits.DEFAULT);
    assertThat(Expression.compile(budget, Text.of("a{1000}"))).isNotNull();
    assertThat(budget.stepsUsed()).isGreaterThan(8_000);
  }

  /** Each bracket looked for its end as far as the text goes. */
  @Test
  void aGlobOfOpenBracketsIsReadInOnePass() {
    Glob glob = Glob.compile(Text.of("[".repeat(1 << 20)), true);
    assertThat(glob.literal()).isNotNull();
    assertThat(Glob.compile(Text.of("[a][b"), true).segments().get(0).sets()).hasSize(1);
    assertThat(Glob.compile(Text.of("[]a]"), true).literal()).isNull();
  }
}
