package dev.camelsiem.check.ruletest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
  private static final Judge LENIENT = new Judge(false, false);
  private static final Judge STRICT = new Judge(true, false);
  private static final Judge WITH_TIME = new Judge(false, true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a": "x"}                                   | {"a": "x"}
          {"a": "x"}                                   | {"a": "x", "surplus": "y"}
          {"src.port": 80}                             | {"src.port": 80}
          {"src.port": 80}                             | {"src.port": 80.0}
          {"a": ""}                                    | {"a": ""}
          {"src.port": 0}                              | {"src.port": 0}
          {}                                           | {"a": "x"}
          {"time": "2020-01-01T00:00:00Z"}             | {"time": "2021-01-01T00:00:00Z"}
          {"recv_time": "2020-01-01T00:00:00Z"}        | {}
          {"importance": "info"}                       | {}
          {"event_src.host": "a", "event_src.ip": "1"} | {"event_src.ip": "1"}
          {"event_src.host": "a"}                      | {"event_src.hostname": "h"}
          {"src.host": "a", "src.mac": "m"}            | {"src.mac": "m", "src.host": "b"}
          {"a": null}                                  | {}
          """)
  void passes(String expected, String actual) throws Exception {
    assertThat(differences(LENIENT, expected, actual)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a": "x"}              | {"a": "y"}                | a
          {"a": "x"}              | {}                        | a
          {"src.port": 80}        | {"src.port": "80"}        | src.port
          {"a": ""}               | {}                        | a
          {"importance": "low"}   | {}                        | importance
          {"a": null}             | {"a": "x"}                |
          {"event_src.host": "a"} | {"event_src.host": "b"}   | event_src.host
          {"a": "x", "b": "y"}    | {"a": "X", "b": "Y"}      | a b
          {"a": [1]}              | {"a": [2]}                | a
          {"a": true}             | {"a": "true"}             | a
          """)
  void fails(String expected, String actual, String fields) throws Exception {
    String found =
        String.join(
            " ",
            differences(LENIENT, expected, actual).stream().map(FieldDifference::field).toList());
    assertThat(found).isEqualTo(fields == null ? "" : fields);
  }

  @Test
  void strictRefusesSurplusFields() throws Exception {
    assertThat(differences(STRICT, "{\"a\":\"x\"}", "{\"a\":\"x\",\"b\":\"y\"}"))
        .containsExactly(new FieldDifference("b", null, "y"));
    assertThat(differences(STRICT, "{\"a\":\"x\"}", "{\"a\":\"x\",\"time\":\"2020\"}")).isEmpty();
  }

  @Test
  void timeIsComparedToTheSecondWhenAsked() throws Exception {
    String expected = "{\"time\":\"2020-01-02T03:04:05Z\"}";
    assertThat(differences(WITH_TIME, expected, "{\"time\":\"2020-01-02T03:04:05.678Z\"}"))
        .isEmpty();
    assertThat(differences(WITH_TIME, expected, "{\"time\":\"2020-01-02T04:04:05+01:00\"}"))
        .isEmpty();
    assertThat(differences(WITH_TIME, expected, "{\"time\":\"2020-01-02T03:04:06Z\"}")).hasSize(1);
    assertThat(differences(WITH_TIME, expected, "{\"time\":\"then\"}")).hasSize(1);
  }

  @Test
  void theYearCountsOnlyWhereTheRawEventTellsIt() throws Exception {
    FlatEvent expected = FlatEvent.parse("{\"start_time\":\"2020-01-02T03:04:05Z\"}");
    FlatEvent actual = FlatEvent.parse("{\"start_time\":\"2023-01-02T03:04:05Z\"}");
    assertThat(LENIENT.compare(expected, actual, "Jan  2 03:04:05")).isEmpty();
    assertThat(LENIENT.compare(expected, actual, "2020-01-02 03:04:05")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "[]",
        "text",
        "{",
        "{} {}",
        "{\"a\":1,}",
        "// c\n{}",
        "{\"a\":1,\"a\":2}"
      })
  void anythingButOneJsonObjectIsRefused(String json) {
    assertThatThrownBy(() -> FlatEvent.parse(json)).isInstanceOf(FlatEvent.NotFlat.class);
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws Exception {
    FlatEvent event =
        FlatEvent.parse(
            "{\"b\":\"q\\\"\\\\\\n\\u0001é\",\"a\":-42,\"c\":true,\"d\":[1,{\"x\":2}]}");
    assertThat(FlatEvent.parse(event.toJson())).isEqualTo(event);
    assertThat(event.toJson()).startsWith("{\n  \"a\": -42,\n  \"b\": ");
  }

  private static List<FieldDifference> differences(Judge judge, String expected, String actual)
      throws FlatEvent.NotFlat {
    return judge.compare(FlatEvent.parse(expected), FlatEvent.parse(actual), "2020");
  }
}
