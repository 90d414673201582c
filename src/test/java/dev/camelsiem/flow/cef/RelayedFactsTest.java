package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.RawEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the category filter reads in a line that came as CEF. */
class RelayedFactsTest {
  private static final String MAPPINGS = "src/test/resources/conformance/cef-mapping/";

  @TempDir Path folder;

  /** Lines of our own encoder, passed on to a second of our pipelines. */
  @TestFactory
  Stream<DynamicTest> itIsWhatTheEncoderLeftBesideIt() throws IOException {
    return MappedLinesTest.cases(RelayedFactsTest::check);
  }

  private static void check(Path folder) throws IOException {
    List<CefMapping> mappings =
        CefMappings.loadAll(String.join(",", MappedLinesTest.mappings(folder)));
    List<RawEvent> events =
        Files.readAllLines(folder.resolve("events.ndjson")).stream()
            .map(json -> RawEvent.of(json, "test", 1))
            .toList();
    CefOptions options = CefOptions.builder().profile("extended").host("here").build();
    EncodedBatch lines =
        new BatchEncoder(new CefEncoding(mappings, options)).encode(events, refused -> {});
    CefFacts reader = new CefFacts(mappings, null);
    for (int i = 0; i < lines.size(); i++) {
      EventFacts left = lines.facts(i);
      EventFacts read = reader.of(lines.array(), lines.start(i), lines.end(i)).facts();
      assertThat(read).as(lines.get(i)).isNotNull();
      boolean leef = lines.get(i).contains("LEEF:"); // it has no severity 0
      assertThat(read.severity()).isEqualTo(Math.max(left.severity(), leef ? 1 : 0));
      if (ownIds(mappings)) { // its id is not that of the event
        assertThat(read.category()).isNull();
      } else {
        assertThat(read.family()).as(lines.get(i)).isEqualTo(left.family());
        boolean told = mappings.stream().allMatch(RelayedFactsTest::tells);
        assertThat(read.category())
            .as(lines.get(i))
            .isIn(left.category(), told ? left.category() : null);
        assertThat(read.runtimeType()).isEqualTo(left.runtimeType());
      }
    }
  }

  /** Whether each line of a mapping says its category, or has none that only its fields tell. */
  private static boolean tells(CefMapping mapping) {
    return mapping.categorize().isEmpty()
        || mapping.categorize().get(0).when().isEmpty()
        || CategoryNames.of(mapping) != null;
  }

  private static boolean ownIds(List<CefMapping> mappings) {
    return mappings.stream().anyMatch(mapping -> mapping.header().id() != null);
  }

  /** Found by patterns of ids, and by the category's name where fields of the event decide. */
  @Test
  void aLineSaysItsCategoryWhereItsIdDoesNot() {
    assertThat(categories("Door_open|n|5|cat=Doors", "Door_open|n|5|cat=Lifts", "Lift_1|n|5|"))
        .containsExactly("DOORS", "LIFTS", null);
    assertThat(categories("Door_open|n|5|cat=Windows", "Door_open|n|5|", "Other|n|5|cat=Doors"))
        .containsExactly(null, null, null);
    assertThat(categories("FIX-1|n|5|cat=Lifts", "FIX-1|n|5|")).containsExactly("DOORS", "DOORS");
  }

  /** What an event puts under the key itself is its own word, and not what the rules found. */
  @Test
  void aKeyThatAnotherEntryFillsTooSaysNothing() throws IOException {
    for (String entries :
        List.of(
            "{key: cat, field: k}, {key: cat, value: category}",
            "{key: cat, value: category}, {key: cat, field: k}")) {
      CefFacts reader = reader(entries);
      assertThat(facts(reader, "Door_open|n|5|cat=Doors").category()).as(entries).isNull();
    }
    CefFacts reader =
        reader(
            "{key: cat, field: k}, {key: cat, value: category}, {key: cs1, value: category, label: c}");
    assertThat(facts(reader, "Door_open|n|5|cat=Lifts cs1=Doors").category()).isEqualTo("DOORS");
  }

  @Test
  void aNameCountsAsItIsSent() throws IOException {
    CefFacts reader = reader("{key: cat, value: category, limit: 4}");
    assertThat(facts(reader, "Door_open|n|5|cat=Door").category()).isEqualTo("DOORS");
    assertThat(facts(reader, "Door_open|n|5|cat=Doors").category()).isNull();
    CefFacts alike = reader("{key: cat, value: category, limit: 1}", "Lifts", "Lights");
    assertThat(facts(alike, "Door_open|n|5|cat=L").category()).isNull();
    CefFacts odd = reader("{key: cat, value: category}", " a=b\\c \\n", "Lights");
    assertThat(facts(odd, "Door_open|n|5|cat=a\\=b\\\\c \\\\n").category()).isEqualTo("LIFTS");
  }

  @Test
  void aNameCountsAsItIsSentInLeef() throws IOException {
    CefMapping mapping =
        CefMappings.load(mapping("{key: cat, value: category, limit: 5}", "a\tbcdef", "Doors"));
    CefFacts reader = new CefFacts(List.of(mapping), null);
    byte[] line = "LEEF:2.0|v|p|1|Door_open|x09|cat=a bcd".getBytes(StandardCharsets.UTF_8);
    assertThat(reader.of(line, 0, line.length).facts().category()).isEqualTo("LIFTS");
  }

  @Test
  void theSameFactsAreOneObject() {
    CefFacts reader = reader();
    List<EventFacts> facts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      facts.add(facts(reader, "Door_open|n|5|cat=Doors"));
    }
    assertThat(facts.get(0)).isSameAs(facts.get(1));
  }

  @Test
  void theFirstMappingThatIsForAnIdCounts() {
    CefFacts reader =
        new CefFacts(
            CefMappings.loadAll(MAPPINGS + "good-told.yaml," + MAPPINGS + "good-categories.yaml"),
            null);
    assertThat(facts(reader, "DOOR-1|n|3|").category()).isEqualTo("Access");
    assertThat(facts(reader, "FIX-1|n|3|").category()).isEqualTo("DOORS");
    assertThat(facts(reader, "ELSE-1|n|3|").family()).isEmpty();
  }

  /** One that knows every id, but says nothing of a line without its word, hides nobody. */
  @Test
  void theNextMappingIsAskedForALineWithoutAWordOfTheFirst() {
    CefFacts reader =
        new CefFacts(
            CefMappings.loadAll(CefMappings.NORMALIZED + "," + MAPPINGS + "good-categories.yaml"),
            null);
    assertThat(facts(reader, "DOOR-1|n|3|").category()).isEqualTo("Access");
    assertThat(facts(reader, "DOOR-1|n|3|cat=Authentication").category())
        .isEqualTo("AUTHENTICATION");
    assertThat(facts(reader, "ELSE-1|n|3|cat=Access").family()).isEmpty();
  }

  private static List<String> categories(String... lines) {
    CefFacts reader = reader();
    List<String> categories = new ArrayList<>();
    IntStream.range(0, lines.length)
        .forEach(i -> categories.add(facts(reader, lines[i]).category()));
    return categories;
  }

  private CefFacts reader(String entries) throws IOException {
    return reader(entries, "Lifts", "Doors");
  }

  private CefFacts reader(String entries, String lifts, String doors) throws IOException {
    return new CefFacts(CefMappings.loadAll(mapping(entries, lifts, doors)), null);
  }

  /** A file whose categories depend on fields, in LEEF when a name has a tabulator. */
  private String mapping(String entries, String lifts, String doors) throws IOException {
    String text =
        """
        mapping: m
        format: %s
        header: {vendor: v, product: p, version: "1"}
        categories: {LIFTS: {name: '%s'}, DOORS: {name: '%s'}}
        categorize:
          - {category: LIFTS, when: {kind: lift}}
          - {category: DOORS}
        families: {MOVING: {ids: ["Door_*"], name: Moving, severity: 3}}
        extension: [%s]
        """;
    String format = lifts.contains("\t") ? "leef" : "cef";
    Path file = folder.resolve("m.yaml");
    return Files.writeString(file, text.formatted(format, lifts, doors, entries)).toString();
  }

  private static CefFacts reader() {
    return new CefFacts(CefMappings.loadAll(MAPPINGS + "good-told.yaml"), null);
  }

  private static EventFacts facts(CefFacts reader, String rest) {
    byte[] line = ("CEF:0|v|p|1|" + rest).getBytes(StandardCharsets.UTF_8);
    return reader.of(line, 0, line.length).facts();
  }
}
