package dev.camelsiem.edge.camel.integration;

import static dev.camelsiem.edge.camel.integration.Pipeline.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.camelsiem.edge.receiver.Behaviour;
import dev.camelsiem.edge.receiver.Collected;
import dev.camelsiem.edge.receiver.Receiver;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.testing.HeldPort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The Kamelet {@code siem-integrations-sink} with receivers on real sockets. */
@Tag("camel")
class IntegrationRouterTest {
  @TempDir Path folder;

  private final Collected first = new Collected();
  private final Collected second = new Collected();
  private final Collected third = new Collected();

  @Test
  void eachIntegrationGetsWhatItWantsAsItWantsIt() throws Exception {
    try (Receiver a = receiver(0, first);
        Receiver b = receiver(0, second);
        Pipeline pipeline =
            new Pipeline(
                folder,
                "  - {name: a, address: 127.0.0.1, port: "
                    + a.port()
                    + ", categories: [ADMINISTRATION], hostName: one}\n"
                    + "  - {name: b, address: 127.0.0.1, port: "
                    + b.port()
                    + ", categories: [API], runtimeEventTypes: [PROCESSES], hostName: two, pri: 16,"
                    + " framing: OCTET_COUNT, severityOverrides: {API: 9}}\n"
                    + "agentGroups: [{id: G1, siemIntegrations: [b]}]\n")) {
      assertThat(
              pipeline
                  .send(
                      List.of(
                          Pipeline.event(1),
                          "{\"id\":\"API-001\",\"time\":\"2025-02-18T10:07:28Z\",\"status\":\"Success\"}",
                          "{\"id\":\"PM-002\",\"time\":\"2025-02-18T10:07:28Z\",\"mode\":\"Audited\","
                              + "\"agentGroup\":\"G1\",\"pid\":7}",
                          "{\"id\":\"PM-002\",\"time\":\"2025-02-18T10:07:28Z\",\"mode\":\"Audited\","
                              + "\"agentGroup\":\"G2\",\"pid\":8}"))
                  .getException())
          .isNull();
      await().until(() -> first.count() == 1 && second.count() == 2);
      assertThat(first.messages().get(0))
          .isEqualTo(
              "Feb 18 10:07:28 one CEF:0|Kaspersky|Kaspersky Container Security|2.0|ADM-001|"
                  + "Administration|3|source=kcs-middleware-0 src=10.10.0.15 suser=1"
                  + " outcome=Success");
      assertThat(second.messages().get(0))
          .startsWith("<130>Feb 18 10:07:28 two CEF:0|")
          .contains("|API-001|API|9|");
      assertThat(second.messages().get(1)).contains("|PM-002|").contains("dpid=7");
      assertThat(pipeline.dead).isEmpty();
      await().until(() -> pipeline.status("a").filtered() == 3);
      await().until(() -> pipeline.status("b").filtered() == 2);
    }
  }

  @Test
  void anIntegrationSubscribesToTheCategoriesOfItsMapping() throws Exception {
    String option = "&mapping=file:src/test/resources/conformance/cef-mapping/good-categories.yaml";
    try (Receiver a = receiver(0, first);
        Receiver b = receiver(0, second);
        Pipeline pipeline =
            Pipeline.with(
                folder,
                "  - {name: a, address: 127.0.0.1, port: "
                    + a.port()
                    + ", categories: [Access]}\n"
                    + tcp("b", b.port()),
                option)) {
      pipeline.send(List.of("{\"id\":\"DOOR-1\",\"msg\":\"json\"}", "CEF:0|v|p|1|LIFT-1|n|3|"));
      await().until(() -> second.count() == 2 && first.count() == 1);
      assertThat(first.messages().get(0)).contains("|DOOR-1|Door|3|msg=json");
      await().until(() -> pipeline.status("a").filtered() == 1);
    }
    assertThatThrownBy(
            () ->
                Pipeline.with(
                        folder, "  - {name: a, address: h, categories: [DETECTION]}\n", option)
                    .close())
        .hasStackTraceContaining("`categories` must be one of Access, Lifts, not `DETECTION`");
  }

  /** The settings are read with the mapping, as it is then. */
  @Test
  void aMappingThatIsBrokenForAWhileKeepsTheLastGoodSettings() throws Exception {
    Path mapping = folder.resolve("mapping.yaml");
    String good =
        Files.readString(
            Path.of("src/test/resources/conformance/cef-mapping/good-categories.yaml"));
    Files.writeString(mapping, good);
    try (Receiver a = receiver(0, first);
        Pipeline pipeline = Pipeline.with(folder, tcp("a", a.port()), "&mapping=file:" + mapping)) {
      Files.writeString(mapping, good.replace("Lifts", "Stairs").replace("mapping:", "maping:"));
      pipeline.write(
          "  - {name: a, address: 127.0.0.1, port: " + a.port() + ", categories: [Stairs]}\n");
      pipeline.send(List.of("CEF:0|v|p|1|DOOR-1|n|3|"));
      await().until(() -> first.count() == 1);
      Files.writeString(mapping, good.replace("Lifts", "Stairs"));
      await()
          .until(
              () ->
                  pipeline
                      .router()
                      .integrations()
                      .integrations()
                      .get(0)
                      .selection()
                      .categories()
                      .equals(Set.of("Stairs")));
      pipeline.send(List.of("CEF:0|v|p|1|DOOR-1|n|3|", "CEF:0|v|p|1|LIFT-1|n|3|"));
      await().until(() -> first.count() == 2);
      assertThat(first.messages().get(1)).contains("LIFT-1");
    }
  }

  /** A directory lies where the cursor of the new integration belongs. */
  @Test
  void goodSettingsThatCouldNotBeTakenAreTriedAgainAlsoWhenTheFileIsBrokenMeanwhile()
      throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(SettingsWatch.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.list = new CopyOnWriteArrayList<>();
    said.start();
    logger.addAppender(said);
    try (Receiver a = receiver(0, first);
        Receiver b = receiver(0, second);
        Pipeline pipeline = new Pipeline(folder, tcp("a", a.port()))) {
      Path obstacle =
          Files.createDirectories(folder.resolve("data/log/cursors/b.cursor/not-empty"));
      String good = tcp("a", a.port()) + tcp("b", b.port());
      pipeline.write(good);
      await().until(() -> count(said, "not taken into use and is tried again") == 1);
      pipeline.write(good + "# and once more\n");
      await().until(() -> count(said, "not taken into use and is tried again") == 2);
      pipeline.write(good + "  - {name: broken}\n");
      await().until(() -> count(said, "has errors") == 1);
      Files.delete(obstacle);
      Files.delete(folder.resolve("data/log/cursors/b.cursor"));
      await().until(() -> pipeline.router().status().size() == 2);
      pipeline.send(0, 10);
      await().until(() -> first.count() == 10 && second.count() == 10);
    } finally {
      logger.detachAppender(said);
    }
  }

  private static long count(ListAppender<ILoggingEvent> said, String what) {
    return said.list.stream().filter(each -> each.toString().contains(what)).count();
  }

  @Test
  void badEventsBecomeDeadLettersOnceAndTheOthersGoOn() throws Exception {
    try (Receiver a = receiver(0, first);
        Receiver b = receiver(0, second);
        Pipeline pipeline =
            new Pipeline(
                folder,
                tcp("a", a.port())
                    + "  - {name: b, address: 127.0.0.1, port: "
                    + b.port()
                    + ", pri: 16}\n")) {
      pipeline.send(
          List.of(
              Pipeline.event(1),
              "{\"id\":",
              "{\"status\":\"Success\"}",
              "{\"id\":\"XYZ-001\",\"status\":\"Success\"}",
              "not an event",
              "CEF:0|Acme|Gate|1|ADM-002|Login|3|suser=7 outcome=Success",
              Pipeline.event(2)));
      await().until(() -> first.count() == 3 && second.count() == 3);
      assertThat(Pipeline.numbers(first.messages())).containsExactly(1, 7, 2);
      assertThat(pipeline.dead)
          .extracting(DeadLetter::reason)
          .containsExactly(
              StopReason.MALFORMED,
              StopReason.MISSING_ID,
              StopReason.UNKNOWN_FAMILY,
              StopReason.MALFORMED);
    }
  }

  /** Lines are read by every mapping that ships; what is JSON is container security's alone. */
  @Test
  void linesOfNormalizedEventsAreReadAndTheirEventsNotEncoded() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("examples/07-syslog-xp-cef/expected.cef"));
    try (Receiver a = receiver(0, first);
        Pipeline pipeline = new Pipeline(folder, tcp("a", a.port()))) {
      pipeline.send(lines);
      pipeline.send(List.of("{\"id\":\"CS_OpenBSD_OpenSSH_syslog_Failed_password\"}"));
      await().until(() -> first.count() == lines.size() && pipeline.dead.size() == 1);
      assertThat(first.messages()).isEqualTo(lines);
      assertThat(pipeline.dead.get(0).reason()).isEqualTo(StopReason.UNKNOWN_FAMILY);
    }
  }

  /** Also where others share the encoding, and nobody counts the event as refused. */
  @Test
  void aReplayForSomeIntegrationsReachesNobodyElse() throws Exception {
    try (Receiver a = receiver(0, first);
        Receiver b = receiver(0, second);
        Receiver c = receiver(0, third);
        Pipeline pipeline =
            new Pipeline(
                folder,
                tcp("a", a.port())
                    + tcp("b", b.port())
                    + "  - {name: c, address: 127.0.0.1, port: "
                    + c.port()
                    + ", pri: 16}\n")) {
      RawEvent event = RawEvent.of(Pipeline.event(1), "test", 1);
      RawEvent bad = RawEvent.of("{\"id\":", "test", 2);

      assertThat(pipeline.sendOnly(List.of("B", "gone"), List.of(event, bad)).getException())
          .isNull();
      assertThat(pipeline.send(2, 3).getException()).isNull();

      await().until(() -> first.count() == 1 && second.count() == 2 && third.count() == 1);
      assertThat(Pipeline.numbers(second.messages())).containsExactly(1, 2);
      assertThat(Pipeline.numbers(first.messages())).containsExactly(2);
      assertThat(Pipeline.numbers(third.messages())).containsExactly(2);
      await().until(() -> pipeline.status("a").confirmed() == 1);
      assertThat(pipeline.status("a").refused()).isZero();
      assertThat(pipeline.status("a").filtered()).isEqualTo(1);
      assertThat(pipeline.dead)
          .extracting(DeadLetter::reason, DeadLetter::integrations)
          .containsExactlyInAnyOrder(
              tuple(StopReason.UNDELIVERABLE, List.of("gone")),
              tuple(StopReason.UNDELIVERABLE, List.of("gone")),
              tuple(StopReason.MALFORMED, List.of("b")));
    }
  }

  /** Whatever step stands before: a stream can be read once. */
  @Test
  void aReplayForSomeIntegrationsTakesAStreamOfEvents() throws Exception {
    try (Receiver a = receiver(0, first);
        Receiver b = receiver(0, second);
        Pipeline pipeline = new Pipeline(folder, tcp("a", a.port()) + tcp("b", b.port()))) {
      String text = Pipeline.event(1) + "\n" + Pipeline.event(2) + "\n";
      ByteArrayInputStream stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      assertThat(pipeline.sendOnly(List.of("b"), stream).getException()).isNull();
      await().until(() -> second.count() == 2);
      assertThat(Pipeline.numbers(second.messages())).containsExactly(1, 2);
    }
  }

  @Test
  void oneThatIsDownDoesNotDelayTheOthersAndCatchesUpInOrder() throws Exception {
    try (HeldPort held = new HeldPort();
        Receiver a = receiver(0, first);
        Receiver b = receiver(0, second);
        Pipeline pipeline =
            new Pipeline(
                folder, tcp("a", a.port()) + tcp("b", b.port()) + tcp("down", held.number()))) {
      pipeline.send(0, 100); // the outage is noticed with this one
      for (int i = 1; i < 200; i++) {
        assertThat(pipeline.send(i * 100, i * 100 + 100).getException()).isNull();
      }
      await().until(() -> first.count() == 20_000 && second.count() == 20_000);
      assertThat(pipeline.status("down").pending()).isEqualTo(20_000);
      await().until(() -> pipeline.isFailing("down"));
      try (Receiver up = receiver(held.number(), third)) {
        assertThat(up.port()).isEqualTo(held.number());
        await().atMost(Duration.ofSeconds(70)).until(() -> third.count() == 20_000);
        await().until(() -> !pipeline.isFailing("down"));
        pipeline.send(20_000, 20_100);
        await().until(() -> third.count() == 20_100);
      }
      int[] all = IntStream.range(0, 20_100).toArray();
      assertThat(Pipeline.numbers(third.messages())).isEqualTo(all);
      assertThat(Pipeline.numbers(first.messages())).isEqualTo(all);
      assertThat(Pipeline.numbers(second.messages())).isEqualTo(all);
      assertThat(pipeline.dead).isEmpty();
    }
  }

  @Test
  void oneThatStallsOrIsSlowDoesNotDelayTheOthers() throws Exception {
    try (Receiver a = receiver(0, first);
        Receiver stalled = Receiver.tcp("127.0.0.1", 0, null, Behaviour.STALLING, second);
        Receiver slow = Receiver.tcp("127.0.0.1", 0, null, Behaviour.slow(2_000), third);
        Pipeline pipeline =
            new Pipeline(
                folder,
                tcp("a", a.port()) + tcp("stalled", stalled.port()) + tcp("slow", slow.port()))) {
      int batches = 100;
      for (int i = 0; i < batches; i++) {
        assertThat(pipeline.send(i * 1000, i * 1000 + 1000).getException()).isNull();
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> first.count() == batches * 1000);
      assertThat(second.count()).isZero();
      stalled.behave(Behaviour.NORMAL);
      slow.behave(Behaviour.NORMAL);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  second.distinct().size() == batches * 1000
                      && third.distinct().size() == batches * 1000);
      int[] all = IntStream.range(0, batches * 1000).toArray();
      assertThat(Pipeline.numbers(second.messages())).isEqualTo(all);
      assertThat(Pipeline.numbers(third.messages())).isEqualTo(all);
    }
  }

  @Test
  void aConnectionThatIsResetUnderLoadLosesNothing() throws Exception {
    try (Receiver a = receiver(0, first);
        Pipeline pipeline = new Pipeline(folder, tcp("a", a.port()))) {
      for (int i = 0; i < 100; i++) {
        assertThat(pipeline.send(i * 100, i * 100 + 100).getException()).isNull();
        if (i % 25 == 24) {
          a.disconnectAll(true);
        }
      }
      await().until(() -> first.distinct().size() == 10_000 && !pipeline.isFailing("a"));
      assertThat(Pipeline.numbers(first.distinct()))
          .isEqualTo(IntStream.range(0, 10_000).toArray());
    }
  }

  @Test
  void reloadUnderLoadLosesNothing() throws Exception {
    try (Receiver a = receiver(0, first);
        Receiver b = receiver(0, second);
        Receiver c = receiver(0, third);
        Pipeline pipeline = new Pipeline(folder, tcp("stays", a.port()) + tcp("moves", b.port()))) {
      int next = load(pipeline, 0, 1_500);
      pipeline.write(tcp("stays", a.port()) + tcp("moves", c.port()) + "  - {name: broken}\n");
      next = load(pipeline, next, 2_500);
      assertThat(third.count()).as("a broken file changes nothing").isZero();
      int from = next; // what still waits when its address changes goes to the new one
      await().atMost(Duration.ofMinutes(1)).until(() -> second.count() == from);
      pipeline.write(tcp("stays", a.port()) + tcp("moves", c.port()));
      next = load(pipeline, next, 2_500);
      int all = next;
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> first.count() == all && second.count() + third.count() == all);
      assertThat(Pipeline.numbers(first.messages())).isEqualTo(IntStream.range(0, all).toArray());
      int[] moved =
          IntStream.concat(
                  IntStream.of(Pipeline.numbers(second.messages())),
                  IntStream.of(Pipeline.numbers(third.messages())))
              .toArray();
      assertThat(moved).isEqualTo(IntStream.range(0, all).toArray());
      assertThat(second.count()).isGreaterThanOrEqualTo(from);
      assertThat(third.count()).isPositive();
      assertThat(pipeline.dead).isEmpty();
    }
  }

  @Test
  void aRemovedIntegrationKeepsItsBacklogUntilItComesBack() throws Exception {
    try (HeldPort held = new HeldPort();
        Receiver a = receiver(0, first);
        Pipeline pipeline =
            new Pipeline(folder, tcp("stays", a.port()) + tcp("goes", held.number()))) {
      pipeline.send(0, 100);
      pipeline.write(tcp("stays", a.port()));
      await().until(() -> pipeline.router().status().size() == 1);
      pipeline.send(100, 200);
      await().until(() -> first.count() == 200);
      try (Receiver back = receiver(held.number(), second)) {
        await()
            .untilAsserted(
                () -> {
                  pipeline.write(tcp("stays", a.port()) + tcp("goes", held.number()));
                  assertThat(second.count()).isEqualTo(100);
                });
        assertThat(back.connections()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "&fsync=never, '`fsync` must be `batch`, `interval` or `off`, not `never`'",
    "&fsync=interval&fsyncInterval=0, '`fsyncInterval` must be at least 1, not 0'",
    "&minFreeMegabytes=-1, '`minFreeMegabytes` must be at least 0, not -1'"
  })
  void optionsThatCannotWorkFailAtTheStart(String options, String sentence) {
    assertThatThrownBy(() -> Pipeline.with(folder, tcp("a", 514), options).close())
        .hasStackTraceContaining("siem-integrations-sink: " + sentence);
  }

  @Test
  void settingsThatCannotWorkFailAtTheStartWithTheirPlace() {
    assertThatThrownBy(() -> new Pipeline(folder, tcp("a", 70_000)).close())
        .hasStackTraceContaining("siem-integrations.yaml:2:41: error[XP862]: `port` must be");
    assertThatThrownBy(
            () ->
                new Pipeline(
                        folder, "  - {name: a, address: 127.0.0.1, severityOverrides: {NOPE: 3}}\n")
                    .close())
        .hasStackTraceContaining("the mapping has no family `NOPE`");
    assertThatThrownBy(
            () ->
                new Pipeline(
                        folder, "  - {name: a, address: 127.0.0.1, tls: {caFile: missing.pem}}\n")
                    .close())
        .hasStackTraceContaining("integration \"a\": TLS settings cannot be used: cannot read");
  }

  /** Whoever stops it may be interrupted: its folder is given back all the same. */
  @Test
  void aStopThatIsInterruptedGivesTheFolderBack() throws Exception {
    try (Receiver a = receiver(0, first)) {
      Pipeline interrupted = new Pipeline(folder, tcp("a", a.port()));
      assertThat(interrupted.send(1, 100).getException()).isNull();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> interrupted.router().stop())
          .hasRootCauseInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
      try (Pipeline next = new Pipeline(folder, tcp("a", a.port()))) {
        assertThat(next.send(100, 200).getException()).isNull();
        await()
            .until(
                () -> IntStream.of(Pipeline.numbers(first.messages())).distinct().count() == 199);
      }
      interrupted.close();
    }
  }

  /** Two pipelines of one context may share their file. */
  @Test
  void eachRouterHasItsPlaceInTheRegistry() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("shared.yaml"),
            "integrations: [{name: a, address: 127.0.0.1, enabled: false}]");
    CamelContext context = new DefaultCamelContext();
    try {
      context.start();
      IntegrationRouter one = router(context, config, "one");
      IntegrationRouter two = router(context, config, "two");
      one.start();
      two.start();
      assertThat(context.getRegistry().findByType(IntegrationRouter.class))
          .containsExactlyInAnyOrder(one, two);
      one.stop();
      assertThat(context.getRegistry().findByType(IntegrationRouter.class)).containsExactly(two);
      two.stop();
    } finally {
      context.stop();
    }
  }

  private IntegrationRouter router(CamelContext context, Path config, String data) {
    IntegrationRouter router = new IntegrationRouter();
    router.setCamelContext(context);
    router.setConfig(config.toString());
    router.setDataDir(folder.resolve(data).toString());
    router.setDeadLetters("log:dead");
    return router;
  }

  /** Sends batches for a while; returns the next number. */
  private static int load(Pipeline pipeline, int from, long millis) {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    int next = from;
    while (System.nanoTime() < end) {
      assertThat(pipeline.send(next, next + 100).getException()).isNull();
      next += 100;
    }
    return next;
  }

  private static Receiver receiver(int port, Collected collected) throws IOException {
    return Receiver.tcp("127.0.0.1", port, null, Behaviour.NORMAL, collected);
  }
}
