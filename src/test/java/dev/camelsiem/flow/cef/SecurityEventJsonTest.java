package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a security event is like: it is read as by Jackson, and refused when Jackson does. */
class SecurityEventJsonTest {
  private static final FieldTable TABLE = new FieldTable(List.of("id", "user", "a.b", "a.b.c"));
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
          .build();

  private static final String[] KEYS = {
    "id", "user", "a", "b", "c", "a.b", "b.c", "a.b.c", "\\u0061", "x", "..", "\\ud800", "é", "x.y"
  };

  private static final String[] VALUES = {
    "1",
    "-0",
    "0.10e+05",
    "1e0000000000000001",
    "12345678901234567890123456789",
    "01",
    "1.",
    "-",
    "+1",
    ".5",
    "NaN",
    "1".repeat(100),
    "1".repeat(101),
    "-" + "1".repeat(100),
    "1." + "0".repeat(98),
    "1." + "0".repeat(99),
    "true",
    "false",
    "null",
    "nul",
    "True",
    "\"\"",
    "\"  blank \"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\ud83d\\ude00 \\u0416\\u00e9\\u0041\\u20ac\"",
    "\"\\ud83d\"",
    "\"\\ude00\\ud83d\"",
    "\"\\ud83d\\ud83d\\ude00\"",
    "\"\\ud83dx\\ude00\"",
    "\"\\ud83d\\n\"",
    "\"\\uD83\"",
    "\"\\x\"",
    "\"\\",
    "\"\u0000\"",
    "\"\u001f\"",
    "\"\u007f\u0085\u2028\"",
    "\"\ud83d\ude00 \u4e2d \u00e9\"",
    "'x'",
    "\"open",
    "{}",
    "[]",
    "[,]",
    "[1,]",
    "{,}",
    "/**/1",
    "1 2",
    ""
  };

  private static final String[] BLANKS = {"", "", "", " ", "\n", "\t", "\r", "\f", "\u00a0"};

  private final SecurityEvent event = new SecurityEvent(TABLE);
  private final SecurityEventReader reader = new SecurityEventReader(TABLE);

  /** What is in an event, by what the classes say that read it. */
  private static final class Expected {
    final Map<String, String> known = new LinkedHashMap<>();
    final Map<String, String> others = new LinkedHashMap<>();
    boolean repeats;

    /**
     * @param asked whether fields in it may be known: none is behind a key without a letter
     */
    void object(JsonParser json, String path, boolean asked) throws IOException {
      for (JsonToken key = json.nextToken(); key == JsonToken.FIELD_NAME; key = json.nextToken()) {
        String name = path.isEmpty() ? json.currentName() : path + "." + json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.START_OBJECT) {
          object(json, name, asked && !name.isEmpty());
        } else {
          put(
              asked,
              inNames(name),
              value == JsonToken.START_ARRAY ? items(json) : text(json, value));
        }
      }
    }

    private void put(boolean asked, String name, @Nullable String text) {
      if (!asked || !TABLE.names().contains(name)) {
        if (text != null) {
          others.put(name, text);
        }
        return;
      }
      repeats |= known.containsKey(name);
      if (text == null) {
        known.remove(name);
      } else {
        known.put(name, text);
      }
    }

    private static String items(JsonParser json) throws IOException {
      StringBuilder joined = new StringBuilder();
      int depth = 1;
      for (JsonToken item = json.nextToken();
          depth > 0;
          item = depth > 0 ? json.nextToken() : item) {
        String text = text(json, item);
        depth += item.isStructStart() ? 1 : item.isStructEnd() ? -1 : 0;
        if (depth == 1 && item.isScalarValue() && text != null) {
          joined.append(joined.length() == 0 ? "" : " ").append(text);
        }
      }
      return joined.toString();
    }

    private static @Nullable String text(JsonParser json, JsonToken token) throws IOException {
      if (token.isNumeric() && json.getText().length() > 100) {
        throw new IOException("a number of more than 100 digits");
      }
      return token == JsonToken.VALUE_NULL ? null : inUtf8(json.getText());
    }
  }

  /** Half a surrogate pair is no character. */
  private static String inUtf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** In a name that nobody asks for it shows as what it is. */
  private static String inNames(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints().forEach(c -> shown.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
    return shown.toString();
  }

  private static @Nullable Expected expected(byte[] bytes) {
    try (JsonParser json = JACKSON.createParser(new String(bytes, StandardCharsets.UTF_8))) {
      Expected expected = new Expected();
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      expected.object(json, "", true);
      return json.nextToken() == null ? expected : null;
    } catch (IOException e) {
      return null;
    }
  }

  private void check(byte[] json) {
    String shown = new String(json, StandardCharsets.UTF_8);
    byte[] framed = new byte[json.length + 20];
    System.arraycopy(json, 0, framed, 7, json.length);
    Refusal refusal = reader.read(framed, 7, 7 + json.length, event);
    if (!Utf8.isValid(json, 0, json.length)) {
      assertThat(refusal).as(shown).isNotNull();
      assertThat(refusal.reason()).as(shown).isEqualTo(StopReason.INVALID_ENCODING);
      return;
    }
    Expected expected = expected(json);
    if (expected == null) {
      assertThat(refusal).as(shown).isNotNull();
      assertThat(refusal.reason()).isIn(StopReason.MALFORMED, StopReason.LIMIT_EXCEEDED);
      return;
    }
    assertThat(refusal).as(shown).isNull();
    assertThat(event.repeats()).as(shown).isEqualTo(expected.repeats);
    Map<String, String> all = new LinkedHashMap<>(expected.known);
    all.putAll(expected.others);
    assertThat(event.fields()).as(shown).isEqualTo(all);
  }

  @Property(tries = 6000, seed = "9001")
  void hostile(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] json = object(random, 4).getBytes(StandardCharsets.UTF_8);
    check(json);
    check(damaged(json, random));
  }

  private static String object(Random random, int depth) {
    StringBuilder json = new StringBuilder("{");
    for (int fields = random.nextInt(5); fields > 0; fields--) {
      json.append(one(BLANKS, random)).append('"').append(one(KEYS, random)).append('"');
      json.append(one(BLANKS, random)).append(':').append(value(random, depth - 1));
      json.append(fields > 1 ? "," : "");
    }
    return json.append(one(BLANKS, random)).append('}').toString();
  }

  private static String value(Random random, int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    if (kind < 3) {
      return object(random, depth);
    }
    if (kind < 5) {
      StringBuilder items = new StringBuilder("[");
      for (int i = random.nextInt(4); i > 0; i--) {
        items.append(value(random, depth - 1)).append(i > 1 ? "," : "");
      }
      return items.append(']').toString();
    }
    // mostly what is good: else hardly any event would be
    int most = random.nextInt(8) == 0 ? VALUES.length : 3;
    String blank = random.nextInt(8) == 0 ? one(BLANKS, random) : " ";
    return blank + VALUES[random.nextInt(most) + (most == 3 ? random.nextInt(2) * 21 : 0)];
  }

  private static String one(String[] of, Random random) {
    return of[random.nextInt(random.nextInt(20) == 0 ? of.length : Math.min(of.length, 7))];
  }

  private static byte[] damaged(byte[] json, Random random) {
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    int at = random.nextInt(json.length + 1);
    damaged.write(json, 0, at);
    switch (random.nextInt(4)) {
      case 0 -> damaged.write(random.nextInt(256));
      case 1 -> damaged.write("{}[]\",:\\ -0e.tfn\u0001".charAt(random.nextInt(17)));
      case 2 -> at = json.length;
      default -> at = Math.min(json.length, at + 1);
    }
    damaged.write(json, at, json.length - at);
    return damaged.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 66, 1000})
  void nested(int depth) {
    check(bytes("{\"x\":".repeat(depth) + "1" + "}".repeat(depth)));
    check(bytes("{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}"));
    check(bytes("{\"a\":" + "[".repeat(depth - 1)));
  }

  /** The values of every kind under a key that is asked for, one that is not, and in an array. */
  @ParameterizedTest
  @ValueSource(
      strings = {"{\"id\":%s}", "{\"x\":%s}", "{\"user\":[%s,%s]}", "{\"x\":[[{\"y\":%s}],%s]}"})
  void everyValue(String around) {
    for (String value : VALUES) {
      check(bytes(around.replace("%s", value)));
    }
  }

  /** Each byte at each place of what may be in a text. */
  @ParameterizedTest
  @ValueSource(
      strings = {"é", "\u4e2d", "\ud83d\ude00", "\\u00e9", "\\ud83d\\ude00", "\\\"", "12345678"})
  void everyByte(String text) {
    byte[] json = bytes("{\"id\":\"" + text + "\",\"x\":\"" + text + "\"}");
    for (int at = 7; at < 8 + bytes(text).length; at++) {
      for (int b = 0; b < 256; b++) {
        byte[] changed = json.clone();
        changed[at] = (byte) b;
        check(changed);
      }
    }
  }

  /** Keys are read ahead as they came before: never over the end of the event or of its array. */
  @Test
  void endsAnywhere() {
    byte[] whole = bytes("{\"id\":\"1\",\"b\":2,\"user\":\"c\"}");
    byte[] framed = Arrays.copyOf(whole, whole.length + 30);
    for (int to = 1; to < whole.length; to++) {
      assertThat(reader.read(framed, 0, whole.length, event)).isNull();
      assertThat(event.text("user")).isEqualTo("c");
      Refusal refusal = reader.read(framed, 0, to, event);
      assertThat(refusal)
          .isEqualTo(new Refusal(StopReason.MALFORMED, "the JSON object has no end"));
      assertThat(reader.read(Arrays.copyOf(whole, to), 0, to, event)).isEqualTo(refusal);
    }
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
