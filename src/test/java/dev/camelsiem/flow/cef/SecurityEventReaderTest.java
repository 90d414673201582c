package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading events: what is kept, what is refused, and that nothing is thrown. */
class SecurityEventReaderTest {
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final CefEncoding encoding = Events.encoding();
  private final SecurityEventReader reader = encoding.newReader();
  private final SecurityEvent event = encoding.newEvent();

  private @Nullable Refusal read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable Refusal read(byte[] json) {
    byte[] framed = new byte[json.length + 8];
    System.arraycopy(json, 0, framed, 4, json.length);
    return reader.read(framed, 4, 4 + json.length, event);
  }

  private List<String> details(String... jsons) {
    return Arrays.stream(jsons).map(json -> Objects.requireNonNull(read(json)).detail()).toList();
  }

  private StopReason reason(String json) {
    return Objects.requireNonNull(read(json), json).reason();
  }

  @Test
  void keepsKnownAndUnknownFields() {
    assertThat(
            read(
                "{\"id\":\"ADM-1\",\"user\":null,\"pid\":12,\"k8s\":{\"pod\":{\"name\":\"p\"}},"
                    + "\"command\":[\"sh\",\"-c\",1,null,{\"x\":[1]},\"id\"],\"mine\":true,\"e\":1e3}"))
        .isNull();
    assertThat(event.text("id")).isEqualTo("ADM-1");
    assertThat(event.text("user")).isNull();
    assertThat(event.text("pid")).isEqualTo("12");
    assertThat(event.text("k8s.pod.name")).isEqualTo("p");
    assertThat(event.text("command")).isEqualTo("sh -c 1 id");
    assertThat(event.text("mine")).isEqualTo("true");
    assertThat(event.fields()).containsEntry("e", "1e3").containsKeys("id", "k8s.pod.name");
  }

  @Test
  void noticesFieldsThatAreThereTwice() {
    assertThat(read("{\"id\":\"A\",\"user\":\"u\"}")).isNull();
    assertThat(event.repeats()).isFalse();
    for (String twice :
        List.of(
            "{\"id\":\"A\",\"id\":\"A\"}",
            "{\"id\":\"A\",\"\\u0069d\":\"B\"}",
            "{\"id\":\"A\",\"user\":[1],\"user\":null}")) {
      assertThat(read(twice)).isNull();
      assertThat(event.repeats()).as(twice).isTrue();
    }
    assertThat(read("{\"id\":\"A\"}")).isNull();
    assertThat(event.repeats()).isFalse();
  }

  /** A field that no mapping knows is kept with its path: a megabyte may not become a gigabyte. */
  @Test
  void refusesPathsThatMultiplyWhatTheEventHolds() {
    for (int length : List.of(20, 200, 1000)) {
      StringBuilder json = new StringBuilder("{");
      for (int depth = 0; depth < 60; depth++) {
        json.append("\"").append("n".repeat(length)).append("\":{");
      }
      for (int field = 0; field < 4000; field++) {
        json.append("\"f").append(field).append("\":1,");
      }
      json.append("\"z\":1").append("}".repeat(61));
      assertThat(reason(json.toString())).isEqualTo(StopReason.LIMIT_EXCEEDED);
      assertThat(read("{\"id\":\"A\"}")).isNull();
    }
    String name = "n".repeat(100);
    assertThat(read("{\"" + name + "\":{\"" + name + "\":1}}")).isNull();
    assertThat(event.text(name + "." + name)).isEqualTo("1");
  }

  @Test
  void takesTheLastOfTwoFields() {
    assertThat(read("{\"id\":\"A\",\"x\":1,\"id\":\"B\",\"x\":2,\"user\":\"u\",\"user\":null}"))
        .isNull();
    assertThat(event.text("id")).isEqualTo("B");
    assertThat(event.text("x")).isEqualTo("2");
    assertThat(event.text("user")).isNull();
  }

  /** Dots in a key and objects in objects are two spellings of one field, mixed ones included. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'subject.account.name':'anna','id':'1'}",
        "{'subject':{'account':{'name':'anna'}},'id':'1'}",
        "{'subject':{'account.name':'anna'},'id':'1'}",
        "{'subject.account':{'name':'anna'},'id':'1'}",
        "{'id':'1','subject':'x','subject.account':'y','subject.account.name':'anna'}",
        "{'id':'1','subject':{'account':{'id':7}},'subject.account.name':'anna'}",
        "{'id':'1','subject.account.name':['an','na'],'subject.account':{'name':['anna']}}",
      })
  void findsAFieldWhetherItsKeyIsFlatOrNested(String json) {
    FieldTable table = new FieldTable(List.of("id", "subject.account.name", "subject.account.id"));
    SecurityEvent read = new SecurityEvent(table);
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    SecurityEventReader fresh = new SecurityEventReader(table);
    for (int i = 0; i < 2; i++) {
      assertThat(fresh.read(bytes, 0, bytes.length, read)).isNull();
      assertThat(read.text("subject.account.name")).isEqualTo("anna");
      assertThat(read.kind(table.slot("subject.account.name"))).isEqualTo(SecurityEvent.TEXT);
      assertThat(read.text("id")).isEqualTo("1");
    }
  }

  @Test
  void takesTheLastOfAFlatAndANestedOneAndNoticesThem() {
    FieldTable table = new FieldTable(List.of("a.b.c"));
    SecurityEvent read = new SecurityEvent(table);
    SecurityEventReader fresh = new SecurityEventReader(table);
    String flat = "\"a.b.c\":\"flat\"";
    String nested = "\"a\":{\"b\":{\"c\":\"nested\"}}";
    for (String last : List.of("nested", "flat")) {
      String json = "{" + (last.equals("flat") ? nested + "," + flat : flat + "," + nested) + "}";
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      assertThat(fresh.read(bytes, 0, bytes.length, read)).isNull();
      assertThat(read.text("a.b.c")).isEqualTo(last);
      assertThat(read.repeats()).isTrue();
    }
  }

  @Test
  void keepsKeysWithDotsThatNoMappingKnows() {
    assertThat(read("{\"id\":\"A\",\"k8s.pod.other\":1,\"k8s\":{\"pod.more\":{\"x\":2}},\"..\":3}"))
        .isNull();
    assertThat(event.fields())
        .containsEntry("k8s.pod.other", "1")
        .containsEntry("k8s.pod.more.x", "2")
        .containsEntry("..", "3");
  }

  @Test
  void forgetsTheEventBefore() {
    assertThat(read("{\"id\":\"A\",\"user\":\"u\",\"x\":1}")).isNull();
    assertThat(read("{\"id\":\"B\"}")).isNull();
    assertThat(event.fields()).containsOnlyKeys("id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":\"x",
        "{\"a\":[1",
        "{\"a\":{\"b\":1}",
        "{}{}",
        "{} x",
        "{\"a\":1}]",
        "[]",
        "1",
        "\"x\"",
        "null",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":\"\n\"}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":\"\\x\"}",
        "{\"a\":tru}",
        "\u0000{}"
      })
  void refusesWhatIsNoJsonObjectAndGoesOn(String json) {
    assertThat(reason(json)).isEqualTo(StopReason.MALFORMED);
    assertThat(read("{\"id\":\"A\"}")).isNull();
    assertThat(event.text("id")).isEqualTo("A");
  }

  /** Also what could go on in the next event: half a text, a word, a number, a comment. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"", "\"x", "\"\\", "\"\\u00", "t", "tru", "true", "n", "nul", "f", "fals", "1", "-", "1.",
        "1e", "0", "{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "[", "[1", "[1,", "]", "}", ",", ":",
        "/", "/*", "#", "'", "\u00e9", "\u0000", "NaN", "+"
      })
  void whatFollowsAnEventRefusesThisOneAndNotTheNext(String rest) {
    for (String gap : List.of("", " ", "\r")) {
      assertThat(reason("{\"id\":\"API-001\"}" + gap + rest)).isEqualTo(StopReason.MALFORMED);
      assertThat(read(" {\"id\":\"A\"}\r ")).as("after %s", rest).isNull();
      assertThat(event.text("id")).isEqualTo("A");
      assertThat(event.fields()).hasSize(1);
    }
  }

  /** Whatever came before, an event is read as by a reader that has read nothing else. */
  @Property(tries = 3000, seed = "4004")
  void anEventTellsNothingToTheNext(@ForAll long seed) {
    Random random = new Random(seed);
    String before = "{\"id\":\"PM-1\",\"user\":\"\\u00e9\",\"pid\":-12.5e3,\"a\":{\"b\":[1,{}]}} ";
    String[] tricks = {
      "\"", "\\", "t", "1", "-", "{", "[", "}", "]", ":", ",", " ", "nul", "\\u", "é"
    };
    StringBuilder hostile = new StringBuilder(before.substring(0, random.nextInt(before.length())));
    for (int i = random.nextInt(4); i > 0; i--) {
      hostile.append(tricks[random.nextInt(tricks.length)]);
    }
    Refusal unused = read(hostile.toString());
    assertThat(read("{\"id\":\"A\",\"pid\":1}")).as("after %s", hostile).isNull();
    assertThat(event.fields()).hasSize(2).containsEntry("id", "A").containsEntry("pid", "1");
  }

  @Test
  void refusesWhatIsOverALimit() {
    assertThat(reason("{\"a\":".repeat(65) + "1" + "}".repeat(65)))
        .isEqualTo(StopReason.LIMIT_EXCEEDED);
    assertThat(reason("{\"a\":" + "[".repeat(100_000))).isEqualTo(StopReason.LIMIT_EXCEEDED);
    assertThat(reason("{\"a\":" + "1".repeat(101) + "}")).isEqualTo(StopReason.LIMIT_EXCEEDED);
    for (String around :
        List.of("[%s]", "[[%s]]", "[1,{\"b\":%s}]", "{\"b\":%s}", "{\"b\":[%s]}")) {
      String number = "-" + "1".repeat(100) + ".5e9";
      assertThat(reason("{\"a\":" + around.formatted(number) + "}"))
          .as(around)
          .isEqualTo(StopReason.LIMIT_EXCEEDED);
    }
    assertThat(reason("{\"a\":\"" + "x".repeat(300_000) + "\"}"))
        .isEqualTo(StopReason.LIMIT_EXCEEDED);
    StringBuilder wide = new StringBuilder("{\"id\":\"A\"");
    for (int i = 0; i < 5000; i++) {
      wide.append(",\"f").append(i).append("\":1");
    }
    assertThat(reason(wide + "}")).isEqualTo(StopReason.LIMIT_EXCEEDED);
    assertThat(read("{\"a\":[" + "1,".repeat(99_990) + "1]}")).isNull();
    assertThat(reason("{\"a\":[" + "1,".repeat(100_000) + "1]}"))
        .isEqualTo(StopReason.LIMIT_EXCEEDED);
    assertThat(reason(" ".repeat(SecurityEventReader.LONGEST_EVENT) + "{}"))
        .isEqualTo(StopReason.TOO_LARGE);
    assertThat(read("{\"id\":\"A\"}")).isNull();
  }

  /** Of what is read, not of how it is written. */
  @Test
  void measuresTextsInUtf8() {
    int most = 256 * 1024;
    for (String around : List.of("%s", "[[%s]]", "{\"b\":%s}", "[{\"b\":%s}]")) {
      for (String one : List.of("x", "\\n", "\\u0041", "\u0436")) {
        int bytes = one.equals("\u0436") ? 2 : 1;
        String full = one.repeat(Math.min(most / bytes, 150_000));
        String more = "x".repeat(Math.max(0, most - full.length() / one.length() * bytes));
        String text = "{\"a\":" + around + "}";
        assertThat(read(text.formatted("\"" + full + more + "\""))).as(around + one).isNull();
        assertThat(reason(text.formatted("\"" + full + more + "x\"")))
            .isEqualTo(StopReason.LIMIT_EXCEEDED);
      }
    }
  }

  @Test
  void saysWhereItIsWrong() {
    assertThat(details("", " \n")).containsOnly("an empty event");
    assertThat(details("[]", "1", "null")).containsOnly("not a JSON object");
    assertThat(details("{", "{\"a", "{\"a\":", "{\"a\":[1,", "{\"a\":{}", "{\"a\":\"x"))
        .containsOnly("the JSON object has no end");
    assertThat(details("{\"id\":nope}", "\ufeff {\"a\":+}", "{} x"))
        .containsExactly(
            "not JSON at byte 7: a value was expected",
            "not JSON at byte 10: a value was expected",
            "not JSON at byte 4: text after the JSON value");

    assertThat(read("{\"id\":\"A\"}")).isNull();
    assertThat(Objects.requireNonNull(read("{\"id\":nope}")).detail()).contains("at byte ");
    assertThat(Objects.requireNonNull(read(new byte[] {'{', '"', (byte) 0xFF, '"'})).detail())
        .isEqualTo("not valid UTF-8 at byte 3");
  }

  /** Damaged events: accepted exactly when a strict parser accepts them, with equal values. */
  @Property(tries = 3000, seed = "4001")
  void agreesWithAStrictParser(@ForAll long seed) {
    Random random = new Random(seed);
    String json =
        "{\"id\":\"PM-1\",\"user\":\"\\u00e9\\ud83d\\ude00\u4e2d\",\"pid\":-12.5e3,\"a\":{\"b\":[1,{}]},"
            + "\"t\":true,\"n\":null}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i > 0; i--) {
      byte[] tricks = "{}[]\":,\\u0e-.\u00e9\n ".getBytes(StandardCharsets.UTF_8);
      bytes[random.nextInt(bytes.length)] = tricks[random.nextInt(tricks.length)];
    }
    Refusal refusal = read(bytes);
    JsonNode strict = strict(bytes);
    assertThat(refusal == null)
        .as("%s: %s", new String(bytes, StandardCharsets.UTF_8), refusal)
        .isEqualTo(strict != null);
    if (strict != null) {
      JsonNode user = strict.path("user");
      assertThat(event.text("user"))
          .isEqualTo(
              user.isValueNode() && !user.isNull() ? inUtf8(user.asText()) : event.text("user"));
    }
  }

  /** Half a surrogate pair is no character. */
  private static String inUtf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static @Nullable JsonNode strict(byte[] bytes) {
    if (Utf8.firstInvalid(bytes, 0, bytes.length) >= 0) {
      return null;
    }
    try {
      JsonNode node = STRICT.readTree(new String(bytes, StandardCharsets.UTF_8));
      return node.isObject() ? node : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  @Property(tries = 2000, seed = "4002")
  void knowsValidUtf8(@ForAll byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean valid = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
    assertThat(Utf8.firstInvalid(bytes, 0, bytes.length) < 0).isEqualTo(valid);
  }

  @Test
  void splitsWhatPeopleWrite() {
    assertThat(split("{\"a\":\"}\\\"{\"}\n\n{\"b\":1}"))
        .containsExactly("{\"a\":\"}\\\"{\"}", "{\"b\":1}");
    assertThat(split(" [ {\"a\":[1,2]} , {} ,3]\n")).containsExactly("{\"a\":[1,2]}", "{}", "3");
    assertThat(split("[{\"a\":1},{\"b\"")).containsExactly("{\"a\":1}", "{\"b\"");
    assertThat(split("[]")).isEmpty();
    assertThat(split("")).isEmpty();
    assertThat(split("{\n \"a\": 1\n}\n{\n \"b\": 2\n}\n")).hasSize(2);
    assertThat(split("{\"a\":1\n{\"b\":2}")).containsExactly("{\"a\":1", "{\"b\":2}");
    byte[] pretty = "[\n  {\"a\":1},\n  {\"b\":2}\n]".getBytes(StandardCharsets.UTF_8);
    assertThat(EventSplitter.split(pretty, "x", 0))
        .extracting(RawEvent::position)
        .containsExactly(2L, 3L);
  }

  private static List<String> split(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return EventSplitter.split(bytes, "x", 0).stream().map(RawEvent::toString).toList();
  }

  /** A stray brace once made the splitter stand still for ever. */
  @Test
  void aStrayBraceInAnArrayStaysInItsElement() {
    assertThat(split("[{\"id\":\"A\"},},{\"id\":\"B\"}]"))
        .containsExactly("{\"id\":\"A\"}", "}", "{\"id\":\"B\"}");
  }

  @Property(tries = 2000, seed = "4003")
  void splittingEnds(@ForAll String noise, @ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(noise);
    String[] tricks = {"[", "]", "{", "}", "\"", "\\", ",", "\n", "{\n", "1"};
    for (int i = 0; i < 20; i++) {
      text.insert(random.nextInt(text.length() + 1), tricks[random.nextInt(tricks.length)]);
    }
    for (String json : List.of(text.toString(), "[" + text, "{\n" + text)) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      assertThat(EventSplitter.split(bytes, "x", 0)).hasSizeLessThanOrEqualTo(bytes.length);
    }
  }
}
