package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.DeadLetter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While the route stands still, whatever is sent and however it ends, no more is held. */
@Tag("camel")
@Timeout(120)
class SyslogStandstillTest {
  /** As the documentation says: twice 2 MiB, and a read with its event for each thread. */
  private static final long LIMIT = 4L << 20;

  private static final long READ = 65_536 + 262_144;
  private static final long MOST = LIMIT + 2L * Runtime.getRuntime().availableProcessors() * READ;

  /** What many connections send before they end. */
  @SuppressWarnings("ImmutableEnumChecker") // its lambdas hold nothing
  private enum Sent {
    LONG_HALF_LINES(50, i -> "x".repeat(250_000), 50, 0),
    SHORT_HALF_LINES(400, i -> "y".repeat(16_000), 400, 0),
    HALF_FRAMES(
        1_000, i -> (i % 2 == 0 ? "9000 <13>" : "300000 <13>") + "z".repeat(8_500), 0, 1_000);

    final int connections;
    final IntFunction<String> text;
    final int events;
    final int letters;

    Sent(int connections, IntFunction<String> text, int events, int letters) {
      this.connections = connections;
      this.text = text;
      this.events = events;
      this.letters = letters;
    }
  }

  private static final int FILL = 4_000;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicBoolean underWay = new AtomicBoolean();

  private SyslogRig standing(String options) throws Exception {
    return SyslogRig.start(
        "maxConnections=2000&maxConnectionsPerAddress=2000&maxUnfinishedBytes=67108864" + options,
        exchange -> {
          underWay.set(true);
          gate.await();
        });
  }

  /** One batch is under way, two wait. */
  private Socket fill(SyslogRig rig) throws IOException {
    Socket socket = rig.connect();
    write(socket, "<13>fill\n".repeat(FILL));
    await().until(underWay::get);
    await().until(() -> rig.receiver().waitingBytes() >= 8 * 1_000);
    // More when others have sent what was not read yet: those wait with it.
    await().until(() -> rig.receiver().waitingConnections() >= 1);
    return socket;
  }

  /** They sent their part before the route stood still, and end within it. */
  @ParameterizedTest
  @EnumSource
  void connectionsThatEndWaitForRoom(Sent sent) throws Exception {
    List<Socket> open = new ArrayList<>();
    try (SyslogRig rig = standing("")) {
      long bytes = 0;
      for (int i = 0; i < sent.connections; i++) {
        Socket socket = rig.connect();
        open.add(socket);
        write(socket, sent.text.apply(i));
        bytes += sent == Sent.HALF_FRAMES ? 8_000 : sent.text.apply(i).length();
      }
      long all = bytes;
      await().until(() -> rig.receiver().unfinishedBytes() >= all);
      try (Socket filler = fill(rig)) {
        for (Socket socket : open) {
          socket.close();
        }
        awaitWaiting(rig, sent.connections + 1);
        assertThat(rig.receiver().heldBytes()).isLessThan(MOST);
        gate.countDown();
        awaitAll(rig, FILL + sent.events, sent.letters);
        assertThat(filler.isClosed()).isFalse();
      }
      await().until(() -> rig.receiver().unfinishedBytes() == 0);
      assertThat(rig.texts().stream().filter(text -> !text.equals("<13>fill")))
          .allMatch(sent.text.apply(0)::equals);
    }
  }

  /** They come while it stands still: each has little read and waits. */
  @Test
  void connectionsWithALongLineEachWaitForRoom() throws Exception {
    int count = 900;
    String line = "<13>" + "l".repeat(8_000);
    List<Socket> open = new ArrayList<>();
    try (SyslogRig rig = standing("");
        Socket filler = fill(rig)) {
      for (int i = 0; i < count; i++) {
        Socket socket = rig.connect();
        open.add(socket);
        write(socket, line + "\n");
      }
      awaitWaiting(rig, count + 1);
      assertThat(rig.receiver().heldBytes()).isLessThan(MOST);
      gate.countDown();
      awaitAll(rig, FILL + count, 0);
      assertThat(filler.isClosed()).isFalse();
      assertThat(rig.texts().stream().filter(text -> !text.equals("<13>fill")))
          .hasSize(count)
          .allMatch(line::equals);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static void awaitWaiting(SyslogRig rig, int count) {
    await().until(() -> rig.receiver().waitingConnections() == count);
  }

  private static void awaitAll(SyslogRig rig, int events, int letters) {
    await()
        .until(
            () ->
                rig.events.size() == events
                    && rig.deadLetters.stream().mapToInt(DeadLetter::count).sum() == letters);
  }

  /**
   * The route takes one batch at a time. Whoever waits gets a share of each, however much the
   * others have.
   */
  @Test
  void anHonestSenderGetsItsShareOfEachBatch() throws Exception {
    int strangers = 10;
    int honestEvents = 450;
    Semaphore batches = new Semaphore(0);
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> senders = new ArrayList<>();
    try (SyslogRig rig =
        SyslogRig.start(
            "",
            exchange -> {
              if (!over.get()) {
                batches.acquire();
              }
            })) {
      for (int i = 0; i < strangers; i++) {
        senders.add(new Thread(() -> sendWithoutEnd(rig, over), "stranger"));
        senders.get(i).start();
      }
      awaitWaiting(rig, strangers);
      int taken = 0;
      try (Socket honest = rig.connect()) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < honestEvents; i++) {
          lines.append("<13>honest ").append(i).append('\n');
        }
        write(honest, lines.toString());
        awaitWaiting(rig, strangers + 1);
        while (honest(rig) < honestEvents && taken < 100) {
          batches.release();
          int now = ++taken;
          await().until(() -> rig.batchSizes.size() == now && isAtRest(rig, strangers));
        }
      }
      // a tenth of each batch would be ten; some of them had been filled before it came
      assertThat(taken).isLessThan(25);
      assertThat(rig.texts().stream().filter(text -> text.startsWith("<13>honest")))
          .hasSize(honestEvents);
      over.set(true); // or the stop would wait for the route
      batches.release(10_000);
    } finally {
      over.set(true);
      for (Thread sender : senders) {
        sender.join();
      }
    }
  }

  /** All have had their turn, and the strangers always have more. */
  private static boolean isAtRest(SyslogRig rig, int strangers) {
    return rig.receiver().waitingConnections() >= strangers;
  }

  private static long honest(SyslogRig rig) {
    return rig.texts().stream().filter(text -> text.startsWith("<13>honest")).count();
  }

  private static void sendWithoutEnd(SyslogRig rig, AtomicBoolean over) {
    byte[] lines = "x\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    try (Socket socket = rig.connect()) {
      while (!over.get()) {
        socket.getOutputStream().write(lines);
      }
    } catch (IOException e) {
      if (!over.get()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }
}
