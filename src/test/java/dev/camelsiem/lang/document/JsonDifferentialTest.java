package dev.camelsiem.lang.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.camelsiem.json.JsonWriter;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Our JSON reader accepts, refuses and reads what Jackson does. */
class JsonDifferentialTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final Document document = new Document(DocumentLimits.DEFAULT);

  @Property(tries = 3000)
  void writtenByJackson(@ForAll("objects") ObjectNode object) throws IOException {
    byte[] json = JACKSON.writeValueAsBytes(object);
    assertSame(json);
  }

  @Property(tries = 4000)
  void mutated(@ForAll("objects") ObjectNode object, @ForAll long seed) throws IOException {
    byte[] json = JACKSON.writeValueAsBytes(object);
    assertSame(mutate(json, new Random(seed)));
  }

  @Property(tries = 4000)
  void fragments(@ForAll long seed) throws IOException {
    assertSame(fragments(new Random(seed)).getBytes(StandardCharsets.UTF_8));
  }

  void assertSame(byte[] json) throws IOException {
    MapValue ours = document.load(json, 0, json.length).json();
    String shown = new String(json, StandardCharsets.UTF_8);
    // Jackson lets some malformed UTF-8 pass and refuses the rest; here none is accepted. It also
    // reads UTF-16 and UTF-32, which no source gives us.
    if (!Utf8.isValid(json, 0, json.length)) {
      assertThat(ours).as(shown).isNull();
      return;
    }
    JsonNode theirs = parse(json);
    if (theirs != null && ours == null && shown.matches("(?s).*[eE][+-]?[0-9]{10}.*")) {
      return; // refused by our limit on exponents
    }
    if (theirs != null && ours == null && shown.matches("(?s).*[-+.eE0-9]{101}.*")) {
      assertThat(document.problem(DocumentFormat.JSON).detail()).contains("number is longer");
      return; // Jackson counts digits, and we all characters
    }
    if (theirs == null || !theirs.isObject()) {
      assertThat(ours).as(shown).isNull();
      assertThat(document.problem(DocumentFormat.JSON)).as(shown).isNotNull();
    } else {
      assertThat(ours).as(shown + document.problem(DocumentFormat.JSON)).isNotNull();
      same(theirs, ours, shown);
    }
  }

  private static @Nullable JsonNode parse(byte[] json) {
    try {
      return JACKSON.readTree(new String(json, StandardCharsets.UTF_8).strip());
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }

  private static void same(@Nullable JsonNode theirs, @Nullable Object ours, String shown) {
    if (theirs == null || theirs.isNull()) {
      assertThat(ours).as(shown).isNull();
    } else if (theirs.isObject()) {
      Set<String> keys = new TreeSet<>();
      ((MapValue) ours).forEach((key, value) -> keys.add(key.toString()));
      theirs.fieldNames().forEachRemaining(key -> assertThat(keys).contains(utf8(key).toString()));
      theirs
          .properties()
          .forEach(e -> same(e.getValue(), ((MapValue) ours).get(utf8(e.getKey())), shown));
    } else if (theirs.isArray()) {
      ListValue list = (ListValue) ours;
      assertThat(list.size()).isEqualTo(theirs.size());
      for (int i = theirs.size() - 1; i >= 0; i--) {
        same(theirs.get(i), list.get(i), shown);
      }
    } else if (theirs.isTextual()) {
      Text text = utf8(theirs.textValue());
      Text trimmed = Ascii.trimmed(text.array(), text.from(), text.to());
      assertThat(ours).as(shown).isEqualTo(trimmed);
      assertThat(written((Text) ours)).as(shown).isEqualTo(written(trimmed));
    } else if (theirs.isBoolean()) {
      assertThat(ours).isEqualTo(theirs.booleanValue());
    } else if (theirs.canConvertToLong() && theirs.isIntegralNumber()) {
      assertThat(ours).as(shown).isEqualTo(theirs.longValue());
    } else {
      assertThat((BigDecimal) ours).as(shown).isEqualByComparingTo(theirs.decimalValue());
    }
  }

  /** As JSON: what a value knows of its spelling must not change a byte. */
  private static String written(Text text) {
    ByteOutput out = new ByteOutput(64);
    JsonWriter.string(out, text);
    return out.toString();
  }

  /** UTF-8 of a string in which lone surrogates become U+FFFD, as in our reader. */
  private static Text utf8(String string) {
    StringBuilder clean = new StringBuilder();
    string
        .codePoints()
        .forEach(c -> clean.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
    return Text.of(clean.toString());
  }

  static byte[] mutate(byte[] json, Random random) {
    byte[] mutated = json.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = (byte) random.nextInt(256);
        case 1 -> mutated[at] = (byte) "{}[]\",:\\ -0e.tfn\u0001".charAt(random.nextInt(17));
        case 2 -> mutated = remove(mutated, at);
        default -> mutated[at] = mutated[random.nextInt(mutated.length)];
      }
      if (mutated.length == 0) {
        return mutated;
      }
    }
    return mutated;
  }

  private static byte[] remove(byte[] bytes, int at) {
    byte[] shorter = new byte[bytes.length - 1];
    System.arraycopy(bytes, 0, shorter, 0, at);
    System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }

  private static final String[] FRAGMENTS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"a\"",
    "\"b\":",
    "\"\\u0061\":1",
    "1",
    "-0",
    "01",
    "1.5",
    "1.",
    "1e5",
    "1E-2",
    "1e",
    "true",
    "false",
    "null",
    "nul",
    " ",
    "\n",
    "\t",
    "\f",
    "\"\\n x \\t\"",
    "\"x\\/\\u0041\\u001f\\\\\"",
    "\"\\uD83D\\uDE00\"",
    "\"\\uD83D\"",
    "\"\\x\"",
    "\"\u0001\"",
    "\"é\"",
    "{}",
    "[]",
    "\"",
    "'a'",
    "NaN",
    "-",
    "+1",
    "//",
    "99999999999999999999",
    "{\"a\":",
    "\"a\":1,",
    "\"c\":[1,2],",
    "\u00a0"
  };

  private static String fragments(Random random) {
    StringBuilder json = new StringBuilder("{");
    for (int i = random.nextInt(8); i >= 0; i--) {
      json.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
    }
    return json.append(random.nextBoolean() ? "}" : "").toString();
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return Arbitraries.randomValue(random -> object(random, 3));
  }

  static ObjectNode object(Random random, int depth) {
    ObjectNode object = JACKSON.createObjectNode();
    for (int i = random.nextInt(6); i > 0; i--) {
      object.set(string(random), node(random, depth));
    }
    return object;
  }

  private static JsonNode node(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> JACKSON.getNodeFactory().nullNode();
      case 1 -> JACKSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 2 -> JACKSON.getNodeFactory().numberNode(random.nextLong() >> random.nextInt(64));
      case 3 ->
          JACKSON
              .getNodeFactory()
              .numberNode(BigDecimal.valueOf(random.nextLong(), random.nextInt(40) - 20));
      case 7 -> object(random, depth - 1);
      case 8 -> {
        var array = JACKSON.createArrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
          array.add(node(random, depth - 1));
        }
        yield array;
      }
      default -> JACKSON.getNodeFactory().textNode(string(random));
    };
  }

  static String string(Random random) {
    String alphabet = "ab \t\n\r\"\\/<é\u20ac\u0001\u007f\uD83D\uDE00zyxwvutsrqponmlkji";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(24); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString().replaceAll("\uD83D(?!\uDE00)|(?<!\uD83D)\uDE00", "");
  }
}
