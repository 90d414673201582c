package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Half a line is an event only when its sender came to its end; else something is missing. */
@Tag("camel")
@Timeout(120)
class SyslogEndsTest {
  private interface Ending {
    void end(SyslogRig rig, Socket wire, Socket sender) throws Exception;
  }

  @SuppressWarnings("ImmutableEnumChecker") // its lambdas hold nothing
  private enum End {
    GOODBYE("", false, null, (rig, wire, sender) -> sender.close()),
    HALF_CLOSED("", false, null, (rig, wire, sender) -> sender.shutdownOutput()),
    CLOSE_NOTIFY("", true, null, (rig, wire, sender) -> sender.close()),
    RESET("", false, "broken off", (rig, wire, sender) -> reset(sender)),
    TLS_WITHOUT_CLOSE_NOTIFY("", true, "broken off", (rig, wire, sender) -> wire.close()),
    TLS_RESET("", true, "broken off", (rig, wire, sender) -> reset(wire)),
    SILENCE("&idleTimeout=1", false, "idleTimeout", (rig, wire, sender) -> awaitEnd(sender)),
    TLS_SILENCE("&idleTimeout=1", true, "idleTimeout", (rig, wire, sender) -> awaitEnd(wire)),
    STOP(
        "",
        false,
        "the listener closed it",
        (rig, wire, sender) -> rig.context().getRouteController().stopAllRoutes());

    final String options;
    final boolean tls;
    final @Nullable String why;
    final Ending ending;

    End(String options, boolean tls, @Nullable String why, Ending ending) {
      this.options = options;
      this.tls = tls;
      this.why = why;
      this.ending = ending;
    }
  }

  @ParameterizedTest
  @EnumSource
  void halfALine(End end) throws Exception {
    String tls =
        "protocol=tls&keyStore=%s&keyStorePassword=%s&"
            .formatted(TestCertificates.shared().serverKeyStore(), TestCertificates.PASSWORD);
    try (SyslogRig rig = SyslogRig.start((end.tls ? tls : "") + "batchTimeout=5" + end.options)) {
      Socket wire = rig.connect();
      Socket sender = end.tls ? overTls(rig, wire) : wire;
      sender.getOutputStream().write("<13>whole\n<13>ha".getBytes(StandardCharsets.UTF_8));
      await().until(() -> rig.texts().contains("<13>whole"));
      await().until(() -> rig.receiver().unfinishedBytes() > 0);

      end.ending.end(rig, wire, sender);

      await().until(() -> rig.events.size() + rig.deadLetters.size() == 2);
      if (end.why == null) {
        assertThat(rig.texts()).containsExactly("<13>whole", "<13>ha");
      } else {
        assertThat(rig.texts()).containsExactly("<13>whole");
        DeadLetter letter = rig.deadLetters.get(0);
        assertThat(letter.reason()).isEqualTo(StopReason.MALFORMED);
        assertThat(letter.detail()).contains(end.why).contains("no end");
        assertThat(letter.event().toString()).isEqualTo("<13>ha");
        assertThat(letter.cut()).isNotNull();
      }
      await().until(() -> rig.receiver().unfinishedBytes() == 0);
      sender.close();
      wire.close();
    }
  }

  /** Its count says that there was more: nobody may send it on as if that were all. */
  @ParameterizedTest
  @ValueSource(strings = {"200000 <13>half", "300000 <13>half", "99 ", "12", "x<13>no count"})
  void whatIsLeftOfACountedFrameIsCut(String stream) throws Exception {
    try (SyslogRig rig = SyslogRig.start("framing=octet-counting&batchTimeout=5");
        Socket sender = rig.connect()) {
      sender.getOutputStream().write(stream.getBytes(StandardCharsets.UTF_8));
      sender.shutdownOutput();
      await().until(() -> rig.deadLetters.size() == 1);
      assertThat(rig.texts()).isEmpty();
      assertThat(rig.deadLetters.get(0).cut()).isNotNull();
    }
  }

  private static Socket overTls(SyslogRig rig, Socket wire) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            TestCertificates.shared()
                .clientWithoutKey()
                .getSocketFactory()
                .createSocket(
                    wire, InetAddress.getLoopbackAddress().getHostAddress(), rig.port, true);
    socket.startHandshake();
    return socket;
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void awaitEnd(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100_000); // to its end
  }
}
