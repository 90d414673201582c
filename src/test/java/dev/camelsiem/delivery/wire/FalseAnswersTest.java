package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.integration.Lines;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that end too early, too late or without being read: nothing is confirmed by them. */
@Timeout(120)
class FalseAnswersTest extends WindowFixture {
  @Test
  void aResetInsideAWindowIsNotSeenAndAllBeyondTheSafeMarkIsSentAgain() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          if (number == 2) {
            peer.readLines(connection.getInputStream(), 3);
            Peer.reset(connection);
          } else {
            peer.readAll(connection);
          }
        };
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      assertThatThrownBy(
              () -> {
                transport.send(Lines.numbered(10, 20), 20);
                transport.confirm();
              })
          .isInstanceOf(IOException.class);
      assertThat(transport.settle()).as("nothing was seen since").isEqualTo(NOTHING);
      transport.send(Lines.numbered(0, 20), 20);
      transport.confirm();
      assertThat(transport.settle()).isEqualTo(20);
      assertThat(peer.lines().subList(13, 33)).isEqualTo(Lines.names(0, 20));
    }
  }

  @Test
  void aPeerThatClosesEarlyHasNotConfirmed() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> peer.readLines(connection.getInputStream(), 10);
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      await().until(() -> peer.lines().size() == 10 && isBroken(transport));
    }
  }

  /** As a program of C does: a JVM's sockets say their end first, whatever is unread. */
  @Test
  void aPeerThatAcceptsAndClosesConfirmsNothing() throws Exception {
    try (Peer peer = Peer.on(ServerSocketChannel.open().socket(), (it, connection, number) -> {});
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      for (int i = 0; i < 200; i++) {
        assertThatThrownBy(
                () -> {
                  transport.send(Lines.numbered(0, 10), 10);
                  transport.confirm();
                })
            .isInstanceOf(IOException.class);
      }
    }
  }

  /** Whose end comes ahead of the reset, and acknowledges ours, if ours is there already. */
  @Test
  void aPeerThatSaysItsEndAtOnceConfirmsNothing() throws Exception {
    try (Peer peer = Peer.of((it, connection, number) -> {});
        ConfirmingTransport transport = open(Wiring.limits().youth(Duration.ofMinutes(1)), peer)) {
      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(
                () -> {
                  transport.send(Lines.numbered(0, 10), 10);
                  transport.confirm();
                })
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void anEndThatCrossesOursIsNoAnswer() throws Exception {
    assumeThat(Epoll.isAvailable()).as("the kernel can be asked").isTrue();
    Peer.Script endsWithoutReading =
        (peer, connection, number) -> {
          await().until(() -> heard.states.contains(SenderState.CONFIRMING));
          await().during(Duration.ofMillis(50)).until(() -> true);
          connection.shutdownOutput();
          peer.hang();
        };
    ServerSocket little = new ServerSocket();
    little.setReceiveBufferSize(4_096);
    try (Peer peer = Peer.on(little, endsWithoutReading);
        ConfirmingTransport transport = open(Wiring.limits().startBytes(256 << 10), peer)) {
      transport.send(Lines.batch(java.util.Collections.nCopies(250, "x".repeat(800))), 1);
      assertThatThrownBy(transport::confirm)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("before it had read to the end");
    }
  }

  @Test
  void afterABreakAWindowIsNotEndedBeforeItsConnectionHasStayed() throws Exception {
    Peer.Script closing =
        (peer, connection, number) -> {
          connection.setSoTimeout(100);
          connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        };
    try (Peer peer = Peer.of(closing);
        ConfirmingTransport transport = open(Wiring.limits().trial(Duration.ofHours(1)), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      await().until(() -> isBroken(transport));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(
                () -> {
                  transport.send(Lines.numbered(0, 10), 10);
                  transport.confirm();
                })
            .hasMessageContaining("closed the connection before");
      }
    }
  }

  @Test
  void anAnswerThatComesLateProvesNothing() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readLines(connection.getInputStream(), 10);
          await().until(() -> heard.states.contains(SenderState.CONFIRMING));
          await().during(Duration.ofMillis(50)).until(() -> true);
          connection
              .shutdownOutput(); // as a JVM's close: a FIN first, although there is unread data
          connection.close();
        };
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits().proof(Duration.ofMillis(20)), peer)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(
                () -> {
                  heard.states.clear();
                  transport.send(Lines.numbered(0, 200), 200);
                  transport.confirm();
                })
            .hasMessageContaining("too late to prove");
      }
    }
  }

  @Test
  void aReaderThatIsAlwaysLateGetsOnWithTheSmallestWindows() throws Exception {
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits().proof(Duration.ZERO), peer)) {
      int refusals = 0;
      boolean seen = false;
      while (!seen) {
        try {
          transport.send(Lines.numbered(0, 10), 10);
          transport.confirm();
          seen = true;
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("too late to prove");
          refusals++;
        }
      }
      assertThat(refusals).isEqualTo(6);
      transport.send(Lines.numbered(10, 20), 20);
      assertThat(transport.confirm()).isEqualTo(10);
    }
  }

  private static boolean isBroken(ConfirmingTransport transport) throws Exception {
    try {
      transport.send(Lines.numbered(0, 1), 11);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
