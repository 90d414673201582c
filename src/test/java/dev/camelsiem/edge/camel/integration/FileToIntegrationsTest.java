package dev.camelsiem.edge.camel.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.camelsiem.edge.receiver.Behaviour;
import dev.camelsiem.edge.receiver.Receiver;
import dev.camelsiem.testing.HeldPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a file on disk to integrations on sockets: exact counts, also when the process is killed.
 */
@Tag("camel")
class FileToIntegrationsTest {
  @TempDir Path folder;

  @Test
  void twoHundredThousandEventsToTwoOverTcpAndOneOverUdp() throws Exception {
    int events = 200_000;
    Path file = Pipeline.eventFile(folder.resolve("events.ndjson"), events);
    Numbered first = new Numbered();
    Numbered second = new Numbered();
    Numbered third = new Numbered();
    try (Receiver one = tcp(0, first);
        Receiver two = tcp(0, second);
        Receiver udp = Receiver.udp("127.0.0.1", 0, Behaviour.NORMAL, third)) {
      String integrations =
          Pipeline.tcp("one", one.port())
              + Pipeline.tcp("two", two.port())
              + Pipeline.udp("three", udp.port());
      long begin = System.nanoTime();
      try (Pipeline pipeline = Pipeline.ofFile(folder, integrations, file)) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> pipeline.router().status().stream().allMatch(s -> s.sent() >= events));
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        await().until(() -> first.count() >= events && second.count() >= events);
        assertThat(List.of(first.count(), second.count())).containsExactly(events, events);
        assertThat(List.of(first.distinct(), second.distinct())).containsExactly(events, events);
        assertThat(List.of(first.outOfOrder(), second.outOfOrder())).containsExactly(0, 0);
        assumeTrue(udp.kernelDrops() >= 0, "only Linux says what it dropped");
        await().until(() -> third.count() + udp.kernelDrops() >= events);
        long drops = udp.kernelDrops();
        System.out.printf(
            "%,d events in %,d ms; TCP %,d and %,d; UDP %,d received, %,d lost, %,d of them dropped"
                + " by the receiving system%n",
            events,
            millis,
            first.count(),
            second.count(),
            third.count(),
            events - third.distinct(),
            drops);
        assertThat(third.distinct() + drops).isEqualTo(events);
        assertThat(pipeline.status("three").dropped()).isEmpty();
        assertThat(pipeline.dead).isEmpty();
      }
    }
  }

  @Test
  void aKilledProcessLosesNothing() throws Exception {
    int events = 60_000;
    Path file = Pipeline.eventFile(folder.resolve("events.ndjson"), events);
    Numbered up = new Numbered();
    Numbered down = new Numbered();
    try (HeldPort downPort = new HeldPort();
        Receiver one = tcp(0, up)) {
      String integrations =
          Pipeline.tcp("up", one.port()) + Pipeline.tcp("down", downPort.number());
      for (int kill = 1; kill <= 2; kill++) {
        Process child = child(integrations, file);
        int enough = kill * 15_000;
        await().atMost(Duration.ofMinutes(1)).until(() -> up.distinct() > enough);
        child.destroyForcibly().waitFor(); // SIGKILL
      }
      try (Receiver back = tcp(downPort.number(), down);
          Pipeline pipeline = Pipeline.ofFile(folder, integrations, file)) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> up.distinct() == events && down.distinct() == events);
        assertThat(back.connections()).isPositive();
        assertThat(up.outOfOrder()).isZero();
        assertThat(down.outOfOrder()).isZero();
        System.out.printf(
            "killed twice: %,d of %,d came twice to the one that was up, %,d to the other%n",
            up.count() - events, events, down.count() - events);
        assertThat(up.count()).isLessThan(2 * events);
        assertThat(pipeline.dead).isEmpty();
      }
    }
  }

  private Process child(String integrations, Path file) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            folder.toString(),
            integrations,
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(Path.of("target/killed-pipeline.log").toFile())
        .start();
  }

  /** The pipeline as a process of its own. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Pipeline.ofFile(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]));
      Thread.currentThread().join(); // until somebody kills it
    }
  }

  private static Receiver tcp(int port, Numbered sink) throws IOException {
    return Receiver.tcp("127.0.0.1", port, null, Behaviour.NORMAL, sink);
  }
}
