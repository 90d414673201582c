package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.integration.Lines;
import dev.camelsiem.testing.HeldPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows that are confirmed by close, with receivers on real sockets that read to the end. */
@Timeout(120)
class ConfirmingTransportTest extends WindowFixture {
  @Test
  void whatIsConfirmedLagsOneWindowBehindUntilItIsSettled() throws Exception {
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      transport.send(Lines.numbered(10, 20), 20);
      assertThat(transport.confirm()).isEqualTo(10);
      assertThat(transport.settle()).isEqualTo(20);
      assertThat(transport.settle()).isEqualTo(20);

      assertThat(peer.lines()).isEqualTo(Lines.names(0, 20));
      assertThat(peer.connections()).isEqualTo(3);
      assertThat(heard.states)
          .containsSubsequence(
              SenderState.CONNECTING,
              SenderState.SENDING,
              SenderState.CONFIRMING,
              SenderState.IDLE);
    }
  }

  @Test
  void linesOfTheLogArriveAsTheyAre() throws Exception {
    List<String> lines = Lines.names(0, 1_000);
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.batch(lines), 1);
      transport.send(Lines.batch(lines).select(i -> i % 3 != 0), 2);
      transport.confirm();
      assertThat(peer.lines().subList(0, 1_000)).isEqualTo(lines);
      assertThat(peer.lines()).hasSize(1_000 + 666);
      assertThat(peer.lines().get(1_000)).isEqualTo("event 1");
    }
  }

  @Test
  void marksWithoutEventsNeedNoConnection() throws Exception {
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.numbered(0, 0), 5);
      assertThat(transport.confirm()).isEqualTo(5);
      transport.send(Lines.numbered(0, 1), 6);
      transport.confirm();
      transport.send(Lines.numbered(0, 0), 7);
      assertThat(transport.confirm()).isEqualTo(5); // 6 is still held back, and 7 with it
      assertThat(transport.settle()).isEqualTo(7);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void aWindowEndsWhenItIsFullOrOldAndGrowsWhileAnswersAreQuick() throws Exception {
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      assertThat(transport.isDue()).isFalse();
      transport.send(Lines.numbered(0, 100), 1);
      assertThat(transport.isDue()).isFalse();
      transport.send(Lines.numbered(0, 150), 2);
      assertThat(transport.isDue()).as("250 events").isTrue();
      transport.confirm();
      transport.send(Lines.numbered(0, 499), 3);
      assertThat(transport.isDue()).as("twice as many").isFalse();
      transport.send(Lines.numbered(0, 1), 4);
      assertThat(transport.isDue()).isTrue();
    }
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits().age(Duration.ofMillis(1)), peer)) {
      transport.send(Lines.numbered(0, 1), 1);
      await().until(transport::isDue);
    }
  }

  @Test
  void anotherReceiverDoesNotProveWhatTheFirstOneGot() throws Exception {
    try (Peer first = Peer.reading();
        Peer second = Peer.reading();
        ConfirmingTransport transport =
            new ConfirmingTransport(
                Wiring.to(first.address(), second.address()),
                Wiring.limits().build(),
                loops,
                heard)) {
      transport.send(Lines.numbered(0, 10), 10);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      end(first);
      assertThatThrownBy(transport::settle).hasMessageContaining("is not there any more");
      transport.send(Lines.numbered(0, 10), 10);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      assertThat(transport.settle()).isEqualTo(10);
      assertThat(second.lines()).isEqualTo(Lines.names(0, 10));
    }
  }

  @Test
  void aWindowBehindOneForAnotherReceiverIsNotSent() throws Exception {
    try (Peer first = Peer.reading();
        Peer second = Peer.reading();
        ConfirmingTransport transport =
            new ConfirmingTransport(
                Wiring.to(first.address(), second.address()),
                Wiring.limits().build(),
                loops,
                heard)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      end(first);
      assertThatThrownBy(() -> transport.send(Lines.numbered(10, 20), 20))
          .hasMessageContaining("is not there any more");
      transport.send(Lines.numbered(0, 20), 20);
      transport.confirm();
      assertThat(transport.settle()).isEqualTo(20);
      assertThat(second.lines()).isEqualTo(Lines.names(0, 20));
    }
  }

  @Test
  void aSlowReaderGetsSmallerWindowsAndIsNeverCut() throws Exception {
    Wiring.Limits limits =
        Wiring.limits()
            .slow(Duration.ZERO)
            .stall(Duration.ofMillis(4))
            .silence(Duration.ofMillis(4))
            .startBytes(256 << 10);
    Peer.Script slowly =
        (peer, connection, number) -> {
          while (connection.getInputStream().readNBytes(64 << 10).length > 0) {
            await().during(Duration.ofMillis(20)).until(() -> true);
          }
        };
    try (Peer peer = Peer.of(slowly);
        ConfirmingTransport transport = open(limits, peer)) {
      List<String> large = java.util.Collections.nCopies(200, "x".repeat(1_000));
      int sent = 0;
      for (int window = 1; window <= 6; window++) {
        do {
          transport.send(Lines.batch(large.subList(0, 5)), ++sent);
        } while (!transport.isDue());
        transport.confirm();
        assertThat(heard.addresses).hasSize(window);
      }
      assertThat(sent).as("50 in the first, fewer in others").isLessThan(6 * 50);
      assertThat(transport.settle()).isEqualTo(sent);
    }
  }

  @Test
  void aStalledPeerKeepsItsOneConnection() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Peer.Script script =
        (peer, connection, number) -> {
          goOn.await();
          peer.readAll(connection);
        };
    Wiring.Limits limits = Wiring.limits().stall(Duration.ofMillis(40)).silence(Duration.ZERO);
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(limits, peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      CompletableFuture<Long> confirming = confirm(transport);
      await().until(() -> heard.states.contains(SenderState.STALLED));
      assertThat(confirming).isNotDone();
      goOn.countDown();
      assertThat(confirming.get()).isEqualTo(NOTHING);
      assertThat(peer.lines()).isEqualTo(Lines.names(0, 10));
      assertThat(heard.addresses).hasSize(1);
    }
  }

  @Test
  void closeEndsAWaitAtOnce() throws Exception {
    Peer.Script script = (peer, connection, number) -> peer.hang();
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits().startBytes(1 << 20), peer)) {
      transport.send(Lines.batch(java.util.Collections.nCopies(250, "x".repeat(4_000))), 1);
      CompletableFuture<Long> confirming = confirm(transport);
      await().until(() -> heard.states.contains(SenderState.CONFIRMING));
      Wiring.close(transport);
      await().until(confirming::isCompletedExceptionally);
    }
  }

  @Test
  void theNextAddressIsTriedAtOnceAndKept() throws Exception {
    try (HeldPort nobody = new HeldPort();
        Peer peer = Peer.reading();
        ConfirmingTransport transport =
            new ConfirmingTransport(
                Wiring.to(
                    InetSocketAddress.createUnresolved("127.0.0.1", nobody.number()),
                    peer.address()),
                Wiring.limits().build(),
                loops,
                heard)) {
      for (int i = 0; i < 3; i++) {
        transport.send(Lines.numbered(i, i + 1), i);
        transport.confirm();
      }
      assertThat(peer.lines()).isEqualTo(Lines.names(0, 3));
      assertThat(heard.addresses).allMatch(address -> address.endsWith(":" + peer.port()));
    }
  }

  @Test
  void anErrorNamesAllThatWasTried() throws Exception {
    InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 514);
    try (ConfirmingTransport transport =
        new ConfirmingTransport(Wiring.to(unknown), Wiring.limits().build(), loops, heard)) {
      assertThatThrownBy(() -> transport.send(Lines.numbered(0, 1), 1))
          .isInstanceOf(IOException.class)
          .hasMessage("no address is known for nowhere.invalid");
    }
  }

  /** Closes a peer and waits until nobody listens there any more. */
  private static void end(Peer peer) throws IOException {
    peer.close();
    await().until(() -> isRefused(peer));
  }

  private static boolean isRefused(Peer peer) throws IOException {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), peer.port())) {
      return !probe.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }

  private static CompletableFuture<Long> confirm(ConfirmingTransport transport) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return transport.confirm();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
