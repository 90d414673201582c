package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.integration.Destination.Tls;
import dev.camelsiem.integration.Lines;
import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RELP against a small receiver. */
@Timeout(120)
class RelpTransportTest {
  private final Heard heard = new Heard();

  @Test
  void aWindowCountsWhenAllItsEventsAreAcknowledged() throws Exception {
    RelpPeer relp = new RelpPeer(n -> "200 OK");
    try (Peer peer = Peer.of(relp);
        RelpTransport transport = open(peer, null, Duration.ofMinutes(1))) {
      transport.send(Lines.numbered(0, 499), 1);
      assertThat(transport.isDue()).isFalse();
      transport.send(Lines.numbered(499, 500), 2);
      assertThat(transport.isDue()).isTrue();
      assertThat(transport.confirm()).isEqualTo(2);
      transport.send(Lines.numbered(500, 510), 3);
      assertThat(transport.settle()).isEqualTo(3);
      assertThat(relp.events).isEqualTo(Lines.names(0, 510));
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void aRefusedEventFailsTheWindow() throws Exception {
    RelpPeer relp = new RelpPeer(n -> n == 3 ? "500 no" : "200 OK");
    try (Peer peer = Peer.of(relp);
        RelpTransport transport = open(peer, null, Duration.ofMinutes(1))) {
      transport.send(Lines.numbered(0, 5), 5);
      assertThatThrownBy(transport::confirm)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refused events");
      transport.send(Lines.numbered(0, 5), 5);
      assertThat(transport.confirm()).isEqualTo(5);
    }
  }

  /** One event that is never taken must not hold up the others for ever. */
  @Test
  void anEventThatIsRefusedAgainAndAgainIsLost() throws Exception {
    RelpPeer relp = new RelpPeer(n -> n % 5 == 3 ? "500 no" : "200 OK");
    try (Peer peer = Peer.of(relp);
        RelpTransport transport = withoutWaiting(peer)) {
      for (int i = 0; i < 2; i++) {
        transport.send(Lines.numbered(0, 5), 5);
        assertThatThrownBy(transport::confirm).hasMessageContaining("refused events");
      }
      assertThat(heard.lost).hasValue(0);
      transport.send(Lines.numbered(0, 5), 5);
      assertThat(transport.confirm()).isEqualTo(5);
      assertThat(heard.lost).hasValue(1);
      assertThat(heard.losses).containsExactly("refused by the receiver");
    }
  }

  @Test
  void anEventThatIsRefusedForAWhileIsNotLost() throws Exception {
    RelpPeer relp = new RelpPeer(n -> n % 5 == 3 && n < 50 ? "500 no" : "200 OK");
    try (Peer peer = Peer.of(relp);
        RelpTransport transport = open(peer, null, Duration.ofMinutes(1))) {
      for (int i = 0; i < 10; i++) {
        transport.send(Lines.numbered(0, 5), 5);
        assertThatThrownBy(transport::confirm).hasMessageContaining("refused events");
      }
      transport.send(Lines.numbered(0, 5), 5);
      assertThat(transport.confirm()).isEqualTo(5);
      assertThat(heard.lost).hasValue(0);
    }
  }

  @Test
  void aReceiverThatRefusesAllLosesNothing() throws Exception {
    try (Peer peer = Peer.of(new RelpPeer(n -> "500 no"));
        RelpTransport transport = withoutWaiting(peer)) {
      for (int i = 0; i < 5; i++) {
        transport.send(Lines.numbered(0, 5), 5);
        assertThatThrownBy(transport::confirm).hasMessageContaining("refused events");
      }
      assertThat(heard.lost).hasValue(0);
    }
  }

  /** The same line may stand in a window more than once, and each one counts. */
  @ParameterizedTest
  @CsvSource({"5, 0", "4, 4"})
  void equalEventsCountEach(int refusedOfFive, int lost) throws Exception {
    RelpPeer relp = new RelpPeer(n -> (n - 1) % 5 < refusedOfFive ? "500 no" : "200 OK");
    try (Peer peer = Peer.of(relp);
        RelpTransport transport = withoutWaiting(peer)) {
      for (int i = 0; i < 3; i++) {
        transport.send(Lines.batch(List.of("same", "same", "same", "same", "other")), 5);
        if (i < 2 || lost == 0) {
          assertThatThrownBy(transport::confirm).hasMessageContaining("refused events");
        } else {
          assertThat(transport.confirm()).isEqualTo(5);
        }
      }
      assertThat(heard.lost).hasValue(lost);
    }
  }

  @Test
  void aWaitThatNothingElseEndsIsEndedByPatience() throws Exception {
    RelpPeer relp = new RelpPeer(n -> n <= 3 ? null : "200 OK");
    WireLimits limits = Wiring.limits().patience(Duration.ofSeconds(2)).build();
    try (Peer peer = Peer.of(relp)) {
      WireSettings settings = Wiring.to(null, Duration.ofHours(1), peer.address());
      try (RelpTransport transport = new RelpTransport(settings, limits, heard)) {
        transport.send(Lines.numbered(0, 3), 3);
        assertThatThrownBy(transport::confirm).hasMessageContaining("did not acknowledge");
        transport.send(Lines.numbered(0, 3), 3);
        assertThat(transport.confirm()).isEqualTo(3);
      }
    }
  }

  @Test
  void aReceiverThatDoesNotAcknowledgeFailsTheWindow() throws Exception {
    RelpPeer relp = new RelpPeer(n -> n <= 3 ? null : "200 OK");
    try (Peer peer = Peer.of(relp);
        RelpTransport transport = open(peer, null, Duration.ofSeconds(5))) {
      transport.send(Lines.numbered(0, 3), 3);
      assertThatThrownBy(transport::confirm)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not acknowledge");
      transport.send(Lines.numbered(0, 3), 3);
      assertThat(transport.confirm()).isEqualTo(3);
    }
  }

  @Test
  void closeEndsAWaitAtOnce() throws Exception {
    RelpPeer relp = new RelpPeer(n -> null);
    try (Peer peer = Peer.of(relp);
        RelpTransport transport = open(peer, null, Duration.ofMinutes(5))) {
      transport.send(Lines.numbered(0, 3), 3);
      CompletableFuture<Throwable> failed =
          CompletableFuture.supplyAsync(
              () -> org.assertj.core.api.Assertions.catchThrowable(transport::confirm));
      await().until(() -> relp.events.size() == 3);
      Wiring.close(transport);
      assertThat(failed.get()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void tlsIsSpokenToo() throws Exception {
    TestCertificates certificates = TestCertificates.shared();
    RelpPeer relp = new RelpPeer(n -> "200 OK");
    ServerSocket server = TestCertificates.serverSocket(certificates.serverKeyStore(), "TLSv1.3");
    Tls tls = new Tls(certificates.authorityPem().toString(), null, null, null, null, true);
    try (Peer peer = Peer.on(server, relp);
        RelpTransport transport = open(peer, tls, Duration.ofMinutes(1))) {
      transport.send(Lines.numbered(0, 100), 100);
      assertThat(transport.confirm()).isEqualTo(100);
      assertThat(relp.events).isEqualTo(Lines.names(0, 100));
    }
  }

  /** Refused events need no minute to be given up. */
  private RelpTransport withoutWaiting(Peer peer) {
    WireSettings settings = Wiring.to(null, Duration.ofMinutes(1), peer.address());
    return new RelpTransport(settings, Wiring.limits().retest(Duration.ZERO).build(), heard);
  }

  private RelpTransport open(Peer peer, @Nullable Tls tls, Duration confirmTimeout) {
    WireSettings settings = Wiring.to(tls, confirmTimeout, peer.address());
    return new RelpTransport(settings, Wiring.limits().build(), heard);
  }
}
