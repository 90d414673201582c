package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.testing.KeyUpdates;
import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aCloseNotifyEndsTheConnectionThoughTcpStaysOpen(String version) throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=tls&maxConnections=1&" + keyStore());
        TlsSender sender = new TlsSender(rig, version)) {
      sender.write("<13>one\n<13>last");
      sender.sayGoodbye();
      await().until(() -> rig.events.size() == 2);
      assertThat(rig.texts()).containsExactly("<13>one", "<13>last");
      assertThat(sender.hearsGoodbye()).isTrue();

      await().ignoreExceptions().until(() -> isHeard(rig)); // there is one place
      assertThat(rig.receiver().lostPlaces()).isZero();
      assertThat(rig.deadLetters).isEmpty();
    }
  }

  private static boolean isHeard(SyslogRig rig) throws Exception {
    try (TlsSender other = new TlsSender(rig)) {
      other.write("<13>other\n");
      other.sayGoodbye();
      if (!other.hearsGoodbye()) { // the place was not free yet
        return false;
      }
      await().until(() -> rig.texts().contains("<13>other"));
      return true;
    }
  }

  /** A gate that is open at the end, whatever happens before. */
  private record Opened(CountDownLatch gate) implements AutoCloseable {
    void now() {
      gate.countDown();
    }

    @Override
    public void close() {
      now();
    }
  }

  /** Its close_notify is read at once with the rest, or when it has its turn. */
  @ParameterizedTest
  @CsvSource({"TLSv1.2, true", "TLSv1.2, false", "TLSv1.3, true", "TLSv1.3, false"})
  void whoSaysGoodbyeWhileItWaitsForTheRouteLosesNothing(String version, boolean atOnce)
      throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Processor step =
        exchange -> {
          underWay.countDown();
          gate.await();
        };
    try (SyslogRig rig = SyslogRig.start("protocol=tls&batchSize=1&" + keyStore(), step);
        Opened opened = new Opened(gate);
        TlsSender sender = new TlsSender(rig, version)) {
      sender.write("a\n");
      underWay.await();
      sender.holdBack();
      sender.write("b\n".repeat(600) + "z"); // more than the queue takes at a time
      if (!atOnce) {
        sender.release();
        await().until(() -> rig.receiver().waitingConnections() == 1);
      }
      sender.sayGoodbye();
      sender.release();
      if (atOnce) {
        assertThat(sender.hearsGoodbye()).isTrue();
        assertThat(rig.receiver().waitingConnections()).isEqualTo(1);
      }
      opened.now();
      if (!atOnce) {
        assertThat(sender.hearsGoodbye()).isTrue();
      }
      await().until(() -> rig.events.size() == 602);
      assertThat(rig.texts()).startsWith("a", "b").endsWith("b", "z");
      assertThat(rig.deadLetters).isEmpty();
      await().until(() -> rig.receiver().unfinishedBytes() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSenderThatNeverReadsLeavesNothingUnread(String version) throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=tls&" + keyStore());
        TlsSender sender = new TlsSender(rig, version)) {
      sender.write("<13>one\n");
      await().until(() -> rig.events.size() == 1);
      assertThat(sender.unread()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, true", "TLSv1.2, false", "TLSv1.3, true", "TLSv1.3, false"})
  void aSenderThatNeverReadsLosesNothing(String version, boolean saysGoodbye) throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=tls&" + keyStore())) {
      try (TlsSender sender = new TlsSender(rig, version)) {
        sender.write(("<13>" + "x".repeat(3_000) + "\n").repeat(1_000));
        if (saysGoodbye) {
          sender.sayGoodbye();
        }
      }
      await().until(() -> rig.events.size() == 1_000);
      assertThat(rig.deadLetters).isEmpty();
    }
  }

  /** TLS answers each of them: what nobody reads would fill the memory. */
  @Test
  void whoReadsNoAnswersIsCutOff() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=tls&" + keyStore())) {
      assertThat(KeyUpdates.endAConnection(rig.port)).isTrue();
      assertThat(isHeard(rig)).isTrue();
      assertThat(rig.deadLetters).isEmpty();
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
