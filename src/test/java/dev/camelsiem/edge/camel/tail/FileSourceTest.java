package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.RawEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Kamelet siem-file-source, on real files. */
@Tag("camel")
class FileSourceTest {
  @TempDir Path folder;
  private DefaultCamelContext context = new DefaultCamelContext();
  private final List<RawEvent> received = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Hold hold = () -> {};

  /** What a route does before it takes a batch. */
  private interface Hold {
    void run() throws InterruptedException;
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void readsBatchesFollowsTheFileAndGoesOnAfterARestart() throws Exception {
    Path log = folder.resolve("a b/app.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "one\ntwo\nthree\nfour\nfive\n");
    start("paths=RAW(" + folder + "/**/*.{log,txt})&batchSize=2");

    await().until(() -> received.size() == 5);
    assertThat(batches).containsExactly(2, 2, 1);
    assertThat(received).extracting(RawEvent::toString).startsWith("one", "two", "three");
    assertThat(received.get(1).origin()).isEqualTo(log.toString());
    assertThat(received.get(1).position()).isEqualTo(4);

    append(log, "six\n");
    await().until(() -> received.size() == 6);

    context.stop();
    append(log, "seven\n");
    context = new DefaultCamelContext();
    start("paths=RAW(" + folder + "/**/*.{log,txt})&batchSize=2");
    await().until(() -> received.size() == 7);
    assertThat(received.get(6).toString()).isEqualTo("seven");
  }

  @Test
  void retriesTheSameBatchAndKeepsTheOrder() throws Exception {
    Path log = folder.resolve("app.log");
    Files.writeString(log, "one\ntwo\nthree\n");
    failures.set(3);
    start("paths=" + log + "&batchSize=2&maxRetryDelay=500");

    await().until(() -> received.size() == 3);
    assertThat(received).extracting(RawEvent::toString).containsExactly("one", "two", "three");
    assertThat(failures.get()).isEqualTo(-2);
  }

  @Test
  void aLineThatIsTooLongBecomesADeadLetter() throws Exception {
    Path log = folder.resolve("app.log");
    Path letters = folder.resolve("letters.ndjson");
    Files.writeString(log, "before\n" + "x".repeat(5000) + "\nafter\n");
    start(
        "paths="
            + log
            + "&maxEventBytes=1000&deadLetters=RAW(kamelet:siem-deadletter-sink?path="
            + letters
            + ")");

    await().until(() -> received.size() == 2);
    assertThat(received).extracting(RawEvent::toString).containsExactly("before", "after");
    assertThat(Files.readString(letters))
        .contains("\"reason\":\"too_large\"", "\"position\":7", "line of 5000 bytes", "xxxx");
  }

  @Test
  void aSuspendedRouteTakesNothingAndGoesOnWhereItWas() throws Exception {
    Path log = folder.resolve("app.log");
    Files.writeString(log, "one\n");
    start("paths=" + log);
    await().until(() -> received.size() == 1);

    context.getRouteController().suspendRoute("tail");
    append(log, "two\n");
    await().during(Duration.ofMillis(300)).until(() -> received.size() == 1);
    context.getRouteController().resumeRoute("tail");
    await().until(() -> received.size() == 2);
  }

  @Test
  @Timeout(120)
  void stopsInTimeWhileABatchIsUnderWayAndDeliversItAgain() throws Exception {
    Path log = folder.resolve("app.log");
    Files.writeString(log, "one\n");
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    hold =
        () -> {
          entered.countDown();
          never.await();
        };
    start("paths=" + log);
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    context.getShutdownStrategy().setTimeout(1);
    context.stop();
    assertThat(received).isEmpty();

    hold = () -> {};
    context = new DefaultCamelContext();
    start("paths=" + log);
    await().until(() -> received.size() == 1);
  }

  @Test
  void aMissingPathFailsAtStart() {
    assertThatThrownBy(() -> start("batchSize=1"))
        .hasStackTraceContaining("mandatory parameters must be provided: paths");
  }

  @Test
  void aMisspeltOptionFailsAtStart() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("siem-tail:x?paths=/x&batchsise=5").to("mock:out");
          }
        });
    assertThatThrownBy(context::start).hasStackTraceContaining("batchsise");
  }

  private void start(String options) throws Exception {
    context.getShutdownStrategy().setTimeout(5);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("kamelet:siem-file-source?checkpoint="
                    + folder.resolve("state/checkpoint")
                    + "&pollInterval=20&scanInterval=50&"
                    + options)
                .routeId("tail")
                .process(FileSourceTest.this::receive);
          }
        });
    context.start();
  }

  private void receive(Exchange exchange) throws Exception {
    hold.run();
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("SIEM is down");
    }
    List<?> body = exchange.getMessage().getBody(List.class);
    batches.add(body.size());
    body.forEach(event -> received.add((RawEvent) event));
  }

  private static void append(Path file, String text) throws Exception {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }
}
