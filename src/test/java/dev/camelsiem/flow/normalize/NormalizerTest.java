package dev.camelsiem.flow.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.envelope.BodyFormat;
import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.value.EvaluationLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rule takes an event, and what is written and counted. */
class NormalizerTest extends NormalizerFixture {
  private static final NamedRule NOISE = rule("noise", "TEXT = 'noise {REST}'\ndrop");
  private static final NamedRule JSON =
      rule("json", "JSON = 'kind=a'\nCOND = $x == 1\nsrc.port = $port\nid = \"J\"");

  @Test
  void theFirstRuleThatMatchesWritesItsFields() {
    NormalizerWorker worker = worker(LOGIN, NOISE, JSON);
    Outcome outcome = normalize(worker, "login of anna from home");
    assertThat(outcome).isEqualTo(new Outcome(null, "login", ""));
    assertThat(outcome.isNormalized()).isTrue();
    assertThat(normalize(worker, "{\"kind\":\"a\",\"x\":1,\"port\":\"80\"}").ruleId())
        .isEqualTo("json");
    assertThat(out.build())
        .containsExactly(
            "{\"id\":\"L\",\"reason\":\"from home\",\"subject.account.name\":\"anna\"}",
            "{\"id\":\"J\",\"src.port\":80}");
  }

  @Test
  void everyEventIsCountedOnce() {
    Normalizer normalizer = normalizer(NormalizerOptions.DEFAULT, LOGIN, NOISE, JSON);
    NormalizerWorker worker = normalizer.newWorker();
    for (String event :
        List.of(
            "login of a b",
            "login of c d",
            "noise 1",
            "other",
            "{\"kind\":\"b\"}",
            "{\"kind\":}")) {
      normalize(worker, event);
    }
    NormalizerStats stats = normalizer.stats();
    assertThat(stats.normalized()).isEqualTo(2);
    assertThat(stats.stopped(StopReason.DROPPED_BY_RULE)).isEqualTo(1);
    assertThat(stats.stopped(StopReason.NO_RULE_MATCHED)).isEqualTo(2);
    assertThat(stats.stopped(StopReason.MALFORMED)).isEqualTo(1);
    assertThat(stats.rules().keySet()).containsExactly("json", "login", "noise");
    assertThat(Objects.requireNonNull(stats.rules().get("login")).normalized()).isEqualTo(2);
    assertThat(Objects.requireNonNull(stats.rules().get("noise")).dropped()).isEqualTo(1);
  }

  @Test
  void whatNoRuleMatchesIsExplainedByTheClosestOne() {
    NormalizerWorker worker = worker(LOGIN, rule("door", "TEXT = 'login of door {NUMBER} closed'"));
    Outcome outcome = normalize(worker, "login of door x closed");
    assertThat(outcome.isNormalized()).isTrue(); // as the login of an account called door
    outcome = normalize(worker, "login of - door 7");
    assertThat(outcome.stop()).isEqualTo(StopReason.NO_RULE_MATCHED);
    assertThat(outcome.ruleId()).isEqualTo("login");
    assertThat(outcome.detail())
        .isEqualTo(
            "closest was login: expected a word of letters, digits and `_` (WORD) at offset 9,"
                + " found `- door 7`");
    assertThat(normalize(worker, "logout").detail()).isEqualTo("no rule is for such events");
    assertThat(normalize(worker(JSON), "{\"kind\":\"a\",\"x\":2}").detail())
        .isEqualTo("closest was json: its head matches, its condition does not hold");
  }

  @Test
  void explainingTakesASmallPartOfTheTimeWhateverNumberOfEventsNoRuleMatches() {
    AtomicLong now = new AtomicLong();
    LongSupplier clock = () -> now.addAndGet(1_000_000); // a millisecond for each look at it
    NormalizerWorker worker =
        new Normalizer(RuleSet.of(List.of(LOGIN), "1"), NormalizerOptions.DEFAULT, clock)
            .newWorker();
    byte[] bytes = "logout".getBytes(StandardCharsets.UTF_8);
    RawEvent event = new RawEvent(bytes, 0, bytes.length, "test", 0, 0);
    int explained = 0;
    for (int i = 0; i < 5_000; i++) {
      Outcome outcome = worker.normalize(event, BodyFormat.TEXT, out);
      assertThat(outcome.ruleId()).isNull();
      Envelope envelope = Envelope.open(event, BodyFormat.TEXT);
      Outcome told = worker.explainInTime(envelope, outcome);
      explained += told.detail().startsWith("closest was login") ? 1 : 0;
    }
    assertThat(explained).isBetween(100, 120); // one part in fifty, and what was there at first
  }

  @Test
  void soDoesLookingForTheClosestRule() {
    AtomicLong now = new AtomicLong();
    LongSupplier clock = () -> now.addAndGet(1_000_000);
    NormalizerWorker worker =
        new Normalizer(RuleSet.of(List.of(LOGIN), "1"), NormalizerOptions.DEFAULT, clock)
            .newWorker();
    int told = 0;
    for (int i = 0; i < 5_000; i++) {
      String detail = normalize(worker, "login of - door 7").detail();
      assertThat(detail).matches("closest was login.*|no rule matches; .* was not looked for.*");
      told += detail.startsWith("closest was login") ? 1 : 0;
    }
    assertThat(told).isBetween(100, 120);
  }

  /** What limits a body does not limit the envelope around it. */
  @Test
  void anEnvelopeMayBeLargerThanABody() {
    NormalizerOptions options =
        new NormalizerOptions(
            new DocumentLimits(100, 2, 20, 10, 100),
            EvaluationLimits.DEFAULT,
            EvaluationLimits.DEFAULT,
            1000,
            0,
            0);
    NormalizerWorker worker = normalizer(options, LOGIN, JSON).newWorker();
    String more = "\"mime\":\"text/plain\",\"other\":\"" + "x".repeat(200) + "\"}";
    assertThat(normalize(worker, "{\"body\":\"login of a x\"," + more).isNormalized()).isTrue();
    assertThat(worker.envelope().reception().mime()).isEqualTo("text/plain");
    assertThat(normalize(worker, "{\"body\":7," + more).stop()).isEqualTo(StopReason.TOO_LARGE);
    assertThat(normalize(worker, "{\"body\":\"" + "y".repeat(101) + "\"," + more).stop())
        .isEqualTo(StopReason.TOO_LARGE);
  }

  @Test
  void reasonsOfBodiesThatCannotBeRead() {
    NormalizerWorker worker =
        normalizer(
                new NormalizerOptions(
                    new DocumentLimits(100, 2, 10, 10, 100),
                    EvaluationLimits.DEFAULT,
                    EvaluationLimits.DEFAULT,
                    1000,
                    0,
                    0),
                LOGIN,
                JSON)
            .newWorker();
    assertThat(normalize(worker, "{\"a\":[[1]]}").stop()).isEqualTo(StopReason.LIMIT_EXCEEDED);
    assertThat(normalize(worker, "x".repeat(101)).stop()).isEqualTo(StopReason.TOO_LARGE);
    byte[] latin = {'{', '"', 'a', '"', ':', '"', (byte) 0xE9, '"', '}'};
    Outcome outcome =
        worker.normalize(new RawEvent(latin, 0, latin.length, "test", 0, 0), null, out);
    assertThat(outcome.stop()).isEqualTo(StopReason.INVALID_ENCODING);
  }

  @Test
  void twoRulesForOneEventAreNoticed() {
    NamedRule other = rule("other", "TEXT = 'login {REST}'\nid = \"O\"");
    Normalizer normalizer =
        normalizer(NormalizerOptions.DEFAULT.checkingAmbiguity(), other, LOGIN, NOISE);
    NormalizerWorker worker = normalizer.newWorker();
    normalize(worker, "login of a b");
    normalize(worker, "login of c d");
    normalize(worker, "noise");
    assertThat(normalizer.stats().ambiguous()).isEqualTo(2);
    assertThat(normalizer.stats().ambiguousPairs()).isEqualTo(Map.of("login and other", 2L));
  }

  @Test
  void rulesAreReplacedAllAtOnce() {
    Normalizer normalizer = normalizer(NormalizerOptions.DEFAULT, LOGIN);
    NormalizerWorker worker = normalizer.newWorker();
    assertThat(normalize(worker, "login of a b").isNormalized()).isTrue();
    normalizer.replace(RuleSet.of(List.of(JSON), "2"));
    assertThat(normalizer.ruleSet().version()).isEqualTo("2");
    assertThat(normalize(worker, "login of a b").isNormalized()).isFalse();
    assertThat(Objects.requireNonNull(normalizer.stats().rules().get("login")).normalized())
        .isEqualTo(1);
  }

  @Test
  void noTextOfAnEarlierEventIsGoneOnWithByRulesThatTookItsPlace() {
    NamedRule several =
        rule("several", "JSON = 'kind=b'\nTEXT = 'nothing like {reason=WORD}'\nid = \"S\"");
    Normalizer normalizer = normalizer(NormalizerOptions.DEFAULT, LOGIN);
    NormalizerWorker worker = normalizer.newWorker();
    assertThat(normalize(worker, "login of anna from home").isNormalized()).isTrue();
    normalizer.replace(RuleSet.of(List.of(several), "2"));
    Outcome outcome = normalize(worker, "{\"kindabcde\":1}"); // has a word behind eight bytes, too
    assertThat(outcome.stop()).isEqualTo(StopReason.NO_RULE_MATCHED);
  }

  @Test
  void countsGoOnWhenRulesAreReplaced() {
    Normalizer normalizer = normalizer(NormalizerOptions.DEFAULT, LOGIN);
    NormalizerWorker worker = normalizer.newWorker();
    for (int i = 0; i < 4; i++) {
      normalize(worker, "login of a b");
      normalizer.replace(RuleSet.of(List.of(JSON, LOGIN), "" + i));
    }
    normalize(worker, "{\"kind\":\"a\",\"x\":1,\"port\":\"80\"}");
    assertThat(normalizer.stats().normalized()).isEqualTo(5);
    assertThat(normalizer.stats().normalized()).isEqualTo(5);
  }

  @Test
  void whatIsKnownOfItsReceptionIsEachEventsOwn() {
    NormalizerWorker worker =
        worker(
            rule(
                "seen",
                "TEXT = '{id=WORD}'\nevent_src.ip = recv_ipv4\ntime = recv_time\nreason = tag"));
    String wrapped = "{\"mime\": \"text/plain\", \"body\": \"d\", \"tag\": \"t\"}";
    receive(worker, "a", "tcp://192.0.2.1:1", 1_000);
    receive(worker, "b", "tcp://192.0.2.1:1", 2_000);
    receive(worker, "c", "tcp://192.0.2.2:1", 2_000);
    receive(worker, wrapped, "tcp://192.0.2.2:1", 2_000);
    receive(worker, "e", "tcp://192.0.2.2:1", 2_000);
    assertThat(out.build())
        .containsExactly(
            seen("192.0.2.1", "a", "some_tag", 1),
            seen("192.0.2.1", "b", "some_tag", 2),
            seen("192.0.2.2", "c", "some_tag", 2),
            seen("192.0.2.2", "d", "t", 2),
            seen("192.0.2.2", "e", "some_tag", 2));
  }

  private void receive(NormalizerWorker worker, String text, String origin, long receivedAt) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RawEvent event = new RawEvent(bytes, 0, bytes.length, origin, 1, receivedAt, 7, 0);
    assertThat(worker.normalize(event, null, out).isNormalized()).isTrue();
  }

  private static String seen(String address, String id, String tag, int second) {
    return "{\"event_src.ip\":\"%s\",\"id\":\"%s\",\"reason\":\"%s\",\"time\":\"1970-01-01T00:00:0%d.000Z\"}"
        .formatted(address, id, tag, second);
  }

  @Test
  void theOrderIsThatOfTheFilesNames() {
    NamedRule first = rule("a", "TEXT = '{REST}'\nid = \"1\"");
    NamedRule second = rule("b", "TEXT = '{REST}'\nid = \"2\"");
    for (List<NamedRule> given : List.of(List.of(first, second), List.of(second, first))) {
      Normalizer normalizer = new Normalizer(RuleSet.of(given, "x"), NormalizerOptions.DEFAULT);
      assertThat(normalize(normalizer.newWorker(), "e").ruleId()).isEqualTo("a");
    }
  }

  @Test
  void idsAreUnique() {
    assertThatThrownBy(() -> RuleSet.of(List.of(LOGIN, LOGIN), "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("login");
  }

  @Test
  void workersOfSeveralThreadsShareTheRules() {
    Normalizer normalizer = normalizer(NormalizerOptions.DEFAULT, LOGIN, NOISE, JSON);
    IntStream.range(0, 4)
        .parallel()
        .forEach(
            thread -> {
              NormalizerWorker worker = normalizer.newWorker();
              EncodedBatch.Builder mine = new EncodedBatch.Builder(1024);
              for (int i = 0; i < 500; i++) {
                worker.normalize(RawEvent.of("login of u" + i + " x", "t", i), null, mine);
              }
              assertThat(mine.build().get(499)).contains("\"u499\"");
            });
    assertThat(normalizer.stats().normalized()).isEqualTo(2000);
  }

  @Test
  void descriptionsStandInTheirAlphabeticalPlace() {
    NormalizerOptions both = NormalizerOptions.DEFAULT.describing(Describe.BOTH);
    Normalizer normalizer =
        normalizer(
            both,
            ownFields(
                "a", "TEXT = 'a {subject=REST}'\naction = \"x\" description.et = \"between\""),
            ownFields("b", "TEXT = 'b {subject=REST}'\ndescription.en = \"gone\" zone = \"z\""),
            rule("c", "TEXT = 'c'"));
    NormalizerWorker worker = normalizer.newWorker();
    for (String event : List.of("a \"1\"\\", "b 2", "c")) {
      assertThat(normalize(worker, event).isNormalized()).isTrue();
    }
    assertThat(out.build())
        .containsExactly(
            "{\"action\":\"x\",\"description.en\":\"\\\"1\\\"\\\\ x\",\"description.et\":\"between\","
                + "\"description.ru\":\"\\\"1\\\"\\\\ x\",\"name.en\":\"a\",\"name.ru\":\"a\","
                + "\"subject\":\"\\\"1\\\"\\\\\"}",
            "{\"description.en\":\"2\",\"description.ru\":\"2\",\"name.en\":\"b\",\"name.ru\":\"b\","
                + "\"subject\":\"2\",\"zone\":\"z\"}",
            "{\"description.en\":\"\",\"description.ru\":\"\",\"name.en\":\"c\",\"name.ru\":\"c\"}");
    assertThat(normalizer.stats().describedByDefault()).isEqualTo(3);
  }

  @Test
  void oneLanguageIsOneMember() {
    Normalizer russian = normalizer(NormalizerOptions.DEFAULT.describing(Describe.RU), LOGIN);
    normalize(russian.newWorker(), "login of anna");
    assertThat(out.build().get(0)).contains("description.ru").doesNotContain("description.en");
    normalize(worker(LOGIN), "login of anna");
    assertThat(out.build().get(1)).doesNotContain("description.ru");
  }

  /** A rule with fields that the taxonomy does not have. */
  private static NamedRule ownFields(String name, String source) {
    return new NamedRule(name, Objects.requireNonNull(compile(name, source).rule()));
  }
}
