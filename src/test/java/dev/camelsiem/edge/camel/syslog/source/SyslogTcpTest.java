package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.log.LogFullException;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("camel")
@Timeout(60)
class SyslogTcpTest {
  @Test
  void linesAndCountedOctetsAreToldApartByConnection() throws Exception {
    try (SyslogRig rig = SyslogRig.start("")) {
      rig.send("<13>one\n<13>two\r\n<13>last without line end");
      await().until(() -> rig.events.size() == 3);
      rig.send("7 <13>one9 <13>o\nne!");
      await().until(() -> rig.events.size() == 5);

      assertThat(rig.texts())
          .containsExactly(
              "<13>one", "<13>two", "<13>last without line end", "<13>one", "<13>o\nne!");
      assertThat(rig.deadLetters).isEmpty();
      assertThat(rig.events).extracting(RawEvent::id).doesNotHaveDuplicates();
      assertThat(rig.events).extracting(RawEvent::source).doesNotContain(0L);
      RawEvent second = rig.events.get(1);
      assertThat(second.origin()).startsWith("tcp://127.0.0.1:");
      assertThat(second.position()).isEqualTo(2);
      assertThat(System.currentTimeMillis() - second.receivedAt()).isBetween(0L, 60_000L);
      assertThat(rig.headers).allSatisfy(headers -> assertThat(headers).isEmpty());
    }
  }

  @Test
  void bytesStayAsTheyCame() throws Exception {
    byte[] line = {'<', '1', '3', '>', 0, (byte) 0xC3, (byte) 0x28, (byte) 0xFF, 'x', '\n'};
    try (SyslogRig rig = SyslogRig.start("")) {
      rig.send(line);
      await().until(() -> rig.events.size() == 1);

      assertThat(rig.events.get(0).toBytes()).isEqualTo(java.util.Arrays.copyOf(line, 9));
    }
  }

  @Test
  void aStreamCutAtEveryByteGivesTheSameEvents() throws Exception {
    String stream = "7 <13>one\n9 <13>o\nne!18 <13>событие8 <13>two!";
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    try (SyslogRig rig = SyslogRig.start("batchTimeout=5")) {
      for (int cut = 1; cut < bytes.length; cut++) {
        rig.events.clear();
        try (Socket socket = rig.connect()) {
          socket.setTcpNoDelay(true);
          OutputStream out = socket.getOutputStream();
          out.write(bytes, 0, cut);
          out.flush();
          // two writes of a socket may still arrive in one read; most do not
          out.write(bytes, cut, bytes.length - cut);
          out.flush();
        }
        await().pollInterval(Duration.ofMillis(2)).until(() -> rig.events.size() == 4);
        assertThat(rig.texts()).containsExactly("<13>one", "<13>o\nne!", "<13>событие", "<13>two!");
      }
    }
  }

  @Test
  void aFrameOverTheLimitIsADeadLetterAndTheNextOneArrives() throws Exception {
    String tooLong = "<13>" + "x".repeat(5_000_000);
    try (SyslogRig rig = SyslogRig.start("maxFrameBytes=1000")) {
      rig.send("<13>before\n" + tooLong + "\n<13>after\n");
      await().until(() -> rig.events.size() == 2 && rig.deadLetters.size() == 1);

      assertThat(rig.texts()).containsExactly("<13>before", "<13>after");
      DeadLetter letter = rig.deadLetters.get(0);
      assertThat(letter.reason()).isEqualTo(StopReason.TOO_LARGE);
      assertThat(letter.detail()).contains("5000004 bytes").contains("limit is 1000");
      assertThat(letter.event().toString()).isEqualTo(tooLong.substring(0, 8192));
      assertThat(letter.cut()).isEqualTo(new DeadLetter.Cut(5_000_004, null));
      assertThat(letter.event().origin()).startsWith("tcp://127.0.0.1:");
    }
  }

  /** Then it can come back when the limit was raised. */
  @Test
  void aFrameOverTheLimitThatIsKeptWholeIsNotCut() throws Exception {
    try (SyslogRig rig = SyslogRig.start("maxFrameBytes=10")) {
      rig.send("<13>too long\n");
      await().until(() -> rig.deadLetters.size() == 1);

      DeadLetter letter = rig.deadLetters.get(0);
      assertThat(letter.event().toString()).isEqualTo("<13>too long");
      assertThat(letter.cut()).isNull();
      assertThat(letter.detail()).doesNotContain("are kept");
    }
  }

  @Test
  void whatIsNoFrameIsADeadLetterAndClosesOnlyItsConnection() throws Exception {
    List<String> bad =
        List.of("9999999999 <13>x", "-7 <13>one", "7<13>one", "99999 <13>short", " 7 <13>one");
    try (SyslogRig rig = SyslogRig.start("framing=octet-counting");
        Socket bystander = rig.connect()) {
      for (String stream : bad) {
        int before = rig.deadLetters.size();
        rig.send("8 <13>good" + stream);
        await().until(() -> rig.deadLetters.size() == before + 1);
      }
      bystander.getOutputStream().write("007 <13>one0 7 <13>two".getBytes(StandardCharsets.UTF_8));
      await().until(() -> rig.events.size() == bad.size() + 2);

      assertThat(rig.deadLetters)
          .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo(StopReason.MALFORMED));
      assertThat(rig.texts()).contains("<13>one", "<13>two");
    }
  }

  @Test
  void aBrokenStreamIsClosedByUs() throws Exception {
    try (SyslogRig rig = SyslogRig.start("framing=octet-counting");
        Socket socket = rig.connect()) {
      socket.getOutputStream().write("this is no length".getBytes(StandardCharsets.UTF_8));
      socket.setSoTimeout(10_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void twoHundredConnectionsKeepTheirOrder() throws Exception {
    int connections = 200;
    int each = 200;
    try (SyslogRig rig = SyslogRig.start("maxConnectionsPerAddress=200")) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        sockets.add(rig.connect());
      }
      for (int n = 0; n < each; n += 10) {
        for (int i = 0; i < connections; i++) {
          StringBuilder lines = new StringBuilder();
          for (int k = n; k < n + 10; k++) {
            lines.append("<13>c").append(i).append(" ").append(k).append('\n');
          }
          sockets.get(i).getOutputStream().write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
      }
      await().until(() -> rig.events.size() == connections * each);
      for (Socket socket : sockets) {
        socket.close();
      }

      Map<String, Integer> next = new HashMap<>();
      for (String text : rig.texts()) {
        String[] words = text.split(" ", 2);
        int number = Integer.parseInt(words[1]);
        assertThat(number).isEqualTo(next.getOrDefault(words[0], 0));
        next.put(words[0], number + 1);
      }
      assertThat(next).hasSize(connections);
      assertThat(rig.batchSizes).allMatch(size -> size <= 500);
      assertThat(rig.batchSizes.size()).isLessThan(connections * each / 50);
    }
  }

  @Test
  void aSlowRouteHoldsTheSenderBack() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (SyslogRig rig = SyslogRig.start("", exchange -> gate.await())) {
      byte[] line = ("<13>" + "x".repeat(300) + "\n").getBytes(StandardCharsets.UTF_8);
      AtomicLong sent = new AtomicLong();
      Thread sender = new Thread(() -> sendForEver(rig, line, sent), "sender");
      sender.start();
      long stalled = awaitStall(sent);

      // what the kernel keeps for both sides is its own; ours is two batches and one read
      assertThat(rig.receiver().waitingBytes()).isLessThan(3_000_000);
      assertThat(stalled).isLessThan(40_000_000);
      gate.countDown();
      await().until(() -> sent.get() > stalled);
      sender.interrupt();
      sender.join();
    }
  }

  private static void sendForEver(SyslogRig rig, byte[] line, AtomicLong sent) {
    try (Socket socket = rig.connect()) {
      OutputStream out = socket.getOutputStream();
      while (!Thread.currentThread().isInterrupted()) {
        out.write(line);
        sent.addAndGet(line.length);
      }
    } catch (IOException e) {
      // the listener was stopped: that is how this sender ends
      return;
    }
  }

  private static long awaitStall(AtomicLong sent) {
    AtomicLong last = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(500))
        .until(() -> sent.get() > 0 && last.getAndSet(sent.get()) == sent.get());
    return sent.get();
  }

  @Test
  void aBatchThatFailsIsTriedAgainInOrder() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (SyslogRig rig =
        SyslogRig.start(
            "",
            exchange -> {
              if (attempts.incrementAndGet() <= 3) {
                throw new IOException("the SIEM is down");
              }
            })) {
      rig.send(lines(1200));
      await().until(() -> rig.events.size() == 1200);

      assertThat(rig.texts()).isEqualTo(lines(1200).lines().toList());
      assertThat(rig.deadLetters).isEmpty();
    }
  }

  @Test
  void aBatchThatKeepsFailingGoesToTheDeadLetters() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (SyslogRig rig =
        SyslogRig.start(
            "retries=2",
            exchange -> {
              attempts.incrementAndGet();
              throw new IOException("the SIEM is down");
            })) {
      rig.send("<13>one\n<13>two\n");
      await().until(() -> rig.deadLetters.size() == 2);

      assertThat(attempts).hasValue(3);
      DeadLetter letter = rig.deadLetters.get(0);
      assertThat(letter.reason()).isEqualTo(StopReason.UNDELIVERABLE);
      assertThat(letter.detail()).contains("the SIEM is down");
      assertThat(letter.event().toString()).isEqualTo("<13>one");
    }
  }

  @Test
  void aFullLogIsWaitedForHoweverLong() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (SyslogRig rig =
        SyslogRig.start(
            "retries=2&retryDelay=1",
            exchange -> {
              if (attempts.incrementAndGet() < 8) {
                throw new RuntimeCamelException(new LogFullException("no room"));
              }
            })) {
      rig.send("<13>one\n");
      await().until(() -> attempts.get() == 8);
      rig.send("<13>two\n");
      await().until(() -> attempts.get() == 9);

      assertThat(rig.deadLetters).isEmpty();
    }
  }

  /** Whoever waits for the route does not give way. */
  @Test
  void tooManyConnectionsAreRefusedAndRoomIsGivenBack() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (SyslogRig rig =
        SyslogRig.start("maxConnectionsPerAddress=2&batchSize=1", exchange -> gate.await())) {
      Socket one = rig.connect();
      Socket two = rig.connect();
      one.getOutputStream().write("<13>one\n".repeat(4).getBytes(StandardCharsets.UTF_8));
      await().until(() -> rig.receiver().waitingBytes() == 21); // and one is under way
      two.getOutputStream().write("<13>two\n".getBytes(StandardCharsets.UTF_8));
      await().until(() -> rig.receiver().waitingConnections() == 2);
      try (Socket three = rig.connect()) {
        three.setSoTimeout(60_000);
        assertThat(three.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(rig.receiver().refusedConnections()).isEqualTo(1);
      gate.countDown();
      one.close();
      await().ignoreExceptionsInstanceOf(IOException.class).until(() -> arrives(rig));
      two.close();
    }
  }

  /** Tries once more; true when this try or one before it came through. */
  private static boolean arrives(SyslogRig rig) throws IOException {
    rig.send("<13>again\n");
    return rig.texts().contains("<13>again");
  }

  @Test
  void nobodyIsAnswered() throws Exception {
    try (SyslogRig rig = SyslogRig.start("");
        Socket socket = rig.connect()) {
      socket.getOutputStream().write("<13>one\n".getBytes(StandardCharsets.UTF_8));
      await().until(() -> rig.events.size() == 1);
      socket.setSoTimeout(200);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aStopDeliversWhatWasReadAndAStartListensAgain() throws Exception {
    try (SyslogRig rig = SyslogRig.start("batchTimeout=10000")) {
      Socket socket = rig.connect();
      socket.getOutputStream().write("<13>whole\n<13>half".getBytes(StandardCharsets.UTF_8));
      await().until(() -> rig.receiver().waitingBytes() == 9);

      rig.context().getRouteController().stopAllRoutes();
      assertThat(rig.texts()).containsExactly("<13>whole");
      socket.close();

      rig.context().getRouteController().startAllRoutes();
      rig.send(lines(500));
      await().until(() -> rig.events.size() == 501);
    }
  }

  private static String lines(int count) {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, count).forEach(i -> lines.append("<13>event ").append(i).append('\n'));
    return lines.toString();
  }
}
