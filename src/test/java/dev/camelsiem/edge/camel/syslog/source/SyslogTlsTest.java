package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("camel")
@Timeout(60)
class SyslogTlsTest {

  private static final TestCertificates CERTIFICATES = TestCertificates.shared();

  @Test
  void aSenderThatTrustsUsIsHeard() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=tls&" + keyStore())) {
      send(rig, CERTIFICATES.clientWithoutKey(), "7 <13>one8 <13>two!");
      await().until(() -> rig.events.size() == 2);

      assertThat(rig.texts()).containsExactly("<13>one", "<13>two!");
      assertThat(rig.events.get(0).origin()).startsWith("tls://127.0.0.1:");
    }
  }

  @Test
  void aKeyMayComeFromPemFiles() throws Exception {
    String pem =
        "certificate="
            + CERTIFICATES.serverChainPem()
            + "&privateKey="
            + CERTIFICATES.serverKeyPem();
    try (SyslogRig rig = SyslogRig.start("protocol=tls&" + pem)) {
      send(rig, CERTIFICATES.clientWithoutKey(), "<13>one\n");
      await().until(() -> rig.events.size() == 1);
    }
  }

  @Test
  void aSenderThatDoesNotTrustUsIsNotHeard() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=tls&" + keyStore())) {
      assertThatThrownBy(() -> send(rig, CERTIFICATES.clientOfAnotherAuthority(), "<13>one\n"))
          .isInstanceOf(IOException.class);
      await().until(() -> rig.receiver().failedHandshakes() == 1);
      assertThat(rig.events).isEmpty();
    }
  }

  @Test
  void aSenderWithTheRightCertificateIsHeard() throws Exception {
    try (SyslogRig rig = SyslogRig.start(mutual())) {
      send(rig, CERTIFICATES.clientWithKey(), "<13>one\n");
      await().until(() -> rig.events.size() == 1);
    }
  }

  @Test
  void aSenderWithoutCertificateIsNotHeard() throws Exception {
    try (SyslogRig rig = SyslogRig.start(mutual())) {
      sendIgnoringRefusal(rig, CERTIFICATES.clientWithoutKey());
      await().until(() -> rig.receiver().failedHandshakes() == 1);
      assertThat(rig.events).isEmpty();
    }
  }

  @Test
  void aSenderWithACertificateOfAnotherAuthorityIsNotHeard() throws Exception {
    try (SyslogRig rig = SyslogRig.start(mutual())) {
      sendIgnoringRefusal(rig, CERTIFICATES.clientWithForeignKey());
      await().until(() -> rig.receiver().failedHandshakes() == 1);
      assertThat(rig.events).isEmpty();
    }
  }

  @Test
  void plainTextToTheTlsPortIsRefusedAndOthersAreHeard() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=tls&" + keyStore())) {
      try (Socket socket = rig.connect()) {
        socket.getOutputStream().write("<13>in the clear\n".getBytes(StandardCharsets.UTF_8));
        socket.setSoTimeout(10_000);
        assertThat(socket.getInputStream().readAllBytes().length).isLessThan(20); // a TLS alert
      }
      await().until(() -> rig.receiver().failedHandshakes() == 1);
      send(rig, CERTIFICATES.clientWithoutKey(), "<13>one\n");
      await().until(() -> rig.events.size() == 1);
      assertThat(rig.texts()).containsExactly("<13>one");
    }
  }

  @Test
  void tls11IsRefused() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=tls&" + keyStore())) {
      assertThatThrownBy(
              () -> {
                try (SSLSocket socket = socket(rig, CERTIFICATES.clientWithoutKey())) {
                  socket.setEnabledProtocols(new String[] {"TLSv1.1"});
                  socket.startHandshake();
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void settingsThatCannotWorkAreNamedAtTheStart() {
    refused("protocol=tls", "set keyStore and keyStorePassword, or certificate and privateKey");
    refused("protocol=tls&keyStore=/no/such.p12", "keyStore `/no/such.p12` cannot be used");
    refused("protocol=tls&clientAuth=need&" + keyStore(), "set trustStore or trustedCertificates");
    refused("protocol=tls&clientAuth=maybe&" + keyStore(), "`none`, `want` or `need`");
    refused("protocol=sctp", "`tcp`, `tls` or `udp`");
    refused("framing=crlf", "`auto`, `lf` or `octet-counting`");
    refused("port=70000", "port is 70000");
    refused("maxFrameBytes=2000000", "maxFrameBytes is 2000000");
  }

  private static void refused(String options, String reason) {
    assertThatThrownBy(() -> SyslogRig.start(options)).hasStackTraceContaining(reason);
  }

  private static String keyStore() {
    return "keyStore="
        + CERTIFICATES.serverKeyStore()
        + "&keyStorePassword="
        + TestCertificates.PASSWORD;
  }

  private static String mutual() {
    return "protocol=tls&clientAuth=need&trustedCertificates="
        + CERTIFICATES.authorityPem()
        + "&"
        + keyStore();
  }

  private static void send(SyslogRig rig, SSLContext context, String text) throws IOException {
    try (SSLSocket socket = socket(rig, context)) {
      socket.startHandshake();
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
  }

  /** With TLS 1.3 a client learns only after its own handshake that it was refused. */
  private static void sendIgnoringRefusal(SyslogRig rig, SSLContext context) {
    try {
      send(rig, context, "<13>one\n");
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  private static SSLSocket socket(SyslogRig rig, SSLContext context) throws IOException {
    return (SSLSocket)
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), rig.port);
  }
}
