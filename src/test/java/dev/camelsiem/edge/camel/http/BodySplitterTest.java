package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.DeadLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No body makes the splitter fail, and every event that it passes on is one good JSON value. */
class BodySplitterTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(1 << 20, 1 << 20, 100, 200, 10_000, 1000, 500, 1 << 20);

  private long reserved;

  @Property(tries = 500)
  void anyBytes(@ForAll @Size(max = 300) byte[] body, @ForAll Accepts accepts) throws Exception {
    check(body, accepts);
  }

  /** JSON that is nearly right: pieces put together and a few bytes changed. */
  @Property(tries = 1500)
  void nearlyJson(
      @ForAll long seed, @ForAll @IntRange(max = 30) int pieces, @ForAll Accepts accepts)
      throws Exception {
    List<String> words =
        List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\n",
            "\r\n",
            " ",
            "1",
            "-",
            "true",
            "null",
            "{\"a\":1}",
            "\"\u00e9\"",
            "\"\\\"\"",
            "[{}]",
            "{\"a\":{\"b\":[1,2]}}",
            "\ufeff");
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(words.get(random.nextInt(words.size())));
    }
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0 && random.nextBoolean()) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }
    check(body, accepts);
  }

  /** What stands side by side and is bad in the same way is one stretch, however much it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array of numbers | [1,1,1, | 1, | 1] | events",
        "array of words | [x, | x, | x] | json",
        "lines | x@ | x@ | x@ | events",
        "unfinished lines | {@ | {@ | {@ | events",
        "behind a spread value | {@}@ | 1@ | 1@ | events",
      })
  void aFloodIsOneStretch(String name, String begin, String part, String end, Accepts accepts)
      throws Exception {
    int count = 500_000;
    String body = (begin + part.repeat(count) + end).replace('@', '\n');
    Findings split = split(body.getBytes(StandardCharsets.UTF_8), accepts);
    assertThat(split.rejected()).as(name).hasSizeLessThanOrEqualTo(2);
    assertThat(split.rejectedCount()).isGreaterThanOrEqualTo(count);
    Rejected last = split.rejected().get(split.rejected().size() - 1);
    assertThat(last.count()).isGreaterThanOrEqualTo(count);
  }

  /** Every stretch can be looked at alone: what differs or is apart stays apart. */
  @Test
  void differentProblemsAndThoseWithGoodOnesBetweenStayApart() throws Exception {
    Findings split = split("x\nx\n{}\nx\n[]\n".getBytes(StandardCharsets.UTF_8), Accepts.events);
    assertThat(split.rejected()).extracting(Rejected::count).containsExactly(2, 1, 1);
    assertThat(split.rejected()).extracting(one -> one.position).containsExactly(1L, 4L, 5L);
    assertThat(split.goodCount()).isEqualTo(1);
  }

  /** Where very many differ, their reason is what joins them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "words | a@b@ | events",
        "ends | {@{\"a\":x@ | events",
        "an array | [a,b, | events",
        "kinds | 1@[]@\"a\"@null@ | events",
      })
  void aFloodOfManyKindsIsBounded(String name, String part, Accepts accepts) throws Exception {
    String array = part.startsWith("[") ? "[" : "";
    String body = array + part.substring(array.length()).repeat(100_000).replace('@', '\n');
    Findings split = split(body.getBytes(StandardCharsets.UTF_8), accepts);
    assertThat(split.rejected()).as(name).hasSizeBetween(2, 1_001);
    assertThat(split.rejectedCount()).isGreaterThanOrEqualTo(200_000);
    assertThat(split.rejected()).extracting(Rejected::count).last().isNotEqualTo(1);
  }

  /** Whoever mixes reasons, and good events between them, gets no letter for each bad one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two reasons in turn | x@{\"\u0001@ | 2",
        "good ones between | {}@x@ | 1",
        "good ones between two | {}@x@{\"\u0001@ | 2",
        "good ones between three | {}@x@{\"\u0001@[[[[[[[[[[@@{\"a\":LONG}@ | 3",
      })
  void aFloodOfMixedReasonsIsBounded(String name, String part, int reasons) throws Exception {
    int times = 20_000;
    String body = part.replace('@', '\n').replace("LONG", "1".repeat(250)).repeat(times);
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 1 ? (byte) 0xff : bytes[i]; // no UTF-8
    }
    HttpLimits limits = new HttpLimits(1 << 24, 1 << 24, 100, 200, 100_000, 10_000, 500, 1 << 20);
    Findings found =
        new BodySplitter(bytes, bytes.length, Accepts.events, limits, more -> {}).split();
    List<Rejected> stretches = found.rejected();
    assertThat(stretches).as(name).hasSizeBetween(1000, 1000 + reasons);
    assertThat(stretches.stream().mapToLong(Rejected::count).sum())
        .isEqualTo(found.rejectedCount())
        .isGreaterThanOrEqualTo((long) times * reasons);
    assertThat(stretches.stream().mapToLong(Rejected::bytes).sum())
        .isLessThanOrEqualTo(bytes.length);
    assertThat(stretches).extracting(one -> one.from).isSorted();
    for (Rejected rest : stretches.subList(1000, stretches.size())) {
      assertThat(rest.count()).isGreaterThan(1);
      assertThat(rest.bytes()).isGreaterThan(rest.to() - rest.from);
      assertThat(rest.problem().detail()).contains("others elsewhere in the request");
    }
  }

  /** Nothing is lost unsaid: the letters say how many there were, and how much is not kept. */
  @Test
  void lettersOfAFloodOfMixedReasonsAddUp() throws Exception {
    byte[] body = "{}\nx\n[1]\n".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    HttpBodies.check(body, Accepts.events, new HttpSettings().limits());
    HttpBodies.Done done =
        HttpBodies.send(body, Accepts.events, new HttpSettings().limits(), false);
    assertThat(done.letters()).hasSizeLessThanOrEqualTo(1_001 + 1);
    DeadLetter last = done.letters().get(done.letters().size() - 1);
    assertThat(last.count()).isGreaterThan(1_000);
    assertThat(last.cut()).isNotNull();
  }

  /** What can't be joined is paid for: places of good events, and of bad ones between them. */
  @Test
  void placesAreReserved() throws Exception {
    int good = 4_000;
    split("{}\nx\n".repeat(good).getBytes(StandardCharsets.UTF_8), Accepts.events);
    assertThat(reserved).isGreaterThan(good * 3L * Integer.BYTES + 1_000 * 150);
  }

  /** What is said of an event is what the one reader of JSON says, and where. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":            | events | malformed        | not JSON: it breaks off at column 7",
        "{\"a\":\"x        | events | malformed        | not JSON: it breaks off at column 6",
        "{\"a\":}          | events | malformed        | not JSON: a value was expected, found `}` at column 6",
        "{\"a\" 1}         | events | malformed        | not JSON: `:` was expected after a key, found `1` at column 6",
        "{\"a\":1x}        | events | malformed        | not JSON: `,` or `}` was expected, found `x` at column 7",
        "{\"a\":\u00e9}    | events | malformed        | not JSON: a value was expected, found byte 195 at column 6",
        "1x                | json   | malformed        | not JSON: text after the JSON value, found `x` at column 2",
        "[1x,2]            | json   | malformed        | not JSON: text after the JSON value, found `x` at column 2",
        "{} {}             | events | malformed        | not one JSON value: more follows it at column 4",
        "2                 | events | malformed        | not a JSON object but a number",
      })
  void saysWhatIsWrongAndWhere(String body, Accepts accepts, String reason, String detail)
      throws Exception {
    Findings split = split(body.getBytes(StandardCharsets.UTF_8), accepts);
    assertThat(split.rejected())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.problem().reason().code()).isEqualTo(reason);
              assertThat(one.problem().detail()).isEqualTo(detail);
            });
  }

  /** The limits that the documentation states. */
  @Test
  void jsonIsHeldToItsLimits() throws Exception {
    String deep = "[".repeat(64) + "]".repeat(64);
    String keys = "\"k\":1,".repeat(4095);
    String text = "\"" + "x".repeat(256 * 1024) + "\"";
    String number = "1".repeat(100);
    String good =
        "["
            + deep
            + ",{"
            + keys
            + "\"k\":1},"
            + text
            + ","
            + number
            + ",0.1e"
            + "1".repeat(90)
            + "]";
    assertThat(splitLarge(good).rejected()).isEmpty();
    assertThat(splitLarge(good).goodCount()).isEqualTo(5);
    String bad =
        "[["
            + deep
            + "],{"
            + keys
            + "\"k\":1,\"k\":1},"
            + text.replace("\"x", "\"xx")
            + ","
            + number
            + "1]";
    assertThat(splitLarge(bad).rejected())
        .extracting(one -> one.problem().reason() + " " + one.problem().what())
        .containsExactly(
            "LIMIT_EXCEEDED nested deeper than 64 levels",
            "LIMIT_EXCEEDED an object has more than 4096 keys",
            "LIMIT_EXCEEDED a string is longer than 262144 bytes",
            "LIMIT_EXCEEDED a number is longer than 100 characters");
  }

  /** However many values an event has, none of them is kept. */
  @Test
  void valuesAreNotCounted() throws Exception {
    assertThat(splitLarge("[[" + "[],".repeat(400_000) + "1]]").goodCount()).isEqualTo(1);
  }

  private static Findings splitLarge(String body) throws HttpRefusal {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpLimits limits = new HttpLimits(1 << 24, 1 << 24, 100, 1 << 22, 10_000, 1000, 500, 1 << 20);
    return new BodySplitter(bytes, bytes.length, Accepts.json, limits, more -> {}).split();
  }

  private Findings split(byte[] body, Accepts accepts) throws HttpRefusal {
    return new BodySplitter(body, body.length, accepts, LIMITS, more -> reserved += more).split();
  }

  private static void check(byte[] body, Accepts accepts) throws IOException {
    HttpBodies.check(body, accepts, LIMITS);
  }
}
