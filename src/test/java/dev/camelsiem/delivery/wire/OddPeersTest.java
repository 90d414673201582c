package dev.camelsiem.delivery.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Lines;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows for peers with ways of their own, and batches that are larger than a window. */
@Timeout(120)
class OddPeersTest extends WindowFixture {
  /** It looks like one that died with all unread: nothing may count, but the remedy is told. */
  @Test
  void aPeerThatResetsWhateverWasEndedIsTold() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readAll(connection);
          Peer.reset(connection);
        };
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits(), Duration.ofMinutes(1), peer)) {
      for (int i = 1; i <= 7; i++) {
        transport.send(Lines.numbered(0, 10), 10);
        String remedy = i < 6 ? "reset" : "set `confirm: NONE`";
        assertThatThrownBy(transport::confirm)
            .isInstanceOf(IOException.class)
            .hasMessageContaining(remedy);
      }
      assertThat(heard.unconfirmed).isEmpty();
    }
  }

  /** As a balancer does whose third machine is dead. */
  @Test
  void aPeerThatResetsEachThirdConnectionGetsEverything() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          if (number % 3 == 0) {
            peer.readLines(connection.getInputStream(), 1);
            Peer.reset(connection);
          } else {
            peer.readAll(connection);
          }
        };
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits(), Duration.ofMinutes(1), peer)) {
      int failures = 0;
      long safe = 0;
      while (safe < 20) {
        try {
          for (long mark = safe + 1; mark <= 20; mark++) {
            transport.send(batch(mark), mark);
            while (transport.isDue()) {
              safe = Math.max(safe, transport.confirm());
            }
          }
          safe = transport.settle();
        } catch (IOException e) {
          assertThat(++failures).isLessThan(60);
        }
      }
      for (long mark = 1; mark <= 20; mark++) {
        assertThat(peer.lines()).containsAll(batch(mark));
      }
    }
  }

  /** 400 KB. */
  private static EncodedBatch batch(long mark) {
    String rest = "x".repeat(780);
    return Lines.batch(IntStream.range(0, 500).mapToObj(i -> mark + "/" + i + " " + rest).toList());
  }

  /** What the caller sends in one go must not make a window larger than any may be. */
  @Test
  void noWindowIsLargerThanTheLargest() throws Exception {
    Queue<Integer> windows = new ConcurrentLinkedQueue<>();
    Peer.Script script =
        (peer, connection, number) ->
            windows.add(
                new String(connection.getInputStream().readAllBytes(), ISO_8859_1).length());
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport =
            open(Wiring.limits().startBytes(1 << 20), Duration.ofMinutes(1), peer)) {
      transport.send(Lines.numbered(0, 10), 1);
      transport.confirm(); // it is known from now on
      transport.send(Lines.numbered(10, 2_000), 2);
      transport.send(Lines.numbered(2_000, 2_005), 3);
      transport.send(Lines.numbered(2_005, 2_505), 4);
      transport.confirm();
      assertThat(transport.settle()).isEqualTo(4);
      assertThat(windows)
          .containsExactly(length(0, 10), length(10, 2_005), length(2_005, 2_505), 0);
    }
  }

  private static int length(int from, int to) {
    return String.join("\n", Lines.names(from, to)).length() + 1;
  }

  @Test
  void aBatchIsCutIntoWindowsAndItsMarkComesWithItsEnd() throws Exception {
    Wiring.Limits limits = Wiring.limits().startBytes(1 << 10);
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(limits, Duration.ofMinutes(1), peer)) {
      transport.send(Lines.numbered(0, 10), 1);
      transport.send(Lines.numbered(10, 5_000), 2);
      int windows = heard.addresses.size();
      assertThat(windows).isGreaterThan(2);
      assertThat(transport.isDue()).as("what came of its windows is to be told").isTrue();
      assertThat(transport.confirm()).isEqualTo(1);
      assertThat(heard.addresses).hasSize(windows);
      assertThat(transport.isDue()).isFalse();
      assertThat(transport.confirm()).as("ends the last one").isEqualTo(1);
      assertThat(transport.settle()).isEqualTo(2);
      assertThat(peer.lines()).isEqualTo(Lines.names(0, 5_000));
    }
  }

  @Test
  void aPeerThatDoesNotAnswerWithinABatchGetsTheRestOfItAllTheSame() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readAll(connection);
          peer.hang();
        };
    Wiring.Limits limits = Wiring.limits().startBytes(1 << 10);
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(limits, Duration.ofMillis(50), peer)) {
      transport.send(Lines.numbered(0, 5_000), 1);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      await().until(() -> peer.lines().size() == 5_000);
      assertThat(peer.lines()).isEqualTo(Lines.names(0, 5_000));
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void whatIsHeldBackIsNotSettledByAnAnswerThatComesLate() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readAll(connection);
          if (number == 2) {
            await().during(Duration.ofSeconds(5)).until(() -> true);
          }
        };
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport =
            open(Wiring.limits().proof(Duration.ofSeconds(4)), Duration.ofMinutes(1), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      assertThatThrownBy(transport::settle).hasMessageContaining("too late to prove");
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      assertThat(transport.settle()).isEqualTo(10);
    }
  }

  /**
   * Its patience began with the connection: that it was told the end late, since this process was
   * held up, must not make its own end look like an answer.
   */
  @Test
  void aPeerThatLeavesIsNotBelievedHoweverLateItIsToldTheEnd() throws Exception {
    Duration proof = Duration.ofMillis(300);
    Peer.Script script =
        (peer, connection, number) -> {
          if (number > 1) {
            peer.readAll(connection);
            return;
          }
          peer.readLines(connection.getInputStream(), 1);
          await().until(() -> heard.states.contains(SenderState.CONFIRMING));
          await().during(Duration.ofMillis(50)).until(() -> true);
          connection.shutdownOutput(); // as a JVM's close
          connection.close();
        };
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport =
            open(Wiring.limits().proof(proof), Duration.ofMinutes(1), peer)) {
      transport.send(Lines.numbered(0, 200), 200);
      await().during(proof).until(() -> true);
      assertThatThrownBy(transport::confirm).hasMessageContaining("too late to prove");
    }
  }
}
