package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.camelsiem.flow.event.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Lines of real senders: a file of lines, each with the JSON that {@code cef decode} must print.
 * {@code -Dgolden.update=true} rewrites the expectations.
 */
class CefReaderTest {
  private static final Path CASES = Path.of("src/test/resources/conformance/cef-lines/lines.txt");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CefReader reader = new CefReader();

  @TestFactory
  Stream<DynamicTest> readsEveryLine() throws IOException {
    List<String> file = Files.readAllLines(CASES);
    if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
      for (int i = 0; i + 1 < file.size(); i++) {
        if (file.get(i).startsWith("in:  ")) {
          file.set(i + 1, "out: " + decode(file.get(i).substring(5)));
        }
      }
      Files.write(CASES, file);
    }
    return Stream.iterate(0, i -> i + 1)
        .limit(file.size())
        .filter(i -> file.get(i).startsWith("in:  "))
        .map(
            i ->
                DynamicTest.dynamicTest(
                    (i + 1) + " " + file.get(Math.max(0, i - 1)),
                    () ->
                        assertThat(decode(file.get(i).substring(5)))
                            .isEqualTo(file.get(i + 1).substring(5))));
  }

  private String decode(String written) throws IOException {
    String line = JSON.readValue('"' + written.replace("\"", "\\\"") + '"', String.class);
    CefReader.Reading reading = reader.read(line);
    if (reading.refusal() != null) {
      return reading.refusal().reason().code() + ": " + reading.refusal().detail();
    }
    JsonNode json = JSON.valueToTree(Objects.requireNonNull(reading.message()).toMap());
    ((ObjectNode) json).remove(List.of("version", "vendor", "product", "deviceVersion"));
    return JSON.writeValueAsString(json);
  }

  @Property(tries = 3000, seed = "4001")
  void neverThrows(@ForAll String noise, @ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder line =
        new StringBuilder("<13>Feb 18 10:07:28 h CEF:0|a|b|c|d|e|5|k=v cs1=x=y act =\\");
    String[] tricks = {"|", "\\", "=", " ", "CEF:", "<", ">", ":", "-", "\n", "1", noise};
    for (int i = 0; i < 12; i++) {
      int at = random.nextInt(line.length() + 1);
      if (random.nextBoolean()) {
        line.insert(at, tricks[random.nextInt(tricks.length)]);
      } else {
        line.delete(at, Math.min(line.length(), at + random.nextInt(9)));
      }
    }
    for (String text : List.of(line.toString(), noise, line.substring(0, line.length() / 2))) {
      CefReader.Reading reading = reader.read(text);
      assertThat(reading.message() == null).isEqualTo(reading.refusal() != null);
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      CefFacts.Result facts =
          new CefFacts(List.of(Events.MAPPING), "cs1").of(bytes, 0, bytes.length);
      assertThat(facts.facts() == null).isEqualTo(facts.refusal() != null);
    }
  }

  @Test
  void refusesALineWithoutEnd() {
    String line = "CEF:0|a|b|c|d|e|5|msg=" + "x".repeat(CefReader.LONGEST_LINE);
    assertThat(Objects.requireNonNull(reader.read(line).refusal()).reason())
        .isEqualTo(StopReason.TOO_LARGE);
  }

  @Test
  void saysThatBytesWereNotUtf8() {
    byte[] bytes = "CEF:0|a|b|c|d|e|5|msg=x".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    bytes[bytes.length - 1] = (byte) 0xE9;
    CefMessage message = Objects.requireNonNull(reader.read(bytes, 0, bytes.length).message());
    assertThat(message.warnings()).containsExactly("not valid UTF-8");
    assertThat(message.extensions()).containsEntry("msg", "\uFFFD");
  }

  @Test
  void isLinearInTheLengthOfALine() {
    String line = "CEF:0|a|b|c|d|e|5|" + "a =".repeat(300_000);
    long start = System.nanoTime();
    assertThat(reader.read(line).message()).isNotNull();
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }
}
