package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Tls;
import dev.camelsiem.integration.Lines;
import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection without confirmations, with receivers on real sockets. */
@Timeout(120)
class TailTransportTest {
  private static final long NOTHING = ConfirmingTransport.NOTHING;

  private final Loops loops = new Loops(1);
  private final Heard heard = new Heard();

  @AfterEach
  void stop() {
    loops.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anIdleConnectionThatThePeerClosesCostsNothingOverTlsEither(String protocol)
      throws Exception {
    TestCertificates certificates = TestCertificates.shared();
    Semaphore closes = new Semaphore(0);
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readLines(connection.getInputStream(), 10);
          closes.acquire();
        };
    Tls tls = new Tls(certificates.authorityPem().toString(), null, null, null, null, true);
    WireLimits limits = Wiring.limits().trailing(Duration.ofMillis(500)).build();
    try (Peer peer =
        Peer.on(TestCertificates.serverSocket(certificates.serverKeyStore(), protocol), script)) {
      WireSettings settings = Wiring.to(tls, Duration.ofMinutes(1), peer.address());
      try (TailTransport transport = open(settings, limits)) {
        for (int i = 0; i < 30; i += 10) {
          transport.send(Lines.numbered(i, i + 10), i + 10);
          transport.confirm();
          closes.release();
          await().until(() -> isLeft(transport));
        }
        assertThat(transport.lastMark()).isEqualTo(30);
        assertThat(peer.lines()).isEqualTo(Lines.names(0, 30));
      }
    }
  }

  @Test
  void anIdleConnectionThatThePeerClosesCostsNothing() throws Exception {
    Semaphore closes = new Semaphore(0);
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readLines(connection.getInputStream(), 10);
          closes.acquire();
        };
    try (Peer peer = Peer.of(script);
        TailTransport transport = open(Wiring.limits().trailing(Duration.ofMillis(10)), peer)) {
      for (int i = 0; i < 30; i += 10) {
        transport.send(Lines.numbered(i, i + 10), i + 10);
        transport.confirm();
        closes.release();
        await().until(() -> isLeft(transport));
      }
      assertThat(transport.settle()).isEqualTo(NOTHING);
      assertThat(transport.lastMark()).isEqualTo(30);
      assertThat(peer.lines()).isEqualTo(Lines.names(0, 30));
      assertThat(peer.connections()).isEqualTo(3);
    }
  }

  /** As a JVM does that stops while it hangs: its end comes first, and then a reset. */
  @Test
  void aPeerThatClosesWithUnreadDataHasNotReadIt() throws Exception {
    Semaphore closes = new Semaphore(0);
    Peer.Script script =
        (peer, connection, number) -> {
          closes.acquire();
          connection.shutdownOutput();
          connection.close();
        };
    try (Peer peer = Peer.of(script);
        TailTransport transport = open(Wiring.limits().trailing(Duration.ofSeconds(2)), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      closes.release();
      await().until(() -> isBroken(transport));
      assertThat(transport.lastMark()).isEqualTo(NOTHING);
    }
  }

  /** Time alone does not tell that it was read, as long as it waited on our side. */
  @Test
  void aConnectionThatIsClosedSoonAfterTheLastBytesIsSentAgain() throws Exception {
    Semaphore closes = new Semaphore(0);
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readLines(connection.getInputStream(), 10);
          closes.acquire();
        };
    Wiring.Limits limits =
        Wiring.limits().tailAge(Duration.ofHours(1)).trailing(Duration.ofMillis(10));
    try (Peer peer = Peer.of(script);
        TailTransport transport = open(limits, peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      closes.release();
      await().until(() -> isBroken(transport));
      assertThat(transport.lastMark()).isEqualTo(NOTHING);
    }
  }

  @Test
  void aConnectionThatThePeerResetsIsSentAgain() throws Exception {
    Semaphore closes = new Semaphore(0);
    Peer.Script script =
        (peer, connection, number) -> {
          closes.acquire();
          Peer.reset(connection);
        };
    try (Peer peer = Peer.of(script);
        TailTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      closes.release();
      await().until(() -> isBroken(transport));
      assertThat(transport.lastMark()).isEqualTo(NOTHING);
    }
  }

  private static boolean isLeft(TailTransport transport) throws Exception {
    long unused = transport.settle();
    return !transport.isConnected();
  }

  private static boolean isBroken(TailTransport transport) throws Exception {
    try {
      long unused = transport.settle();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private TailTransport open(Wiring.Limits wanted, Peer peer) {
    return open(Wiring.to(peer.address()), wanted.build());
  }

  private TailTransport open(WireSettings settings, WireLimits limits) {
    return new TailTransport(
        new Connector(settings, limits, loops, heard),
        limits,
        new FrameEncoder(Framing.LF),
        heard,
        new Tail(limits, NOTHING));
  }
}
