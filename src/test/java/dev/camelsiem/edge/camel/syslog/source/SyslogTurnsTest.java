package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes when is counted in events, not timed: the route takes one batch at a time. */
@Tag("camel")
@Timeout(120)
class SyslogTurnsTest {
  private static final int HONEST = 400;
  private static final int FILLED = 4_000;
  private static final String FILL = "<13>fill\n";
  private static final String STRANGER = "<13>mine\n";

  /** All have come before the honest one, and end: what each has is little. */
  @ParameterizedTest
  @CsvSource({"900, 7, 4", "900, 1, 4", "450, 7, 10"})
  void manyConnectionsAreNotBeforeTheOneOfAnotherAddress(int connections, int addresses, int events)
      throws Exception {
    Semaphore batches = new Semaphore(0);
    AtomicBoolean over = new AtomicBoolean();
    List<Socket> strangers = new ArrayList<>();
    try (SyslogRig rig =
        SyslogRig.start(
            "maxConnections=3000&maxConnectionsPerAddress=3000",
            exchange -> {
              if (!over.get()) {
                batches.acquire();
              }
            })) {
      try (Socket filler = rig.connectFrom(200);
          Socket honest = rig.connect()) {
        write(filler, FILL.repeat(FILLED));
        await().until(() -> rig.receiver().waitingConnections() >= 1);
        for (int i = 0; i < connections; i++) {
          Socket socket = rig.connectFrom(10 + i % addresses);
          strangers.add(socket);
          write(socket, STRANGER.repeat(events));
        }
        await().until(() -> rig.receiver().waitingConnections() == 1 + connections);
        for (Socket stranger : strangers) {
          stranger.close();
        }
        write(honest, "<13>good\n".repeat(HONEST));
        await().until(() -> rig.receiver().waitingConnections() == 2 + connections);
        int taken = 0;
        while (count(rig, "<13>good") < HONEST) {
          batches.release();
          int now = ++taken;
          await().until(() -> rig.batchSizes.size() >= now && isAtRest(rig));
        }
        // the connections' turns come by the thousand, those of the addresses by the dozen
        assertThat(count(rig, "<13>mine")).isLessThan((long) connections * events / 2);
        over.set(true);
        batches.release(10_000);
        await().until(() -> rig.events.size() == FILLED + HONEST + connections * events);
      }
      assertThat(rig.deadLetters).isEmpty();
    } finally {
      over.set(true);
      batches.release(10_000);
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  /** Each has more than it may give, in events of some size: all of them fill the queue at once. */
  @Test
  void thoseWithVeryMuchAreNotBeforeTheOneOfAnotherAddress() throws Exception {
    String large = "<13>" + "y".repeat(4_000) + "\n";
    Semaphore batches = new Semaphore(0);
    AtomicBoolean over = new AtomicBoolean();
    List<Socket> strangers = new ArrayList<>();
    ExecutorService writers = Executors.newCachedThreadPool();
    try (SyslogRig rig =
        SyslogRig.start(
            "",
            exchange -> {
              if (!over.get()) {
                batches.acquire();
              }
            })) {
      try (Socket honest = rig.connect()) {
        for (int i = 0; i < 90; i++) {
          Socket socket = rig.connectFrom(10);
          strangers.add(socket);
          writers.execute(() -> writeAll(socket, large.repeat(1_000)));
        }
        await().until(() -> rig.receiver().waitingConnections() == strangers.size());
        int begun = 20; // by then some have had their turns and want more
        for (int i = 1; i <= begun + 40 && count(rig, "<13>good") < 10; i++) {
          if (i == begun) {
            write(honest, "<13>good\n".repeat(10));
          }
          int taken = i;
          batches.release();
          await().until(() -> rig.batchSizes.size() >= taken && isAtRest(rig));
        }
        assertThat(count(rig, "<13>good")).isEqualTo(10);
      }
      over.set(true);
      batches.release(10_000);
      await().until(() -> rig.events.size() == 10 + strangers.size() * 1_000);
    } finally {
      over.set(true);
      batches.release(10_000);
      writers.shutdownNow();
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  private static void writeAll(Socket socket, String text) {
    try {
      write(socket, text);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** There is another batch or nobody waits. */
  private static boolean isAtRest(SyslogRig rig) {
    return rig.receiver().waitingBytes() >= 500L * (STRANGER.length() - 1)
        || rig.receiver().waitingConnections() == 0;
  }

  private static long count(SyslogRig rig, String text) {
    return rig.texts().stream().filter(text::equals).count();
  }

  private static void write(Socket socket, String text) throws Exception {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
