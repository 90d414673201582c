package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.cef.mapping.LineFormat;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder holds a mapping, events and what comes of them: the facts that the category filter
 * reads, the line, and what a reader finds in it, or why the event was refused.
 */
class MappedLinesTest {
  private static final Path CASES = Path.of("src/test/resources/conformance/cef-mapped");
  private static final long ARRIVED = 1_770_000_000_000L;

  /** Does something with each case, which has mappings, events and their lines. */
  interface Check {
    void check(Path folder) throws IOException;
  }

  static Stream<DynamicTest> cases(Check check) throws IOException {
    try (Stream<Path> all = Files.list(CASES)) {
      return all.sorted().toList().stream()
          .map(
              folder ->
                  DynamicTest.dynamicTest(
                      folder.getFileName().toString(), () -> check.check(folder)));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyEventGivesItsLine() throws IOException {
    return cases(MappedLinesTest::check);
  }

  private static void check(Path folder) throws IOException {
    List<CefMapping> mappings = CefMappings.loadAll(String.join(",", mappings(folder)));
    CefOptions.Builder options = CefOptions.builder();
    if (mappings.get(0).syslog().host() == null) {
      options.host("here");
    }
    CefEncoding encoding = new CefEncoding(mappings, options.build());
    StringBuilder found = new StringBuilder();
    for (String json : Files.readAllLines(folder.resolve("events.ndjson"))) {
      found.append(line(encoding, json)).append('\n');
    }
    Path expected = folder.resolve("expected.txt");
    if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
      Files.writeString(expected, found);
    }
    assertThat(found.toString()).isEqualTo(Files.readString(expected));
  }

  /** {@code mapping*.yaml}, in the order of the names. */
  static List<String> mappings(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(Path::toString).filter(name -> name.endsWith(".yaml")).sorted().toList();
    }
  }

  private static String line(CefEncoding encoding, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    SecurityEvent event = encoding.newEvent();
    assertThat(encoding.newReader().read(bytes, 0, bytes.length, event)).isNull();
    EncodedBatch.Builder batch = new EncodedBatch.Builder(64);
    Refusal refusal = encoding.newEncoder().encode(event, ARRIVED, null, batch);
    if (refusal != null) {
      return refusal.toString();
    }
    EncodedBatch made = batch.build();
    String line =
        new String(
            made.array(), made.start(0), made.end(0) - made.start(0), StandardCharsets.UTF_8);
    EventFacts facts = made.facts(0);
    return "%s %s %d | %s%n  %s"
        .formatted(
            facts.family(), facts.category(), facts.severity(), line, parts(encoding, made, line));
  }

  /** What a reader finds in the line: ours of CEF, or the plainest of LEEF. */
  private static Object parts(CefEncoding encoding, EncodedBatch made, String line) {
    if (encoding.mappings().get(0).format() == LineFormat.LEEF) {
      return LeefParts.of(line);
    }
    CefReader.Reading read = new CefReader().read(made.array(), made.start(0), made.end(0));
    assertThat(read.refusal()).as(line).isNull();
    return Objects.requireNonNull(read.message());
  }
}
