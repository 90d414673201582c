package dev.camelsiem.edge.camel.syslog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.wire.Failures;
import dev.camelsiem.delivery.wire.SyslogConnection;
import dev.camelsiem.edge.receiver.Behaviour;
import dev.camelsiem.edge.receiver.Collected;
import dev.camelsiem.edge.receiver.Receiver;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.Lines;
import dev.camelsiem.testing.HeldPort;
import dev.camelsiem.tls.ServerTls;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Kamelet {@code siem-syslog-sink} on real sockets, with receivers that misbehave. */
@Tag("camel")
class SyslogSinkTest {
  private static final Path TLS = Path.of("src/test/resources/tls");

  @TempDir Path folder;

  private final Collected collected = new Collected();
  private CamelContext context;
  private ProducerTemplate template;

  @BeforeEach
  void start() {
    context = new DefaultCamelContext();
    context.start();
    template = context.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void sustainedBatchesArriveExactlyAndInOrder() throws Exception {
    try (Receiver receiver = tcp(Behaviour.NORMAL)) {
      route(receiver.port(), "");
      for (int i = 0; i < 200; i++) {
        assertThat(send(Lines.numbered(i * 500, i * 500 + 500)).getException()).isNull();
      }
      await().until(() -> collected.count() == 100_000);
      assertThat(collected.messages()).isEqualTo(Lines.names(0, 100_000));
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  @Test
  void octetCountingCountsBytes() throws Exception {
    try (Receiver receiver = tcp(Behaviour.NORMAL)) {
      route(receiver.port(), "&framing=octet");
      List<String> lines = List.of("Иван", "two\nlines", "x".repeat(12_345), "");
      send(Lines.batch(lines));
      await().until(() -> collected.count() == 4);
      assertThat(collected.messages()).isEqualTo(lines);
    }
  }

  @Test
  void aLineBreakInsideAnEventMakesNoSecondFrame() throws Exception {
    try (Receiver receiver = tcp(Behaviour.NORMAL)) {
      route(receiver.port(), "");
      send(List.of("first\nforged", "second\r\nforged"));
      await().until(() -> collected.count() == 2);
      assertThat(collected.messages()).containsExactly("first forged", "second  forged");
    }
  }

  @Test
  void aBatchThatAStepOfTheUserMadeIsLookedThrough() throws Exception {
    try (Receiver receiver = tcp(Behaviour.NORMAL)) {
      route(receiver.port(), "");
      send(Lines.batch(List.of("first\nforged", "second\r\nforged")));
      await().until(() -> collected.count() == 2);
      assertThat(collected.messages()).containsExactly("first forged", "second  forged");
    }
  }

  @Test
  void withALogBatchesWaitForAReceiverThatIsDown() throws Exception {
    try (HeldPort held = new HeldPort()) {
      route(held.number(), "&dataDir=" + folder.resolve("log"));
      assertThat(send(Lines.numbered(0, 500)).getException()).isNull();
      assertThat(send(List.of("first\nforged", "last")).getException()).isNull();
      try (Receiver receiver = tcp(held.number(), Behaviour.NORMAL)) {
        await().atMost(Duration.ofMinutes(1)).until(() -> collected.count() == 502);
        List<String> expected = new ArrayList<>(Lines.names(0, 500));
        expected.add("first forged");
        expected.add("last");
        assertThat(collected.messages()).isEqualTo(expected);
        assertThat(receiver.connections()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "confirm=clsoe, '`confirm` must be `close`, `none` or `relp`, not `clsoe`'",
    "confirm=clsoe&protocol=udp, '`confirm` must be'",
    "confirm=relp, '`confirm` `relp` needs `dataDir`'"
  })
  void aWrongConfirmStopsTheStart(String options, String sentence) {
    assertThatThrownBy(() -> route(514, "&" + options)).hasStackTraceContaining(sentence);
  }

  @Test
  void withALogWhatWaitsSurvivesARestart() throws Exception {
    try (HeldPort held = new HeldPort()) {
      route(held.number(), "&dataDir=" + folder.resolve("log"));
      assertThat(send(Lines.numbered(0, 500)).getException()).isNull();
      context.stop();
      start();
      try (Receiver receiver = tcp(held.number(), Behaviour.NORMAL)) {
        route(held.number(), "&dataDir=" + folder.resolve("log"));
        await().atMost(Duration.ofMinutes(1)).until(() -> collected.count() == 500);
        assertThat(collected.messages()).isEqualTo(Lines.names(0, 500));
        assertThat(receiver.connections()).isPositive();
      }
    }
  }

  @Test
  void textOfLinesIsABatchToo() throws Exception {
    try (Receiver receiver = tcp(Behaviour.NORMAL)) {
      route(receiver.port(), "");
      send("one\ntwo\n");
      await().until(() -> collected.count() == 2);
      assertThat(collected.messages()).containsExactly("one", "two");
    }
  }

  @Test
  void aRefusedConnectionFailsTheExchangeAndRedeliveryDelivers() throws Exception {
    try (HeldPort port = new HeldPort()) {
      route(port.number(), "");
      assertThat(Failures.describe(send(Lines.numbered(0, 1)).getException()))
          .isEqualTo("Connection refused");
      try (Receiver receiver = tcp(port.number(), Behaviour.NORMAL)) {
        assertThat(send(Lines.numbered(1, 2)).getException()).isNull();
        await().until(() -> collected.count() == 1);
        assertThat(collected.messages()).containsExactly("event 1");
        assertThat(receiver.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void aReceiverThatStallsFailsTheWriteInTime() throws Exception {
    try (Receiver receiver = tcp(Behaviour.STALLING)) {
      route(receiver.port(), "&writeTimeout=500");
      EncodedBatch large = Lines.batch(java.util.Collections.nCopies(100, "x".repeat(10_000)));
      Throwable failure = null;
      for (int i = 0; i < 50 && failure == null; i++) {
        failure = send(large).getException();
      }
      assertThat(failure).isNotNull();
      receiver.behave(Behaviour.NORMAL);
      assertThat(send(Lines.numbered(0, 1)).getException()).isNull();
      await().until(() -> collected.messages().contains("event 0"));
    }
  }

  @Test
  void aSlowReceiverIsWaitedFor() throws Exception {
    try (Receiver receiver = tcp(Behaviour.slow(2_000))) {
      route(receiver.port(), "&writeTimeout=500");
      List<String> lines = java.util.Collections.nCopies(1_500, "x".repeat(10_000));
      assertThat(send(Lines.batch(lines)).getException()).isNull(); // 15 MB: longer than 500 ms
      await().until(() -> collected.count() == 1_500);
    }
  }

  @Test
  void anIdleConnectionThatIsResetIsNoticedAndOpenedAgain() throws Exception {
    AtomicInteger resets = new AtomicInteger();
    try (Receiver receiver = tcp(Behaviour.NORMAL);
        SyslogConnection connection =
            new SyslogConnection(plain(receiver.port()), 1_000, hear(resets))) {
      for (int i = 1; i <= 3; i++) {
        connection.send(Lines.numbered(i, i + 1));
        int expected = i;
        await().until(() -> collected.count() == expected);
        receiver.disconnectAll(true);
        await().until(() -> resets.get() == expected);
      }
      assertThat(receiver.connections()).isEqualTo(3);
    }
  }

  private static Destination plain(int port) {
    return new Destination(
        Protocol.TCP,
        "127.0.0.1",
        port,
        Framing.LF,
        null,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
  }

  private static SyslogConnection.Listener hear(AtomicInteger resets) {
    return new SyslogConnection.Listener() {
      @Override
      public void connected() {}

      @Override
      public void disconnected(boolean orderly, String why) {
        assertThat(orderly).isFalse();
        resets.incrementAndGet();
      }

      @Override
      public void lost(int events, String why) {}
    };
  }

  @Test
  void aReceiverThatAnswersLateDisturbsNothing() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      route(server.getLocalPort(), "");
      send("one");
      try (Socket peer = server.accept()) {
        peer.getInputStream().readNBytes(4);
        peer.getOutputStream().write("what is this?\n".getBytes(StandardCharsets.UTF_8));
        peer.getOutputStream().flush();
        assertThat(send("two").getException()).isNull();
        assertThat(new String(peer.getInputStream().readNBytes(4), StandardCharsets.UTF_8))
            .isEqualTo("two\n");
      }
    }
  }

  @Test
  void udpSendsADatagramForEachEventAndCountsWhatIsTooLarge() throws Exception {
    try (Receiver receiver = Receiver.udp("127.0.0.1", 0, Behaviour.NORMAL, collected)) {
      route(receiver.port(), "&protocol=udp&maxMessageBytes=1000");
      assertThat(send(List.of("one", "x".repeat(1001), "two")).getException()).isNull();
      await().until(() -> collected.count() == 2);
      assertThat(collected.messages()).containsExactly("one", "two");
    }
  }

  @Test
  void udpToAClosedPortNeverFailsTheExchange() throws Exception {
    try (HeldPort closed = new HeldPort()) {
      route(closed.number(), "&protocol=udp");
      for (int i = 0; i < 5; i++) {
        assertThat(send(Lines.numbered(0, 10)).getException()).isNull();
      }
    }
  }

  @Test
  void tlsDeliversToTheRightHost() throws Exception {
    try (Receiver receiver = tls("server", null)) {
      route(receiver.port(), "&protocol=tls&caFile=" + TLS.resolve("ca.pem"));
      for (int i = 0; i < 20; i++) {
        assertThat(send(Lines.numbered(i * 100, i * 100 + 100)).getException()).isNull();
      }
      await().until(() -> collected.count() == 2_000);
      assertThat(collected.messages()).isEqualTo(Lines.names(0, 2_000));
    }
  }

  @Test
  void tlsRefusesACertificateOfAnotherName() throws Exception {
    try (Receiver receiver = tls("wrong", null)) {
      route(receiver.port(), "&protocol=tls&caFile=" + TLS.resolve("ca.pem"));
      Throwable failure = send("secret").getException();
      assertThat(Failures.describe(failure)).contains("No subject alternative names");
      assertThat(collected.count()).isZero();
    }
  }

  @Test
  void tlsRefusesAnUnknownCa() throws Exception {
    try (Receiver receiver = tls("server", null)) {
      route(receiver.port(), "&protocol=tls&caFile=" + TLS.resolve("stranger.pem"));
      Throwable failure = send("secret").getException();
      assertThat(Failures.describe(failure)).contains("unable to find valid certification path");
      assertThat(collected.count()).isZero();
    }
  }

  @Test
  void tlsShowsItsCertificateWhenTheReceiverWantsOne() throws Exception {
    try (Receiver receiver = tls("server", TLS.resolve("ca.pem"))) {
      String client =
          "&certificateFile=" + TLS.resolve("client.pem") + "&keyFile=" + TLS.resolve("client.key");
      route(receiver.port(), "&protocol=tls&caFile=" + TLS.resolve("ca.pem") + client);
      assertThat(send("hello").getException()).isNull();
      await().until(() -> collected.count() == 1);
    }
  }

  @Test
  void wrongSettingsFailAtTheStartWithAReason() {
    assertThatThrownBy(() -> route(70_000, ""))
        .hasStackTraceContaining("`port` must be a number from 1 to 65535, found 70000");
    assertThatThrownBy(() -> route(514, "&framing=crlf"))
        .hasStackTraceContaining("framing must be `lf` or `octet`");
    assertThatThrownBy(() -> route(514, "&protocol=tls&caFile=missing.pem"))
        .hasStackTraceContaining("cannot read missing.pem");
  }

  private Exchange send(Object body) {
    return template.send("direct:in", exchange -> exchange.getMessage().setBody(body));
  }

  private void route(int port, String more) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("direct:in" + (port == 514 || port > 65_535 ? more.hashCode() + "" + port : ""))
                .to("kamelet:siem-syslog-sink?host=127.0.0.1&port=" + port + more);
          }
        });
  }

  private Receiver tcp(Behaviour behaviour) throws IOException {
    return tcp(0, behaviour);
  }

  private Receiver tcp(int port, Behaviour behaviour) throws IOException {
    return Receiver.tcp("127.0.0.1", port, null, behaviour, collected);
  }

  private Receiver tls(String name, @Nullable Path clientCa) throws IOException {
    ServerTls tls = new ServerTls();
    tls.setCertificate(TLS.resolve(name + ".pem").toString());
    tls.setPrivateKey(TLS.resolve(name + ".key").toString());
    if (clientCa != null) {
      tls.setTrustedCertificates(clientCa.toString());
      tls.setClientAuth("need");
    }
    return Receiver.tcp("127.0.0.1", 0, tls, Behaviour.NORMAL, collected);
  }
}
