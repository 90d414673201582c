package dev.camelsiem.lang.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.BudgetExceeded;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons cost what they look at, and no single one looks at much of what it cannot be. */
class ComparisonCostTest {
  private static final EvaluationLimits MANY = new EvaluationLimits(Integer.MAX_VALUE, 1 << 30);

  /** A long text is no number: else each element of a list would have all of it read. */
  @ParameterizedTest
  @CsvSource({
    "'0', 1, 63, true",
    "'0', 1, 64, false",
    "' ', 1, 63, true",
    "' ', 1, 100000, false",
    "'0', 1, 100000, false",
    "'9', 1, 100000, false"
  })
  void aNumberIsASmallText(String fill, String end, int times, boolean equal) {
    Text text = Text.of(fill.repeat(times) + end);
    assertThat(Operators.equal(new Budget(MANY), text, 1L)).isEqualTo(equal);
    assertThat(Operators.equal(new Budget(MANY), 1L, text)).isEqualTo(equal);
  }

  /** A text of the same length is looked at to its end, and so paid for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "in_list($list, $t)",
        "length(remove($list, $t)) == 3",
        "in_list([$t + \"\", $t], $t)",
        "$t == $t + \"\"",
        "in_list($lists, [$t])",
        "$lists == $more",
        "length(remove($lists, [$t])) == 2",
      })
  void whatIsComparedIsPaidFor(String condition) {
    int length = 120_000;
    String text = "a".repeat(length);
    String other = "\"" + "a".repeat(length - 1) + "b\"";
    String body =
        "{\"k\":1,\"t\":\"%s\",\"list\":[%s,%s],\"lists\":[[%s],[%s]],\"more\":[[%s]]}"
            .formatted(text, other, other, other, other, other + "],[" + other);
    int used = steps(condition, body);
    assertThat(used).as(condition).isGreaterThan(length / 64 - 100);
  }

  /** The work is the number of elements times little, whatever the other side is. */
  @ParameterizedTest
  @CsvSource({"in_list, 0", "in_list, ' '", "remove, 0", "remove, ' '"})
  void numbersAreComparedWithALongTextAtOnce(String function, String fill) {
    String call =
        function.equals("remove") ? "length(remove($list, $t)) == 0" : "in_list($list, $t)";
    String numbers = String.join(",", Collections.nCopies(65_000, "1"));
    String body = "{\"k\":1,\"t\":\"%s1\",\"list\":[%s]}".formatted(fill.repeat(131_000), numbers);
    assertThat(steps(call, body)).isBetween(65_000 / 2, 200_000);
  }

  /** Deep values are paid by their elements, also where nothing else is. */
  @Test
  void elementsOfListsArePaidFor() {
    Object[] elements = new Object[9_000];
    java.util.Arrays.fill(elements, 1L);
    ListValue one = ListValue.ofArray(elements.clone());
    ListValue two = ListValue.ofArray(elements.clone());
    Budget budget = new Budget(MANY);
    assertThat(Operators.equal(budget, one, two)).isTrue();
    assertThat(budget.stepsUsed()).isGreaterThanOrEqualTo(9_000);
    Budget little = new Budget(new EvaluationLimits(1_000, 1_000));
    assertThatThrownBy(() -> Operators.equal(little, one, two)).isInstanceOf(BudgetExceeded.class);
  }

  private static int steps(String condition, String body) {
    String rule = "JSON = 'k=1'\nCOND = $k == 1\n$x = %s\nid = \"x\"".formatted(condition);
    Compilation compilation =
        RuleCompiler.compile(
            new SourceFile("rule", rule), Taxonomy.standard(), Options.FOR_PRODUCTION);
    assertThat(compilation.findings()).isEmpty();
    Frame frame = new Frame(MANY);
    var unused =
        Objects.requireNonNull(compilation.rule())
            .evaluate(Document.of(Text.of(body)), EnvelopeInputs.receivedAt(0), frame, null);
    assertThat(frame.failure()).isNull();
    return frame.stepsUsed();
  }
}
