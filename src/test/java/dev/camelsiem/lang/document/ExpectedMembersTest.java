package dev.camelsiem.lang.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.camelsiem.json.KeyTree;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever rules are expected to ask for: values and problems are those of reading everything. */
class ExpectedMembersTest {
  private static final Text DATA = Text.of("Data");

  private final Document whole = new Document(DocumentLimits.DEFAULT);
  private final Document expecting = new Document(DocumentLimits.DEFAULT);
  private final Document narrow = new Document(new DocumentLimits(1000, 4, 4, 5, 12));
  private final Document narrowExpecting = new Document(new DocumentLimits(1000, 4, 4, 5, 12));

  @Property(tries = 6000)
  void anyObject(@ForAll long seed) {
    Random random = new Random(seed);
    ObjectNode object = object(random, 3);
    assertSame(object, random);
  }

  @Property(tries = 6000)
  void anyWindowsEvent(@ForAll long seed) {
    Random random = new Random(seed);
    ObjectNode root = object(random, 1);
    ObjectNode event = object(random, 1);
    ObjectNode data = object(random, 1);
    data.set("Data", data(random));
    event.set("System", object(random, 2));
    event.set("EventData", data);
    root.set("Event", event);
    assertSame(root, random);
  }

  private static ArrayNode data(Random random) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (int i = random.nextInt(6); i > 0; i--) {
      ObjectNode pair = list.addObject();
      if (random.nextInt(40) == 0) {
        pair.set("nested", object(random, 1));
      }
      pair.put("Name", random.nextInt(9) > 0 ? "n" + random.nextInt(5) : string(random));
      if (random.nextInt(9) > 0) {
        pair.put("text", string(random));
      } else if (random.nextInt(9) == 0) {
        pair.put("text", 7);
      }
      if (random.nextInt(40) == 0) {
        list.add("lone");
      }
    }
    return list;
  }

  /** Mostly with keys that need no escapes. */
  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = JsonDifferentialTest.object(random, depth);
    ObjectNode renamed = object.objectNode();
    object.properties().forEach(member -> renamed.set(key(random), member.getValue()));
    for (int i = depth > 0 ? random.nextInt(3) : 0; i > 0; i--) {
      renamed.set(key(random), object(random, depth - 1));
    }
    return renamed;
  }

  private static String key(Random random) {
    String end =
        random.nextBoolean() ? "" : "_of_a_thing_of_some_kind".substring(random.nextInt(20));
    return random.nextInt(30) == 0 ? string(random) : "k" + random.nextInt(8) + end;
  }

  private static String string(Random random) {
    return JsonDifferentialTest.string(random);
  }

  private void assertSame(ObjectNode object, Random random) {
    String text = object.toString();
    if (random.nextBoolean()) {
      text = text.replace("\":", "\" : ").replace("\",", "\" , ").replace("{", "{ ");
    }
    List<String> keys = new ArrayList<>();
    keys(object, keys);
    if (keys.size() > 1 && random.nextInt(3) == 0) { // repeats keys, of one object perhaps
      String one = new TextNode(keys.get(random.nextInt(keys.size()))).toString();
      String other = new TextNode(keys.get(random.nextInt(keys.size()))).toString();
      text = text.replace(one, other);
    }
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(3) == 0) {
      json = JsonDifferentialTest.mutate(json, random);
    }
    DocumentPaths paths = new DocumentPaths();
    List<Asked> asked = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      DocumentFormat format = random.nextBoolean() ? DocumentFormat.JSON : DocumentFormat.EVENTLOG;
      List<Text> path = path(object, format, random);
      paths.add(format, path.get(0), path.subList(1, path.size()));
      asked.add(new Asked(format, path));
    }
    boolean tight = random.nextInt(4) == 0;
    Document one = tight ? narrow : whole;
    Document other = tight ? narrowExpecting : expecting;
    other.expect(paths.build());
    for (int i = json.length == 0 ? 0 : random.nextInt(4);
        i > 0;
        i--) { // what it has read last is no matter
      byte[] before = JsonDifferentialTest.mutate(json, random);
      other.load(before, 0, before.length).json();
    }
    for (DocumentFormat format : List.of(DocumentFormat.JSON, DocumentFormat.EVENTLOG)) {
      one.load(json, 0, json.length);
      other.load(json, 0, json.length);
      String shown = new String(json, StandardCharsets.UTF_8);
      MapValue expected = one.variables(format);
      MapValue actual = other.variables(format);
      if (expected != null) {
        asked.stream()
            .filter(each -> each.format == format)
            .forEach(each -> same(each, expected, other, random, shown));
      }
      same(expected, actual, random, shown);
      assertThat(other.problem(format)).as(shown).isEqualTo(one.problem(format));
    }
  }

  /** A path that was expected, of the variables of a format. */
  private record Asked(DocumentFormat format, List<Text> path) {}

  /** Asks for what stands at a path without a look at the variables. */
  private static void same(
      Asked asked, MapValue expected, Document actual, Random random, String shown) {
    List<Text> keys = asked.path.subList(1, asked.path.size());
    Object found = actual.at(new EventPath(asked.format, asked.path.get(0), keys));
    Object wanted = expected;
    for (Text key : asked.path) {
      wanted = wanted instanceof MapValue map ? map.get(key) : null;
    }
    if (found != Document.UNKNOWN) {
      same(wanted, found, random, shown + asked);
    }
  }

  private static void keys(JsonNode node, List<String> keys) {
    node.fieldNames().forEachRemaining(keys::add);
    node.forEach(child -> keys(child, keys));
  }

  /** Mostly one that leads somewhere. */
  private static List<Text> path(ObjectNode object, DocumentFormat format, Random random) {
    List<Text> path = new ArrayList<>();
    JsonNode at = object;
    if (format == DocumentFormat.EVENTLOG) {
      at = object.at(List.of("/Event/System", "/Event", "/Event/EventData").get(random.nextInt(3)));
      if (random.nextBoolean()) {
        return List.of(Text.of("Data"), Text.of("n" + random.nextInt(5)));
      }
    }
    do {
      List<Map.Entry<String, JsonNode>> members = new ArrayList<>(at.properties());
      if (members.isEmpty() || random.nextInt(5) == 0) {
        path.add(Text.of(string(random)));
        break;
      }
      Map.Entry<String, JsonNode> member = members.get(random.nextInt(members.size()));
      path.add(Text.of(member.getKey()));
      at = member.getValue();
    } while (at.isObject() && random.nextInt(3) > 0);
    return path;
  }

  /** Asks for members, for all of them and for the size, in any order. */
  private static void same(
      @Nullable Object expected, @Nullable Object actual, Random random, String shown) {
    if (expected instanceof MapValue map) {
      assertThat(actual).as(shown).isInstanceOf(MapValue.class);
      MapValue other = (MapValue) actual;
      List<Text> keys = new ArrayList<>(List.of(Text.of("n1"), Text.of("Name"), Text.of("Data")));
      map.forEach((key, value) -> keys.add(key));
      for (int i = random.nextInt(keys.size()); i > 0; i--) {
        Text key = keys.get(random.nextInt(keys.size()));
        same(map.get(key), other.get(key), random, shown);
      }
      if (random.nextBoolean()) {
        assertThat(other.size()).as(shown).isEqualTo(map.size());
      }
      List<Map.Entry<Text, @Nullable Object>> entries = entries(map);
      List<Map.Entry<Text, @Nullable Object>> others = entries(other);
      assertThat(others).as(shown).hasSameSizeAs(entries);
      for (int i = 0; i < entries.size(); i++) {
        assertThat(others.get(i).getKey()).as(shown).isEqualTo(entries.get(i).getKey());
        same(entries.get(i).getValue(), others.get(i).getValue(), random, shown);
      }
    } else if (expected instanceof ListValue list) {
      assertThat(actual).as(shown).isInstanceOf(ListValue.class);
      ListValue other = (ListValue) actual;
      assertThat(other.size()).as(shown).isEqualTo(list.size());
      for (int i = 0; i < list.size(); i++) {
        same(list.get(i), other.get(i), random, shown);
      }
    } else {
      assertThat(actual).as(shown).isEqualTo(expected);
    }
  }

  private static List<Map.Entry<Text, @Nullable Object>> entries(MapValue map) {
    List<Map.Entry<Text, @Nullable Object>> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(new AbstractMap.SimpleEntry<>(key, value)));
    return entries;
  }

  @Test
  void aRepeatedKeyIsTheLastOneThoughTheFirstWasExpected() {
    DocumentPaths paths = new DocumentPaths();
    paths.add(DocumentFormat.JSON, Text.of("a"), List.of(Text.of("x")));
    expecting.expect(paths.build());
    byte[] json = "{\"a\":{\"x\":1},\"a\":{\"y\":2}}".getBytes(StandardCharsets.UTF_8);
    MapValue a = (MapValue) expecting.load(json, 0, json.length).json().get(Text.of("a"));
    assertThat(a.get(Text.of("x"))).isNull();
    assertThat(a.get(Text.of("y"))).isEqualTo(2L);
  }

  @Test
  void ofRepeatedNamesTheFirstCounts() {
    DocumentPaths paths = new DocumentPaths();
    paths.add(DocumentFormat.EVENTLOG, Text.of("Data"), List.of(Text.of("n")));
    paths.add(DocumentFormat.EVENTLOG, Text.of("Data"), List.of(Text.of("none")));
    expecting.expect(paths.build());
    byte[] json =
        ("{\"Event\":{\"EventData\":{\"Data\":[{\"Name\":\"none\"},{\"Name\":\"n\",\"text\":\" 1\"},"
                + "{\"Name\":\"n\",\"text\":\"2\"},{\"Name\":\"none\",\"text\":\"3\"}]}}}")
            .getBytes(StandardCharsets.UTF_8);
    MapValue data = (MapValue) expecting.load(json, 0, json.length).eventlog().get(Text.of("Data"));
    assertThat(data.get(Text.of("n"))).isEqualTo(Text.of("1"));
    assertThat(data.get(Text.of("none"))).isNull();
    assertThat(data.get(Text.of("unheard"))).isNull();
    assertThat(data.size()).isEqualTo(4);
  }

  @Test
  void blanksAroundANameAreNoneOfIt() {
    for (String name : List.of("n ", " n", "n")) {
      Document document = expectingData("n");
      byte[] json = event("{\"Name\":\"" + name + "\",\"text\":\"1\"}");
      MapValue data = (MapValue) document.load(json, 0, json.length).eventlog().get(DATA);
      assertThat(data.get(Text.of("n"))).as(name).isEqualTo(Text.of("1"));
    }
  }

  @Test
  void limitsHoldForNamedTextsAsForAllElse() {
    byte[] json = event("{\"Name\":\"n\",\"text\":\"1\"},{\"Name\":\"m\"},{\"Name\":\"n\"}");
    for (int limit = 1; limit < 16; limit++) {
      for (DocumentLimits limits :
          List.of(
              new DocumentLimits(1000, limit, 4, 5, 100),
              new DocumentLimits(1000, 9, limit, 5, 100),
              new DocumentLimits(1000, 9, 4, 5, limit))) {
        Document plain = new Document(limits);
        Document document = new Document(limits);
        document.expect(dataPaths("n"));
        assertThat(document.load(json, 0, json.length).eventlog() == null)
            .as("%s", limits)
            .isEqualTo(plain.load(json, 0, json.length).eventlog() == null);
        assertThat(document.problem(DocumentFormat.JSON))
            .as("%s", limits)
            .isEqualTo(plain.problem(DocumentFormat.JSON));
      }
    }
  }

  @Test
  void nullHidesNothingThatStandsFurtherOutside() {
    DocumentPaths paths = new DocumentPaths();
    paths.add(DocumentFormat.EVENTLOG, Text.of("host"), List.of());
    expecting.expect(paths.build());
    byte[] json =
        "{\"Event\":{\"System\":{\"host\":null},\"host\":\"h\"}}".getBytes(StandardCharsets.UTF_8);
    assertThat(expecting.load(json, 0, json.length).eventlog()).isNotNull();
    EventPath path = new EventPath(DocumentFormat.EVENTLOG, Text.of("host"), List.of());
    assertThat(expecting.at(path)).isEqualTo(Text.of("h"));
  }

  @Test
  void dataOfAnotherShapeAreNotFoundByTheirPlace() {
    Document document = expectingData("n");
    byte[] json = event("{\"n\":\"1\",\"Name\":\"n\"}");
    MapValue data = (MapValue) document.load(json, 0, json.length).eventlog().get(DATA);
    Object found = document.at(new EventPath(DocumentFormat.EVENTLOG, DATA, List.of(Text.of("n"))));
    assertThat(found).isEqualTo(Document.UNKNOWN);
    assertThat(data.get(Text.of("n"))).isNull();
  }

  private Document expectingData(String name) {
    expecting.expect(dataPaths(name));
    return expecting;
  }

  private static KeyTree dataPaths(String name) {
    DocumentPaths paths = new DocumentPaths();
    paths.add(DocumentFormat.EVENTLOG, DATA, List.of(Text.of(name)));
    return paths.build();
  }

  private static byte[] event(String data) {
    return ("{\"Event\":{\"EventData\":{\"Data\":[" + data + "]}}}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
