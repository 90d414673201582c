package dev.camelsiem.edge.camel.syslog.sink;

import dev.camelsiem.delivery.wire.SyslogConnection;
import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.DeliverySettings.Confirm;
import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.Destination.Tls;
import dev.camelsiem.integration.FieldProblem;
import dev.camelsiem.integration.FieldRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * The step behind the Kamelet {@code siem-syslog-sink}: delivers a batch to one syslog receiver.
 * Without a log what it cannot write fails the exchange, so that the route's error handler decides;
 * with one an exchange completes when the log has the batch, as with {@code
 * siem-integrations-sink}.
 */
public final class SyslogSink extends AsyncProcessorSupport implements CamelContextAware {
  private static final int STANDARD_PORT = 514;

  private @Nullable CamelContext camelContext;
  private @Nullable SyslogConnection connection;
  private @Nullable LoggedDelivery logged;
  private @Nullable String dataDir;
  private String confirm = "close";
  private String protocol = "tcp";
  private String host = "";
  private int port = STANDARD_PORT;
  private String framing = "lf";
  private long connectTimeout = Destination.CONNECT_TIMEOUT.toMillis();
  private long writeTimeout = Destination.WRITE_TIMEOUT.toMillis();
  private int maxMessageBytes = SyslogConnection.LARGEST_DATAGRAM;
  private @Nullable String caFile;
  private @Nullable String caPassword;
  private @Nullable String certificateFile;
  private @Nullable String keyFile;
  private @Nullable String keyPassword;
  private boolean verifyHost = true;

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    EncodedBatch batch = Bodies.encoded(exchange);
    try {
      exchange.getMessage().setBody(batch);
      if (!batch.isEmpty()) {
        send(batch);
      }
    } catch (IOException | RuntimeException e) {
      exchange.setException(e);
    } catch (InterruptedException e) {
      exchange.setException(e);
      Thread.currentThread().interrupt();
    }
    callback.done(true);
    return true;
  }

  private void send(EncodedBatch batch) throws IOException, InterruptedException {
    LoggedDelivery log = logged;
    SyslogConnection out = connection;
    if (log != null) {
      log.append(batch);
    } else if (out != null) {
      out.send(batch);
    } else {
      throw new IllegalStateException("the syslog sink is not started");
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    Destination destination = destination();
    SyslogConnection.check(destination);
    Confirm how = confirm(confirm);
    if (dataDir != null && !dataDir.isBlank()) {
      logged = LoggedDelivery.open(Path.of(dataDir), destination, how);
    } else if (how == Confirm.RELP) {
      throw new IllegalArgumentException(
          "siem-syslog-sink: `confirm` `relp` needs `dataDir`: what is not acknowledged waits there");
    } else {
      connection =
          new SyslogConnection(destination, maxMessageBytes, new LoggingListener(destination));
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (connection != null) {
      connection.close();
      connection = null;
    }
    LoggedDelivery ending = logged;
    logged = null;
    if (ending != null) {
      ending.close();
    }
    super.doStop();
  }

  private Destination destination() {
    String transport = protocol.strip().toLowerCase(Locale.ROOT);
    Tls tls =
        transport.equals("tls")
            ? new Tls(caFile, caPassword, certificateFile, keyFile, keyPassword, verifyHost)
            : null;
    String ipProtocol = tls == null ? transport : "tcp";
    if (!ipProtocol.equals("tcp") && !ipProtocol.equals("udp")) {
      throw new IllegalArgumentException(
          "siem-syslog-sink: `protocol` must be one of TCP, UDP, TLS, not `" + protocol + "`");
    }
    require(FieldRules.check("address", host));
    require(FieldRules.check("port", Integer.toString(port)));
    return new Destination(
        Protocol.valueOf(ipProtocol.toUpperCase(Locale.ROOT)),
        host.strip(),
        port,
        framing(framing),
        tls,
        Duration.ofMillis(connectTimeout),
        Duration.ofMillis(writeTimeout));
  }

  private static Framing framing(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "lf" -> Framing.LF;
      case "octet", "octet_count" -> Framing.OCTET_COUNT;
      default ->
          throw new IllegalArgumentException("framing must be `lf` or `octet`, not `" + name + "`");
    };
  }

  private static Confirm confirm(String text) {
    try {
      return Confirm.valueOf(text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "siem-syslog-sink: `confirm` must be `close`, `none` or `relp`, not `" + text + "`", e);
    }
  }

  private static void require(@Nullable FieldProblem problem) {
    if (problem != null) {
      throw new IllegalArgumentException("siem-syslog-sink: " + problem.sentence());
    }
  }

  @Override
  public CamelContext getCamelContext() {
    if (camelContext == null) {
      throw new IllegalStateException("no Camel context was given");
    }
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    camelContext = context;
  }

  /** The folder of a durable log; null or blank to do without. No two sinks may share one. */
  public void setDataDir(@Nullable String dataDir) {
    this.dataDir = dataDir;
  }

  /** With a log: {@code close}, {@code none} or {@code relp}. */
  public void setConfirm(String confirm) {
    this.confirm = confirm;
  }

  /** {@code tcp}, {@code udp} or {@code tls}. */
  public void setProtocol(String protocol) {
    this.protocol = protocol;
  }

  public void setHost(String host) {
    this.host = host;
  }

  public void setPort(int port) {
    this.port = port;
  }

  /** {@code lf} or {@code octet}. */
  public void setFraming(String framing) {
    this.framing = framing;
  }

  /** Milliseconds. */
  public void setConnectTimeout(long connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  /** Milliseconds without a byte taken. */
  public void setWriteTimeout(long writeTimeout) {
    this.writeTimeout = writeTimeout;
  }

  /** Largest datagram; TCP has no such limit. */
  public void setMaxMessageBytes(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  public void setCaFile(String caFile) {
    this.caFile = caFile;
  }

  public void setCaPassword(String caPassword) {
    this.caPassword = caPassword;
  }

  public void setCertificateFile(String certificateFile) {
    this.certificateFile = certificateFile;
  }

  public void setKeyFile(String keyFile) {
    this.keyFile = keyFile;
  }

  public void setKeyPassword(String keyPassword) {
    this.keyPassword = keyPassword;
  }

  public void setVerifyHost(boolean verifyHost) {
    this.verifyHost = verifyHost;
  }
}
