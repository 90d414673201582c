package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.letters.Letter;
import dev.camelsiem.letters.LetterFolder;
import dev.camelsiem.letters.LetterLimits;
import dev.camelsiem.letters.LetterStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code siem dlq} on what a real route could not map, before and after the mapping was mended. */
@Tag("camel")
class DlqCommandTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int FAILURES = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private DefaultCamelContext context = new DefaultCamelContext();
  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private String out = "";

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void aHundredMixedFailuresComeBackWhenTheMappingIsMended() throws Exception {
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(mapping, shipped());
    Path input = Files.createFile(folder.resolve("events.log"));
    start(mapping, input);
    for (int i = 0; i < FAILURES; i++) {
      Files.writeString(input, event(i) + "\n", StandardOpenOption.APPEND);
    }
    await().atMost(LONG).until(() -> letters().size() == FAILURES);
    assertThat(delivered).isEmpty();
    List<String> all = ids(letters());
    assertThat(all).doesNotHaveDuplicates();
    List<String> unknown =
        letters().stream()
            .filter(letter -> letter.reason().equals("unknown_family"))
            .map(letter -> letter.event().id().toString())
            .toList();
    assertThat(unknown).hasSize(60);

    listed();
    shown();

    context.stop();
    Files.writeString(
        mapping,
        shipped()
            .replace(
                "families:\n",
                "families:\n  XYZ:  {name: Gate, category: API, outcome: status, severity: {success: 3, error: 8}}\n"));
    context = new DefaultCamelContext();
    start(mapping, input);

    // what the mapping was to blame for goes out, the rest fails again
    assertThat(dlq("replay", "--all", "--wait")).isEqualTo(ExitCode.FINDINGS);
    assertThat(out).contains("100 events replayed, 40 of them became dead letters again");
    assertThat(delivered).containsExactlyInAnyOrderElementsOf(unknown);
    List<Letter> open = letters().subList(FAILURES, letters().size());
    assertThat(open).hasSize(40).allMatch(letter -> letter.attempts() == 2);
    assertThat(Stream.concat(delivered.stream(), ids(open).stream()))
        .containsExactlyInAnyOrderElementsOf(all);

    // the same replay again sends nothing that was delivered
    assertThat(dlq("replay", "--reason", "unknown_family", "--wait")).isEqualTo(ExitCode.CLEAN);
    assertThat(out).contains("0 events replayed").contains("60 had been replayed before");
    assertThat(dlq("replay", "--all", "--wait")).isEqualTo(ExitCode.FINDINGS);
    assertThat(delivered).hasSize(60);

    // unless told so
    assertThat(dlq("replay", "--reason", "unknown_family", "--again", "--wait"))
        .isEqualTo(ExitCode.CLEAN);
    assertThat(delivered).hasSize(120);
    assertThat(delivered.subList(60, 120)).containsExactlyInAnyOrderElementsOf(unknown);

    assertThat(dlq("purge", "--state", "replayed", "--yes")).isEqualTo(ExitCode.CLEAN);
    assertThat(letters())
        .hasSize(40)
        .allMatch(letter -> letter.attempts() == 3)
        .noneMatch(letter -> letter.reason().equals("unknown_family"));
    assertThat(dlq("purge", "--state", "replayed", "--yes")).isEqualTo(ExitCode.CLEAN);
    assertThat(out).contains("no dead letters fit");
  }

  private void listed() throws IOException {
    assertThat(dlq("list", "--limit", "5")).isEqualTo(ExitCode.CLEAN);
    assertThat(out)
        .doesNotContain("\u001b")
        .containsPattern("unknown_family +60 +60 +60 +0 ")
        .containsPattern("malformed +20 +20 +20 +0 ")
        .containsPattern("missing_id +20 +20 +20 +0 ")
        .containsPattern("all +100 +100 +100 +0 ");
    assertThat(listed("--reason", "malformed")).hasSize(20);
    assertThat(listed("--reason", "malformed", "--text", "bad 3\u001b")).hasSize(1);
    assertThat(listed("--stage", "cef", "--since", "1h", "--origin", folder.toString()))
        .hasSize(FAILURES);
    assertThat(listed("--until", "1h")).isEmpty();
    assertThat(listed("--origin", "/nowhere")).isEmpty();
    assertThat(listed("--state", "replayed")).isEmpty();
    assertThat(listed("--id", letters().get(3).name() + "," + letters().get(7).event().id()))
        .extracting(letter -> letter.path("n").asLong())
        .containsExactly(letters().get(3).number(), letters().get(7).number());
    assertThat(listed("--state", "open"))
        .extracting(letter -> letter.path("id").asText())
        .isEqualTo(ids(letters()));
  }

  private void shown() throws IOException {
    Letter malformed =
        letters().stream().filter(each -> each.reason().equals("malformed")).findFirst().get();
    assertThat(dlq("show", malformed.name())).isEqualTo(ExitCode.CLEAN);
    assertThat(out)
        .doesNotContain("\u001b")
        .contains("\\x1b[31m")
        .containsPattern("event id +" + malformed.event().id())
        .containsPattern("replay +possible");
    assertThat(dlq("show", malformed.name(), "--json")).isEqualTo(ExitCode.CLEAN);
    assertThat(out).doesNotContain("\u001b");
    assertThat(JSON.readTree(out).path("raw").asText()).isEqualTo(malformed.event().toString());
    assertThat(dlq("show", "4711")).isEqualTo(ExitCode.FINDINGS);
  }

  /** What can be read is listed, shown, asked for and purged; the rest is named. */
  @Test
  void oneThatCannotBeReadIsNamedAndTheRestIsServed() throws Exception {
    String line =
        "{\"n\":%d,\"time\":\"2026-11-22T10:15:30Z\",\"id\":\"3fa9c1d27b8e4410-%d\",\"reason\":\"malformed\","
            + "\"receivedAt\":\"2026-11-22T10:15:30Z\",\"origin\":\"/a\",\"raw\":\"x\"}\n";
    Files.writeString(path(), line.formatted(8, 8) + "{\"n\":9,\"ti\n" + line.formatted(10, 10));
    Path full = folder.resolve("letters.3.ndjson");
    Files.createDirectories(full.resolve("not empty"));
    Files.createDirectories(folder.resolve("letters.ndjson.sums"));
    Files.createDirectories(folder.resolve("letters.ndjson.replayed"));

    assertThat(dlq("list")).isEqualTo(ExitCode.FINDINGS);
    assertThat(out)
        .containsPattern("malformed +2 +2 +2 +0 ")
        .contains(full + ":1: cannot be read", path() + ":2: no dead letter")
        .contains("letters.ndjson.sums:1: cannot be read", "letters.ndjson.replayed:1: cannot");
    assertThat(dlq("list", "--json")).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.lines().filter(text -> text.startsWith("{"))).hasSize(2);
    assertThat(dlq("show", "10")).isEqualTo(ExitCode.FINDINGS);
    assertThat(out).contains("3fa9c1d27b8e4410-10", full + ":1: cannot be read");
    assertThat(dlq("replay", "--all")).isEqualTo(ExitCode.FINDINGS);
    assertThat(out).contains("asked for 2 letters", path() + ":2: no dead letter");

    Files.delete(folder.resolve("letters.ndjson.replayed"));
    assertThat(dlq("purge", "--id", "8", "--yes")).isEqualTo(ExitCode.FINDINGS);
    assertThat(out).contains("1 dead letters removed", full + ":1: cannot be read");
    assertThat(letters()).extracting(Letter::number).containsExactly(10L);
  }

  private List<JsonNode> listed(String... filters) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--json", "--limit", "0"));
    arguments.addAll(List.of(filters));
    assertThat(dlq("list", arguments.toArray(String[]::new))).isEqualTo(ExitCode.CLEAN);
    List<JsonNode> letters = new ArrayList<>();
    for (String line : out.lines().toList()) {
      letters.add(JSON.readTree(line));
    }
    return letters;
  }

  private static String event(int i) {
    return switch (i % 5) {
      case 3 -> "{\"id\":bad " + i + "\u001b[31m";
      case 4 -> "{\"status\":\"Success\",\"user\":\"" + i + "\"}";
      default -> "{\"id\":\"XYZ-001\",\"status\":\"Success\",\"user\":\"" + i + "\"}";
    };
  }

  /** As docs/dead-letters.md says: its file is deleted while it waits. */
  @Test
  void whoWaitsForARequestHearsThatItWasCancelled() throws Exception {
    RawEvent event = RawEvent.of("x", "/a", 1);
    DeadLetter dead = new DeadLetter(event, StopReason.MALFORMED, "bad", "cef");
    LetterLimits limits =
        new LetterLimits(
            1 << 20,
            1 << 20,
            LetterLimits.WhenFull.dropOldest,
            0,
            Duration.ofDays(1),
            Duration.ofDays(1));
    try (LetterStore store = new LetterStore(path(), limits)) { // and no desk
      store.append(List.of(dead), null);
      Path requests = folder.resolve("letters.ndjson.requests");
      for (String command : List.of("replay --all --wait", "purge --all --yes")) {
        Thread canceller =
            new Thread(
                () -> await().atMost(LONG).until(() -> Files.exists(requests) && cancel(requests)));
        canceller.start();
        String[] words = command.split(" ", 2);
        assertThat(dlq(words[0], words[1].split(" "))).isEqualTo(ExitCode.FINDINGS);
        canceller.join();
        assertThat(out).contains("cancelled").doesNotContain("wait still", "within");
      }
    }
  }

  private static boolean cancel(Path requests) throws IOException {
    try (Stream<Path> files = Files.list(requests)) {
      List<Path> asked = files.filter(file -> file.toString().endsWith(".request")).toList();
      for (Path file : asked) {
        Files.delete(file);
      }
      return !asked.isEmpty();
    }
  }

  private void start(Path mapping, Path input) throws Exception {
    context.getShutdownStrategy().setTimeout(5);
    Path letters = path();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("kamelet:siem-file-source?paths="
                    + input
                    + "&checkpoint="
                    + folder.resolve("checkpoint"))
                .routeId("tail")
                .to(
                    "kamelet:siem-cef-action?header=none&mapping=file:"
                        + mapping
                        + "&deadLetters=RAW(kamelet:siem-deadletter-sink?path="
                        + letters
                        + ")")
                .process(DlqCommandTest.this::take);
          }
        });
    context.start();
  }

  private void take(Exchange exchange) {
    EncodedBatch lines = exchange.getMessage().getBody(EncodedBatch.class);
    for (int i = 0; i < lines.size(); i++) {
      delivered.add(String.valueOf(lines.id(i)));
    }
  }

  private Path path() {
    return folder.resolve("letters.ndjson");
  }

  private int dlq(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("dlq", command, "--path", path().toString()));
    all.addAll(List.of(arguments));
    if (all.contains("--wait")) {
      all.addAll(List.of("--timeout", "60"));
    }
    StringWriter text = new StringWriter();
    CommandLine line = SiemCommand.commandLine();
    line.setOut(new PrintWriter(text, true));
    line.setErr(new PrintWriter(text, true));
    int status = line.execute(all.toArray(String[]::new));
    out = text.toString();
    return status;
  }

  private List<Letter> letters() throws IOException {
    List<Letter> all = new ArrayList<>();
    new LetterFolder(path()).each(all::add);
    return all;
  }

  private static List<String> ids(List<Letter> letters) {
    return letters.stream().map(letter -> letter.event().id().toString()).toList();
  }

  private static String shipped() throws IOException {
    try (var in =
        DlqCommandTest.class.getResourceAsStream("/dev/camelsiem/cef/container-security.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
