package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.row;

import dev.camelsiem.testing.HeldPort;
import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS that must not come about, on both of our sides. */
final class TlsRows {
  private static final TestCertificates CERTIFICATES = TestCertificates.shared();
  private static final String REFUSED = "no TLS connection";

  private static final String PLAIN = "plain";

  /** What each SIEM is told to be refused for. */
  private static final Map<String, String> REASONS =
      Map.of(
          "elsewhere",
          "No subject alternative names matching IP address 127.0.0.1 found",
          "unnamed",
          "No subject alternative names present",
          "late",
          "NotAfter: ",
          "alone",
          "unable to find valid certification path",
          "foreign",
          "unable to find valid certification path",
          PLAIN,
          "handshake timed out");

  private TlsRows() {}

  static List<Row> rows() {
    return List.of(
        row("34a", "senders that no TLS connection may be made with", NOTHING, TlsRows::senders),
        row("34b", "SIEMs whose certificate is not to be believed", NOTHING, TlsRows::siems));
  }

  /** One attempt of a sender; what it sends must never arrive. */
  private interface Attempt {
    void run(int port) throws Exception;
  }

  private static void senders(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    s.expect(siem).mostLag = s.full ? 1_000 : Long.MAX_VALUE;
    int port = s.closing(new HeldPort()).number();
    s.load(s.closing(SyslogTaker.tls(port, CERTIFICATES.clientWithKey())));
    String options =
        "&protocol=tls&clientAuth=need&keyStore=%s&keyStorePassword=%s&trustedCertificates=%s"
            .formatted(
                CERTIFICATES.serverKeyStore(),
                TestCertificates.PASSWORD,
                CERTIFICATES.authorityPem());
    Worker worker = s.begin(s.worker().hears(port, options));
    Map<String, Attempt> attempts = new LinkedHashMap<>();
    attempts.put("no certificate", at -> send(at, CERTIFICATES.clientWithoutKey()));
    attempts.put("another authority", at -> send(at, CERTIFICATES.clientWithForeignKey()));
    attempts.put("expired", at -> send(at, CERTIFICATES.clientWithExpiredKey()));
    attempts.put("TLS 1.1", at -> send(at, CERTIFICATES.clientWithKey(), "TLSv1.1"));
    attempts.put("does not trust us", at -> send(at, CERTIFICATES.clientOfAnotherAuthority()));
    attempts.put("plain text", TlsRows::plain);
    s.writing(s.of(2_000, 60_000), 1_000);
    for (int i = 0; i < s.of(1, 20); i++) {
      for (Map.Entry<String, Attempt> each : attempts.entrySet()) {
        if (!isRefused(each.getValue(), port)) {
          s.problem("%s: it was taken", each.getKey());
        }
      }
    }
    s.joinWriting();
    if (worker.process().said(REFUSED) == 0) {
      s.problem("it is not told that TLS connections were refused");
    }
    s.fault();
  }

  /** Judged by the sender: it sees an end or an error, never an open connection. */
  private static boolean isRefused(Attempt attempt, int port) throws Exception {
    try {
      attempt.run(port);
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private static void send(int port, SSLContext context, String... protocols) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket.setSoTimeout(60_000);
      socket.startHandshake();
      socket.getOutputStream().write("never taken\n".getBytes(StandardCharsets.US_ASCII));
      awaitEnd(socket); // with TLS 1.3 a client learns only now that it was refused
    }
  }

  private static void plain(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write("never taken\n".getBytes(StandardCharsets.US_ASCII));
      awaitEnd(socket);
    }
  }

  /** Throws when the other side closes; a time-out is an error of the row. */
  private static void awaitEnd(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // an alert, perhaps
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new IllegalStateException("the connection was left open", e);
    }
    throw new IOException("closed by the other side");
  }

  /** Each gets nothing, in clear or otherwise; the one that can be believed gets all. */
  private static void siems(Scene s) throws Exception {
    s.receiverOverTls("siem");
    List<Receiver> bad = new ArrayList<>();
    for (String name : REASONS.keySet()) {
      Receiver receiver = s.receiver(name, Receiver.Kind.OURS);
      if (!name.equals(PLAIN)) {
        receiver.tls(CERTIFICATES.keyStoreOf(name));
      }
      s.settings(receiver, "tls: {caFile: %s}".formatted(CERTIFICATES.authorityPem()));
      bad.add(receiver.start());
    }
    for (Receiver each : bad) {
      s.expect(each).wanted = number -> false;
      s.expect(each).hearsNoise = each.name.equals(PLAIN);
    }
    Worker worker = s.tailing();
    worker.start();
    s.write(s.of(2_000, 60_000), 2_000);
    for (Receiver each : bad) {
      s.awaitTrue(
          each.name + " is told with a reason",
          () -> worker.said().lines().anyMatch(line -> isReason(line, each.name)));
      if (each.receivedText().contains("suser=")) {
        s.problem("%s got events", each.name);
      }
    }
    s.fault();
  }

  private static boolean isReason(String line, String siem) {
    return line.contains('"' + siem + '"') && line.contains(REASONS.get(siem));
  }
}
