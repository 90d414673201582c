package dev.camelsiem.content.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          id = "a"                                     | (id = 'a')
          id == 'a'                                    | (id = 'a')
          id = "a" and action != "open"                | ((id = 'a') and (action != 'open'))
          a = null or b != null and c = "x"            | ((a = null) or ((b != null) and (c = 'x')))
          (a = "1" or a = "2") and b = null            | (((a = '1') or (a = '2')) and (b = null))
          src.ip = src.host                            | (src.ip = src.host)
          $reason != null                              | ($reason != null)
          "x" = a                                      | ('x' = a)
          android = "x" and order = "y"                | ((android = 'x') and (order = 'y'))
          a="say \\"hi\\""                             | (a = 'say "hi"')
          a = 'C:\\dir'                                | (a = 'C:\\dir')
          """)
  void reads(String text, String shape) {
    CriteriaParser.Result result = CriteriaParser.parse(text);
    assertThat(result.problem()).isNull();
    assertThat(show(result.criteria())).isEqualTo(shape);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~                    | 0  | expected a field, a text in quotes or `null`, found the end
          id = "a" and          | 12 | expected a field, a text in quotes or `null`, found the end
          id = "a" action = "b" | 9  | expected `and`, `or` or the end, found `action`
          id > "a"              | 3  | expected `=` or `!=`, found `>`
          (id = "a"             | 9  | expected `)`, found the end
          id = "a               | 5  | a text that is not closed
          not id = "a"          | 4  | expected `=` or `!=`, found `id`
          """)
  void pointsAtTheMistake(String text, int at, String problem) {
    CriteriaParser.Result result = CriteriaParser.parse(text);
    assertThat(result.criteria()).isNull();
    assertThat(result.problem()).isEqualTo(problem);
    assertThat(result.span().from()).isEqualTo(at);
  }

  @org.junit.jupiter.api.Test
  void refusesEndlessNesting() {
    CriteriaParser.Result result = CriteriaParser.parse("(".repeat(100_000));
    assertThat(result.problem()).startsWith("expected fewer parentheses");
  }

  private static String show(Criteria criteria) {
    if (criteria instanceof Criteria.Comparison c) {
      return "(" + show(c.left()) + (c.negated() ? " != " : " = ") + show(c.right()) + ")";
    }
    boolean any = criteria instanceof Criteria.AnyOf;
    var parts = any ? ((Criteria.AnyOf) criteria).parts() : ((Criteria.AllOf) criteria).parts();
    return parts.stream()
        .map(CriteriaParserTest::show)
        .collect(Collectors.joining(any ? " or " : " and ", "(", ")"));
  }

  private static String show(Criteria.Operand operand) {
    if (operand instanceof Criteria.Field field) {
      return (field.dollar() ? "$" : "") + field.name();
    }
    return operand instanceof Criteria.Literal literal ? "'" + literal.text() + "'" : "null";
  }
}
