package dev.camelsiem.edge.camel.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kamelet siem-deadletter-sink, on real files. */
@Tag("camel")
class DeadLetterSinkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final DefaultCamelContext context = new DefaultCamelContext();

  @BeforeEach
  void quiet() {
    context.getShutdownStrategy().setTimeout(5);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void keepsEveryFieldOfALetter() throws Exception {
    Path file = folder.resolve("private/letters.ndjson");
    start("kamelet:siem-deadletter-sink?path=" + file);
    byte[] bytes = "xxhello \u00e9\u2028|\"\n\u0001yy".getBytes(StandardCharsets.UTF_8);
    RawEvent text =
        new RawEvent(bytes, 2, bytes.length - 2, "/var/log/a.log", 4711, 1_000, 0xabcL, 2);
    RawEvent binary =
        new RawEvent(new byte[] {'a', (byte) 0xff, 0}, 0, 3, "tcp://192.0.2.1:1", -1, 0);

    context
        .createProducerTemplate()
        .sendBody(
            "direct:in",
            List.of(
                new DeadLetter(text, StopReason.MALFORMED, "not JSON", "cef"),
                new DeadLetter(binary, StopReason.INVALID_ENCODING, "not UTF-8", "http")));

    List<JsonNode> letters = read(file);
    assertThat(letters).hasSize(2);
    JsonNode first = letters.get(0);
    assertThat(first.path("id").asText()).isEqualTo("0000000000000abc-1267.2");
    assertThat(first.path("reason").asText()).isEqualTo("malformed");
    assertThat(first.path("detail").asText()).isEqualTo("not JSON");
    assertThat(first.path("stage").asText()).isEqualTo("cef");
    assertThat(first.path("origin").asText()).isEqualTo("/var/log/a.log");
    assertThat(first.path("position").asLong()).isEqualTo(4711);
    assertThat(first.path("receivedAt").asText()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(first.path("raw").asText()).isEqualTo("hello \u00e9\u2028|\"\n\u0001");
    assertThat(first.path("time").asText()).endsWith("Z");
    assertThat(Base64.getDecoder().decode(letters.get(1).path("rawBase64").asText()))
        .containsExactly('a', 0xff, 0);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  /** Else all that fail behind a step would share what one origin may add. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "log:off?level=OFF",
        "kamelet:siem-cef-action?input=cef",
        "kamelet:siem-category-filter-action?unknown=pass",
        "kamelet:siem-category-filter-action",
        "kamelet:xp-normalize-action?rules=rules&unmatched=pass",
        "kamelet:siem-syslog-sink?host=127.0.0.1&port=1"
      })
  void eachLetterNamesTheOriginOfItsEventBehindAnyStep(String step) throws Exception {
    Path file = folder.resolve("letters.ndjson");
    String letters = "kamelet:siem-deadletter-sink?path=" + file;
    String rest = step.indexOf('?') < 0 ? "?" : "&";
    boolean tells = step.contains("action");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(deadLetterChannel(letters));
            from("direct:in")
                .to(step + (tells ? rest + "deadLetters=RAW(" + letters + ")" : ""))
                .throwException(new IllegalStateException("SIEM is down"));
          }
        });
    context.start();
    byte[] cef = "CEF:0|v|p|1|ADM-001|n|3|outcome=Success".getBytes(StandardCharsets.UTF_8);
    byte[] text = "no CEF".getBytes(StandardCharsets.UTF_8);
    List<String> origins = List.of("/var/log/a.log", "tcp://192.0.2.1:1", "kafka:topic-0");
    List<RawEvent> events = new ArrayList<>();
    for (String origin : origins) {
      events.add(new RawEvent(cef, 0, cef.length, origin, 1, 0));
      events.add(new RawEvent(text, 0, text.length, origin, 2, 0));
    }

    context.createProducerTemplate().sendBody("direct:in", events);

    assertThat(read(file))
        .extracting(letter -> letter.path("origin").asText())
        .hasSize(6)
        .hasSameElementsAs(origins);
  }

  @Test
  void servesCamelsDeadLetterChannel() throws Exception {
    Path file = folder.resolve("letters.ndjson");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(deadLetterChannel("kamelet:siem-deadletter-sink?path=" + file));
            from("direct:in")
                .routeId("to-siem")
                .process(
                    exchange -> {
                      throw new IllegalStateException("SIEM is down\nsecond line");
                    });
          }
        });
    context.start();

    context.createProducerTemplate().sendBody("direct:in", "event one\nevent two\n");
    context.createProducerTemplate().sendBody("direct:in", new Object[] {1, "no events"}.length);
    context.createProducerTemplate().sendBody("direct:in", null);

    List<JsonNode> letters = read(file);
    assertThat(letters)
        .extracting(letter -> letter.path("raw").asText())
        .containsExactly("event one", "event two", "2", "");
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.path("reason").asText()).isEqualTo("undeliverable");
              assertThat(letter.path("stage").asText()).isEqualTo("to-siem");
              assertThat(letter.path("detail").asText())
                  .isEqualTo("java.lang.IllegalStateException: SIEM is down");
            });
  }

  @Test
  void severalStepsShareOneFile() throws Exception {
    Path file = folder.resolve("letters.ndjson");
    context.start();
    Exchange exchange = context.getEndpoint("direct:any").createExchange();
    String uri = "kamelet:siem-deadletter-sink?path=" + file;

    new DeadLetters(uri).send(exchange, letters("a", 10));
    new DeadLetters(uri + "&whenFull=dropOldest").send(exchange, letters("b", 10));

    assertThat(read(file)).hasSize(20);
  }

  @Test
  void refusesWhenAllFilesTogetherAreFull() throws Exception {
    Path file = folder.resolve("letters.ndjson");
    start(
        "kamelet:siem-deadletter-sink?whenFull=refuse&maxBytes=4000&segmentBytes=1000&path="
            + file);

    int accepted = 0;
    Exchange last = send(letters("first batch", 2));
    while (!last.isFailed() && accepted < 50) {
      accepted += 2;
      last = send(letters("batch " + accepted, 2));
    }

    assertThat(last.getException()).hasMessageContaining("dead letters are full");
    assertThat(accepted).isBetween(10, 40);
    assertThat(everything()).hasSize(accepted);
    assertThat(bytesOfAll()).isLessThanOrEqualTo(4000);

    Files.delete(folder.resolve("letters.1.ndjson"));
    assertThat(send(letters("after", 1)).isFailed()).isFalse();
  }

  @Test
  void dropsTheOldestWhenToldSo() throws Exception {
    Path file = folder.resolve("letters.ndjson");
    start(
        "kamelet:siem-deadletter-sink?maxBytes=4000&segmentBytes=1000&originBytes=100000&path="
            + file);

    for (int i = 0; i < 50; i++) {
      assertThat(send(letters("batch " + i, 1)).isFailed()).isFalse();
    }

    List<JsonNode> kept = everything();
    assertThat(kept).hasSizeBetween(10, 30);
    assertThat(kept.get(kept.size() - 1).path("raw").asText()).isEqualTo("batch 49 0");
    assertThat(bytesOfAll()).isLessThanOrEqualTo(4000);
  }

  /** A disk that goes away for a while, at the worst moment: when a file is full. */
  @Test
  void goesOnOnceTheFolderIsBack() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path file = own.resolve("letters.ndjson");
    start(
        "kamelet:siem-deadletter-sink?maxBytes=4000&segmentBytes=100&originBytes=4000&path="
            + file);
    assertThat(send(letters("before", 2)).isFailed()).isFalse();

    Path away = Files.move(own, folder.resolve("away"));
    Files.writeString(own, "no folder");
    assertThat(send(letters("meanwhile", 1)).isFailed()).isTrue();
    assertThat(send(letters("meanwhile", 1)).isFailed()).isTrue();
    Files.delete(own);
    Files.move(away, own);

    assertThat(send(letters("after", 1)).getException()).isNull();
    assertThat(read(file))
        .extracting(letter -> letter.path("raw").asText())
        .containsExactly("before 0", "before 1", "after 0");
    assertThat(send(letters("later", 1)).getException()).isNull();
    assertThat(read(own.resolve("letters.1.ndjson"))).hasSize(3);
  }

  @Test
  void goesOnWhenSomebodyTookTheFileOrTheNextNumber() throws Exception {
    Path file = folder.resolve("letters.ndjson");
    start(
        "kamelet:siem-deadletter-sink?maxBytes=4000&segmentBytes=100&originBytes=4000&path="
            + file);
    assertThat(send(letters("one", 1)).isFailed()).isFalse();
    Files.writeString(folder.resolve("letters.1.ndjson"), "{\"raw\":\"not ours\"}\n");
    assertThat(send(letters("two", 1)).getException()).isNull();
    Files.delete(file);
    assertThat(send(letters("three", 1)).getException()).isNull();

    assertThat(read(folder.resolve("letters.2.ndjson"))).hasSize(1);
    assertThat(read(file))
        .extracting(letter -> letter.path("raw").asText())
        .containsExactly("three 0");
  }

  @Test
  void cutsOffWhatACrashLeftUnfinished() throws Exception {
    Path file = folder.resolve("letters.ndjson");
    Files.writeString(file, "{\"raw\":\"whole\"}\n{\"raw\":\"torn");
    start("kamelet:siem-deadletter-sink?path=" + file);

    send(letters("next", 1));

    assertThat(read(file))
        .extracting(letter -> letter.path("raw").asText())
        .containsExactly("whole", "next 0");
  }

  @Test
  void refusesToStartWhereItCannotWrite() throws Exception {
    Path notAFolder = Files.writeString(folder.resolve("plain"), "file");
    assertThatThrownBy(() -> start("kamelet:siem-deadletter-sink?path=" + notAFolder + "/x"))
        .hasStackTraceContaining("dead letters can't be written to " + notAFolder);
  }

  @Test
  void refusesASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
    assertThatThrownBy(() -> start("kamelet:siem-deadletter-sink?path=" + link))
        .hasStackTraceContaining("dead letters can't be written");
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  private void start(String uri) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:in").to(uri);
          }
        });
    context.start();
  }

  private Exchange send(List<DeadLetter> letters) {
    return context
        .createProducerTemplate()
        .send("direct:in", exchange -> exchange.getMessage().setBody(letters));
  }

  private static List<DeadLetter> letters(String text, int count) {
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RawEvent event = RawEvent.of(text + " " + i, "test", i);
      letters.add(new DeadLetter(event, StopReason.MALFORMED, "bad", "test"));
    }
    return letters;
  }

  private List<JsonNode> everything() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (int i = 1; i < 100; i++) {
      Path numbered = folder.resolve("letters." + i + ".ndjson");
      if (Files.exists(numbered)) {
        all.addAll(read(numbered));
      }
    }
    all.addAll(read(folder.resolve("letters.ndjson")));
    return all;
  }

  private long bytesOfAll() throws IOException {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> letters = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      letters.add(JSON.readTree(line));
    }
    return letters;
  }
}
