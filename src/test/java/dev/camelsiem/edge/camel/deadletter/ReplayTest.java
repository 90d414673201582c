package dev.camelsiem.edge.camel.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.edge.camel.SourceRoutes;
import dev.camelsiem.edge.cli.SiemCommand;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.letters.Letter;
import dev.camelsiem.letters.LetterFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Dead letters of a tailed file, replayed by the command line through the running route. */
@Tag("camel")
class ReplayTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private DefaultCamelContext context = new DefaultCamelContext();

  /** What the route has delivered, by id. */
  private final List<RawEvent> delivered = new CopyOnWriteArrayList<>();

  /** What the step of the route refuses for now. */
  private volatile Predicate<String> bad = text -> text.startsWith("bad");

  private volatile boolean down;

  private DeadLetters dead;
  private Path letters;
  private Path input;

  @BeforeEach
  void prepare() throws IOException {
    letters = folder.resolve("letters.ndjson");
    input = Files.createFile(folder.resolve("events.log"));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void whatWasRefusedGoesByItsOwnRouteWithItsOwnIdsAndNeverTwice() throws Exception {
    start();
    for (int i = 1; i <= 5; i++) { // few at a time stay letters of their own
      int some = 10 * i;
      write(20);
      await().atMost(LONG).until(() -> delivered.size() == some && letters().size() == some);
    }
    List<String> ids = ids(letters());
    delivered.clear();
    bad = text -> false;

    assertThat(dlq("replay", "--all", "--wait")).isEqualTo(0);
    assertThat(delivered).extracting(event -> event.id().toString()).isEqualTo(ids);
    assertThat(delivered).extracting(RawEvent::toString).allMatch(text -> text.startsWith("bad"));
    assertThat(delivered).extracting(RawEvent::origin).containsOnly(input.toString());

    assertThat(dlq("replay", "--all", "--wait")).isEqualTo(0);
    assertThat(out).contains("0 events replayed").contains("50 had been replayed before");
    assertThat(delivered).hasSize(50);

    assertThat(dlq("replay", "--text", "bad 7", "--again", "--wait")).isEqualTo(0);
    assertThat(delivered).hasSize(50 + 6);
  }

  @Test
  void whatFailsAgainIsALetterAgainThatKnowsWhenItFailedFirst() throws Exception {
    start();
    write(10);
    await().atMost(LONG).until(() -> letters().size() == 5);
    Letter first = letters().get(0);

    assertThat(dlq("replay", "--id", first.name(), "--wait")).isEqualTo(1);

    assertThat(out).contains("1 events replayed, 1 of them became dead letters again");
    List<Letter> all = letters();
    assertThat(all).hasSize(6);
    Letter again = all.get(5);
    assertThat(again.event().id()).isEqualTo(first.event().id());
    assertThat(again.attempts()).isEqualTo(2);
    assertThat(again.firstTime()).isEqualTo(first.time());
    assertThat(again.route()).isEqualTo("tail");

    bad = text -> false;
    delivered.clear();
    assertThat(dlq("replay", "--all", "--wait")).isEqualTo(0);
    assertThat(delivered).hasSize(5).extracting(RawEvent::id).doesNotHaveDuplicates();
    assertThat(dlq("replay", "--all", "--wait")).isEqualTo(0);
    assertThat(delivered).hasSize(5);
  }

  /** Refused on its way by a step, or by an exchange that failed and was put away. */
  @Test
  void whatFailsAgainIsForNobodyButThoseThatItWasFor() throws Exception {
    start();
    write(4);
    await().atMost(LONG).until(() -> letters().size() == 2);
    context.stop();
    String text = Files.readString(letters);
    Files.writeString(letters, text.replace("\"route\":", "\"integrations\":[\"soc\"],\"route\":"));
    context = new DefaultCamelContext();
    start();

    assertThat(dlq("replay", "--text", "bad 1", "--wait")).isEqualTo(1);
    assertThat(letters()).hasSize(3);
    assertThat(letters().get(2).attempts()).isEqualTo(2);
    assertThat(letters().get(2).integrations()).containsExactly("soc");

    assertThat(dlq("replay", "--text", "bad 3", "--route", "fails", "--wait")).isEqualTo(1);
    assertThat(letters()).hasSize(4);
    assertThat(letters().get(3).reason()).isEqualTo("undeliverable");
    assertThat(letters().get(3).attempts()).isEqualTo(2);
    assertThat(letters().get(3).integrations()).containsExactly("soc");
  }

  /** Camel names the exchange after the Kamelet; its route delivers to nobody. */
  @Test
  void whatAKameletRefusesGoesByTheRouteAroundIt() throws Exception {
    List<Object> behind = new CopyOnWriteArrayList<>();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            routeTemplate("refusing-action").from("kamelet:source").process(ReplayTest.this::step);
            from("kamelet:siem-file-source?paths="
                    + folder.resolve("around.log")
                    + "&checkpoint="
                    + folder.resolve("checkpoint-around"))
                .routeId("around")
                .to("kamelet:refusing-action")
                .process(exchange -> behind.add(exchange.getMessage().getBody(List.class)));
            from("direct:plain").routeId("plain").to("kamelet:refusing-action");
          }
        });
    start();
    Files.writeString(folder.resolve("around.log"), "bad 1\n");
    await().atMost(LONG).until(() -> letters().size() == 1 && behind.size() == 1);
    context
        .createProducerTemplate()
        .sendBody("direct:plain", List.of(RawEvent.of("bad 2", "test", -1)));
    assertThat(letters()).extracting(Letter::route).containsExactly("around", null);
    behind.clear();
    bad = text -> false;

    assertThat(dlq("replay", "--text", "bad 1", "--wait")).isEqualTo(0);
    assertThat(behind).hasSize(1);
    String step =
        context.getRoutes().stream()
            .filter(SourceRoutes::isStep)
            .map(route -> route.getRouteId())
            .findFirst()
            .orElseThrow();
    assertThat(dlq("replay", "--text", "bad 2", "--route", step, "--wait")).isEqualTo(1);
    assertThat(out).contains("is a step of others");
  }

  @Test
  void anotherSinkOfTheFileTakesOverTheDesk() throws Exception {
    start();
    write(4);
    await().atMost(LONG).until(() -> letters().size() == 2);
    bad = text -> false;
    DefaultCamelContext first = context;
    context = new DefaultCamelContext();
    try (first) {
      start("second.log");
      first.stop();
      assertThat(dlq("replay", "--all", "--route", "tail", "--wait")).isEqualTo(0);
    }
  }

  @Test
  void aRequestWaitsForAPipelineAndForARouteThatTakesEvents() throws Exception {
    start();
    write(10);
    await().atMost(LONG).until(() -> letters().size() == 5);
    context.stop();
    delivered.clear();

    assertThat(dlq("replay", "--all")).isEqualTo(0);
    assertThat(out).contains("the request waits");
    assertThat(dlq("replay", "--all")).isEqualTo(0);

    bad = text -> false;
    down = true;
    context = new DefaultCamelContext();
    start();
    Path requests = folder.resolve("letters.ndjson.requests");
    await().atMost(LONG).until(() -> states(requests).contains("SIEM is down"));
    assertThat(delivered).isEmpty();
    down = false;
    await().atMost(LONG).until(() -> delivered.size() == 5 && states(requests).isEmpty());
    assertThat(delivered).extracting(RawEvent::id).doesNotHaveDuplicates();
  }

  @Test
  void lettersWithoutARouteFindTheOnlySourceOfTheirKindAndOthersAreRefused() throws Exception {
    String old =
        "{\"time\":\"2026-11-22T10:15:30Z\",\"id\":\"3fa9c1d27b8e4410-%d\",\"reason\":\"malformed\","
            + "\"detail\":\"x\",\"place\":\"cef\",\"origin\":\"%s\",\"position\":%d,"
            + "\"receivedAt\":\"2026-11-22T10:15:30Z\",\"raw\":\"old\"}\n";
    String cut =
        old.replace("malformed", "too_large").replace("\"x\"", "\"its first 8 bytes are kept\"");
    Files.writeString(
        letters,
        old.formatted(1, "/gone.log", 1)
            + old.formatted(2, "http://x", 2)
            + cut.formatted(3, "/g", 3));
    start();

    assertThat(dlq("replay", "--all", "--wait")).isEqualTo(1);

    assertThat(delivered)
        .extracting(each -> each.id().toString())
        .containsExactly("3fa9c1d27b8e4410-1");
    assertThat(out)
        .contains("1 letters not replayed: nobody knows the route")
        .contains("1 letters not replayed: only its first bytes were kept");
    assertThat(dlq("replay", "--origin", "http", "--route", "tail", "--wait")).isEqualTo(0);
    assertThat(delivered).hasSize(2);
    assertThat(dlq("replay", "--id", "3fa9c1d27b8e4410-1", "--wait")).isEqualTo(0);
    assertThat(delivered).hasSize(2);
  }

  @Test
  void purgingWorksWhileThePipelineRunsAndWithoutOne() throws Exception {
    start();
    write(30);
    await().atMost(LONG).until(() -> letters().size() == 15);

    assertThat(dlq("purge", "--yes")).isEqualTo(2);
    assertThat(dlq("purge", "--yes", "--text", "bad 1")).isEqualTo(0);
    assertThat(letters())
        .extracting(each -> each.event().toString())
        .noneMatch(text -> text.startsWith("bad 1"));
    int left = letters().size();
    assertThat(left).isEqualTo(9);
    write(2);
    await().atMost(LONG).until(() -> letters().size() == left + 1);

    context.stop();
    assertThat(dlq("purge", "--yes", "--all")).isEqualTo(0);
    assertThat(letters()).isEmpty();
  }

  private String out = "";

  private int dlq(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("dlq", command, "--path", letters.toString()));
    all.addAll(List.of(arguments));
    if (all.contains("--wait")) {
      all.addAll(List.of("--timeout", "20"));
    }
    StringWriter text = new StringWriter();
    CommandLine line = SiemCommand.commandLine();
    line.setOut(new PrintWriter(text, true));
    line.setErr(new PrintWriter(text, true));
    int status = line.execute(all.toArray(String[]::new));
    out = text.toString();
    return status;
  }

  private void start() throws Exception {
    start("events.log");
  }

  private void start(String name) throws Exception {
    Path file = folder.resolve(name);
    context.getShutdownStrategy().setTimeout(5);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("kamelet:siem-file-source?paths="
                    + file
                    + "&checkpoint="
                    + folder.resolve("checkpoint-" + name))
                .routeId("tail")
                .process(ReplayTest.this::step);
            from("direct:fails")
                .routeId("fails")
                .errorHandler(deadLetterChannel("kamelet:siem-deadletter-sink?path=" + letters))
                .process(
                    exchange -> {
                      throw new IllegalStateException("no way");
                    });
          }
        });
    dead = new DeadLetters("kamelet:siem-deadletter-sink?path=" + letters);
    dead.open(context);
    context.start();
  }

  /** A step as ours are: refuses some, passes on the others. */
  private void step(Exchange exchange) {
    if (down) {
      throw new IllegalStateException("SIEM is down");
    }
    List<RawEvent> good = new ArrayList<>();
    List<DeadLetter> rejected = new ArrayList<>();
    for (Object item : exchange.getMessage().getBody(List.class)) {
      RawEvent event = (RawEvent) item;
      if (bad.test(event.toString())) {
        rejected.add(new DeadLetter(event, StopReason.MALFORMED, "bad", "step"));
      } else {
        good.add(event);
      }
    }
    dead.send(exchange, rejected);
    delivered.addAll(good);
  }

  private int written;

  private void write(int events) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < events; i++) {
      text.append(i % 2 == 0 ? "good " : "bad ").append(written++).append('\n');
    }
    Files.writeString(input, text, StandardCharsets.UTF_8, java.nio.file.StandardOpenOption.APPEND);
  }

  private List<Letter> letters() throws IOException {
    List<Letter> all = new ArrayList<>();
    new LetterFolder(letters).each(all::add);
    return all;
  }

  private static List<String> ids(List<Letter> letters) {
    return letters.stream()
        .flatMap(letter -> letter.events().stream())
        .map(event -> event.id().toString())
        .toList();
  }

  private static String states(Path requests) throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.list(requests)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".state")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
