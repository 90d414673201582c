package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.integration.Destination.Tls;
import dev.camelsiem.integration.Lines;
import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows over TLS, confirmed by a half-close below it. */
@Timeout(120)
class TlsWindowsTest extends WindowFixture {
  private final TestCertificates certificates = TestCertificates.shared();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void windowsAreConfirmed(String protocol) throws Exception {
    try (Peer peer = peer(protocol);
        ConfirmingTransport transport = open(trusting(certificates.authorityPem()), peer)) {
      for (int i = 0; i < 5; i++) {
        transport.send(Lines.numbered(i * 1_000, i * 1_000 + 1_000), i + 1);
        assertThat(transport.confirm()).isEqualTo(i == 0 ? ConfirmingTransport.NOTHING : i);
      }
      assertThat(transport.settle()).isEqualTo(5);
      assertThat(peer.lines()).isEqualTo(Lines.names(0, 5_000));
    }
  }

  /** A peer that reads the end of TLS answers it at once, while our side may be busy elsewhere. */
  @Test
  void answersThatComeAtOnceAreHeard() throws Exception {
    try (Peer peer = peer("TLSv1.3");
        ConfirmingTransport transport = open(trusting(certificates.authorityPem()), peer)) {
      for (int i = 0; i < 300; i++) {
        transport.send(Lines.numbered(i, i + 1), i + 1);
        assertThat(transport.confirm()).isEqualTo(i == 0 ? ConfirmingTransport.NOTHING : i);
      }
      assertThat(transport.settle()).isEqualTo(300);
    }
  }

  @Test
  void aTrustStoreThatIsReplacedIsReadAgain() throws Exception {
    Path trust = folder.resolve("trust.pem");
    try (Peer peer = peer("TLSv1.3");
        ConfirmingTransport transport = open(trusting(trust), peer)) {
      assertThatThrownBy(() -> transport.send(Lines.numbered(0, 1), 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot read " + trust);
      Files.copy(certificates.authorityPem().resolveSibling("other.pem"), trust);
      assertThatThrownBy(() -> transport.send(Lines.numbered(0, 1), 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("certification path");
      Path next = Files.copy(certificates.authorityPem(), folder.resolve("next.pem"));
      Files.move(next, trust, StandardCopyOption.ATOMIC_MOVE);
      transport.send(Lines.numbered(0, 1), 1);
      transport.confirm();
      assertThat(transport.settle()).isEqualTo(1);
      Files.delete(trust);
      assertThatThrownBy(() -> transport.send(Lines.numbered(1, 2), 2))
          .hasMessageContaining("cannot read " + trust);
      assertThat(peer.lines()).containsExactly("event 0");
    }
  }

  @Test
  void aCertificateMustNameTheHost() throws Exception {
    try (Peer peer =
            Peer.on(
                TestCertificates.serverSocket(certificates.elsewhereKeyStore(), "TLSv1.3"),
                (it, connection, number) -> it.readAll(connection));
        ConfirmingTransport transport = open(trusting(certificates.authorityPem()), peer)) {
      assertThatThrownBy(() -> transport.send(Lines.numbered(0, 1), 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("matching localhost found");
      assertThat(peer.lines()).isEmpty();
      assertThat(heard.addresses).isEmpty();
    }
  }

  @Test
  void closeDoesNotWaitForAPeerThatReadsNothing() throws Exception {
    Peer.Script shakesHandsOnly =
        (it, connection, number) -> {
          ((javax.net.ssl.SSLSocket) connection).startHandshake();
          it.hang();
        };
    try (Peer peer =
            Peer.on(
                TestCertificates.serverSocket(certificates.serverKeyStore(), "TLSv1.3"),
                shakesHandsOnly);
        ConfirmingTransport transport = open(trusting(certificates.authorityPem()), peer)) {
      CompletableFuture<Throwable> failed =
          CompletableFuture.supplyAsync(
              () ->
                  org.assertj.core.api.Assertions.catchThrowable(
                      () -> {
                        while (true) {
                          transport.send(
                              Lines.batch(Collections.nCopies(500, "x".repeat(2_000))), 1);
                        }
                      }));
      org.awaitility.Awaitility.await()
          .until(() -> heard.states.contains(dev.camelsiem.delivery.SenderState.STALLED));
      Wiring.close(transport);
      assertThat(failed.get()).isInstanceOf(IOException.class);
    }
  }

  private Peer peer(String protocol) throws Exception {
    return Peer.on(
        TestCertificates.serverSocket(certificates.serverKeyStore(), protocol),
        (it, connection, number) -> it.readAll(connection));
  }

  private static Tls trusting(Path authority) {
    return new Tls(authority.toString(), null, null, null, null, true);
  }

  private ConfirmingTransport open(Tls tls, Peer peer) {
    InetSocketAddress address = InetSocketAddress.createUnresolved("localhost", peer.port());
    return new ConfirmingTransport(
        Wiring.to(tls, Duration.ofMinutes(1), address),
        Wiring.limits().stall(Duration.ofMillis(40)).build(),
        loops,
        heard);
  }
}
