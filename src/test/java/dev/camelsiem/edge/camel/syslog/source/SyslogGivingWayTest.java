package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever must give way loses what is not complete, and that is said; nothing else is lost. */
@Tag("camel")
@Timeout(120)
class SyslogGivingWayTest {
  private static final String TIGHT = "maxFrameBytes=1000&maxUnfinishedBytes=8192";

  @Test
  void sendersWhoseReadsEndWithinARecordHoldNoMoreThanItsBytes() throws Exception {
    int count = 60;
    List<TlsSender> senders = new ArrayList<>();
    try (SyslogRig rig = SyslogRig.start(TIGHT + "&" + tls())) {
      for (int i = 0; i < count; i++) {
        TlsSender sender = new TlsSender(rig);
        senders.add(sender);
        sender.holdBack();
        sender.write("<13>first " + i + "\n");
        sender.release();
        sender.write("<13>second " + i + "\n");
        sender.release(20);
      }
      await().until(() -> rig.events.size() >= count || rig.receiver().gaveWay() > 0);
      assertThat(rig.receiver().gaveWay()).isZero();
      for (TlsSender sender : senders) {
        sender.release();
      }
      await().until(() -> rig.events.size() == 2 * count);
      assertThat(rig.receiver().gaveWay()).isZero();
      assertThat(rig.receiver().unfinishedBytes()).isZero();
    } finally {
      close(senders);
    }
  }

  /** The end that we make is none that the sender meant. */
  @Test
  void halfALineOfATlsSenderThatGivesWayIsALetterAndItsEventsArrive() throws Exception {
    int count = 30;
    List<TlsSender> senders = new ArrayList<>();
    try (SyslogRig rig = SyslogRig.start(TIGHT + "&batchTimeout=500&" + tls())) {
      for (int i = 0; i < count; i++) {
        TlsSender sender = new TlsSender(rig);
        senders.add(sender);
        sender.holdBack();
        sender.write("<13>whole " + i + "\n<13>half " + i);
        sender.write("x".repeat(900));
        sender.release(-100);
      }
      await().until(() -> rig.receiver().gaveWay() > 0);
      close(senders);
      await().until(() -> wholes(rig) == count && letters(rig) == count);

      assertThat(rig.receiver().gaveWay()).isPositive();
      assertThat(halves(rig)).isZero(); // nor when the sender goes without a close_notify
      assertThat(
              rig.deadLetters.stream()
                  .filter(each -> each.reason() == StopReason.TOO_LARGE)
                  .mapToLong(DeadLetter::count)
                  .sum())
          .isEqualTo(rig.receiver().gaveWay());
      assertThat(rig.deadLetters)
          .allSatisfy(each -> assertThat(each.event().toString()).startsWith("<13>half "))
          .allSatisfy(each -> assertThat(each.cut()).isNotNull());
      await().until(() -> rig.receiver().unfinishedBytes() == 0);
    } finally {
      close(senders);
    }
  }

  private static long wholes(SyslogRig rig) {
    return rig.texts().stream().filter(text -> text.startsWith("<13>whole ")).count();
  }

  private static long halves(SyslogRig rig) {
    return rig.texts().stream().filter(text -> text.startsWith("<13>half ")).count();
  }

  private static int letters(SyslogRig rig) {
    return rig.deadLetters.stream().mapToInt(DeadLetter::count).sum();
  }

  /** What is complete and waits for the queue is not unfinished, however much it is. */
  @Test
  void completeLinesThatWaitForTheRouteGiveWayToNobody() throws Exception {
    AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
    String lines =
        IntStream.range(0, 30_000)
            .mapToObj(i -> (char) ('a' + i % 26) + "\n")
            .collect(Collectors.joining());
    try (SyslogRig rig = SyslogRig.start(TIGHT, exchange -> gate.get().await());
        Socket sender = rig.connect()) {
      write(sender, lines); // so that the next reads are large
      await().until(() -> rig.events.size() == 30_000);
      gate.set(new CountDownLatch(1));
      write(sender, lines);
      await().until(() -> rig.receiver().waitingBytes() >= 500);
      try (Socket other = rig.connect()) {
        write(other, "<13>half");
        await()
            .until(
                () ->
                    rig.receiver().gaveWay() > 0
                        || rig.receiver().unfinishedBytes() > 0
                        || rig.receiver().waitingConnections() == 2);
      }
      gate.get().countDown();
      await().until(() -> rig.events.size() + letters(rig) >= 60_001);

      assertThat(rig.receiver().gaveWay()).isZero();
      assertThat(rig.deadLetters).isEmpty();
      assertThat(rig.texts().stream().filter(each -> each.length() == 1))
          .isEqualTo((lines + lines).lines().toList());
    }
  }

  @Test
  void aReadThatIsOneTooMuchStillGivesItsCompleteEvents() throws Exception {
    String options = "maxFrameBytes=5500&maxUnfinishedBytes=23000&batchTimeout=500";
    String half = "<13>" + "x".repeat(1496);
    List<Socket> others = new ArrayList<>();
    try (SyslogRig rig = SyslogRig.start(options);
        Socket sender = rig.connect()) {
      for (int i = 0; i < 14; i++) {
        others.add(rig.connect());
        write(others.get(i), half);
      }
      write(sender, half);
      await().until(() -> rig.receiver().unfinishedBytes() == 15 * 1500);

      write(sender, "rest\n<13>one\n<13>tail" + "y".repeat(1000));
      await().until(() -> rig.events.size() == 2 && !rig.deadLetters.isEmpty());

      assertThat(rig.receiver().gaveWay()).isEqualTo(1);
      assertThat(rig.texts()).containsExactly(half + "rest", "<13>one");
      DeadLetter letter = rig.deadLetters.get(0);
      assertThat(letter.event().toString()).startsWith("<13>tailyyy");
      assertThat(letter.event().position()).isEqualTo(3);
    } finally {
      for (Socket other : others) {
        other.close();
      }
    }
  }

  private static String tls() {
    return "protocol=tls&keyStore=%s&keyStorePassword=%s"
        .formatted(TestCertificates.shared().serverKeyStore(), TestCertificates.PASSWORD);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static void close(List<TlsSender> senders) throws IOException {
    for (TlsSender sender : senders) {
      sender.close();
    }
  }
}
