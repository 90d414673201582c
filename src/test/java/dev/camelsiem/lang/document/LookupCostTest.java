package dev.camelsiem.lang.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.lang.value.XmlNode;
import dev.camelsiem.text.DecodingProblem;
import dev.camelsiem.text.Text;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However often rules look something up: the work grows with the event, not with the product. */
class LookupCostTest {
  private static final int WIDE = 4096;
  private static final int LOOKUPS = 100_000;

  static Stream<Arguments> objects() {
    IntFunction<String> colliding = "the head%06dthe tail"::formatted;
    return Stream.of(
        Arguments.of("plain keys", (IntFunction<String>) i -> "key" + i),
        Arguments.of("keys with one cheap hash", colliding),
        Arguments.of("long keys", (IntFunction<String>) i -> "k".repeat(100) + i + "k".repeat(100)),
        Arguments.of("escaped keys", (IntFunction<String>) i -> "\\u006b" + i + "k".repeat(90)));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void aWideObject(String what, IntFunction<String> key) {
    String body =
        IntStream.range(0, WIDE)
            .mapToObj(i -> "\"" + key.apply(i) + "\":" + i)
            .collect(Collectors.joining(",", "{", "}"));
    Document document = Document.of(Text.of(body));
    MapValue json = Objects.requireNonNull(document.json(), what);
    for (int i = 0; i < LOOKUPS; i++) {
      int number = i % (2 * WIDE);
      Text wanted = Text.of(key.apply(number).replace("\\u006b", "k"));
      assertThat(json.get(wanted)).isEqualTo(number < WIDE ? (Object) (long) number : null);
    }
    assertBounded(document, body);
  }

  @Test
  void theLastOfRepeatedKeysWinsWithAnIndexToo() {
    String body =
        IntStream.range(0, WIDE)
            .mapToObj(i -> "\"k" + i % 7 + "\":" + i)
            .collect(Collectors.joining(",", "{", "}"));
    MapValue json = Objects.requireNonNull(Document.of(Text.of(body)).json());
    for (int i = 0; i < LOOKUPS; i++) {
      assertThat(json.get(Text.of("k" + i % 7)))
          .isEqualTo((long) WIDE - 1 - Math.floorMod(WIDE - 1 - i % 7, 7));
      assertThat(json.get(Text.of("missing"))).isNull();
    }
  }

  @Test
  void namedDataOfAnEventLog() {
    int size = 20_000;
    String body =
        IntStream.range(0, size)
            .mapToObj(i -> "{\"Name\":\"n" + i % (size - 5) + "\",\"text\":\"" + i + "\"}")
            .collect(
                Collectors.joining(
                    ",",
                    "{\"Event\":{\"System\":{\"EventID\":1},\"EventData\":{\"Data\":[",
                    "]}}}"));
    Document document = Document.of(Text.of(body));
    MapValue event = Objects.requireNonNull(document.eventlog());
    MapValue data = (MapValue) Objects.requireNonNull(event.get(Text.of("Data")));
    for (int i = 0; i < LOOKUPS; i++) {
      int number = i % (2 * size);
      Object expected = number < size - 5 ? Text.of(Integer.toString(number)) : null;
      assertThat(data.get(Text.of("n" + number))).isEqualTo(expected);
    }
    assertBounded(document, body);
  }

  /** Of any other class a hash map would compare a key with all those that collide with it. */
  @Test
  void textsAreKeysThatHashMapsKeepInOrderWhenTheyCollide() {
    assertThat(Text.class).isFinal();
    assertThat(Text.class.getGenericInterfaces())
        .extracting(Object::toString)
        .containsExactly("java.lang.Comparable<" + Text.class.getName() + ">");
  }

  @Test
  void anArrayReadToAndFro() {
    int size = 90_000;
    String body =
        IntStream.range(0, size)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "{\"a\":[", "]}"));
    Document document = Document.of(Text.of(body));
    MapValue json = Objects.requireNonNull(document.json());
    ListValue list = (ListValue) Objects.requireNonNull(json.get(Text.of("a")));
    for (int i = 0; i < LOOKUPS; i++) {
      int number = i % 2 == 0 ? size - 1 - i / 2 % size : 0;
      assertThat(list.get(number)).isEqualTo((long) number);
    }
    assertBounded(document, body);
  }

  private static void assertBounded(Document document, String body) {
    assertThat(document.looked()).isLessThan(20L * body.length());
  }

  @Test
  void childrenOfAWideElement() {
    String body =
        IntStream.range(0, 4000)
            .mapToObj(i -> "<c" + i % 1000 + " n=\"" + i + "\"/>")
            .collect(Collectors.joining("", "<r>", "</r>"));
    XmlNode root = Objects.requireNonNull(Document.of(Text.of(body)).xml());
    for (int i = 0; i < 1000; i++) {
      XmlNode child = Objects.requireNonNull(root.child(Text.of("c" + i)));
      for (int n = 0; n < 4; n++) {
        assertThat(number(child.sibling(n))).isEqualTo(i + 1000 * n);
      }
      assertThat(child.sibling(4)).isNull();
    }
    assertThat(root.child(Text.of("c1000"))).isNull();
  }

  private static int number(@Nullable XmlNode node) {
    return Integer.parseInt(String.valueOf(Objects.requireNonNull(node).attribute(Text.of("n"))));
  }

  @Test
  void bodiesOfMoreValuesThanMemoryIsGoodForAreRefused() {
    for (String body :
        List.of(
            "{\"a\":[" + "1,".repeat(400_000) + "1]}",
            "{\"a\":[" + "[],".repeat(300_000) + "1]}",
            "{\"a\":[" + "{\"a\":1},".repeat(100_000) + "1]}")) {
      Document document = Document.of(Text.of(body));
      assertThat(document.json()).isNull();
      assertThat(Objects.requireNonNull(document.problem(DocumentFormat.JSON)).kind())
          .isEqualTo(DecodingProblem.Kind.LIMIT_EXCEEDED);
    }
    String branch = "<b>" + "<c/>".repeat(4000) + "</b>";
    Document document = Document.of(Text.of("<r>" + branch.repeat(60) + "</r>"));
    assertThat(document.xml()).isNull();
    assertThat(Objects.requireNonNull(document.problem(DocumentFormat.XML)).kind())
        .isEqualTo(DecodingProblem.Kind.LIMIT_EXCEEDED);
  }
}
