package dev.camelsiem.integration;

import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.Destination.Tls;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of an integration that say where its SIEM is. */
final class DestinationParser {
  private static final int SYSLOG_PORT = 514;
  private static final int SYSLOG_TLS_PORT = 6514;
  private static final int KAFKA_PORT = 9092;
  private static final int MOST_ADDRESSES = 16;

  private final CheckedValues values;
  private final Fields fields;

  DestinationParser(CheckedValues values) {
    this.values = values;
    this.fields = values.fields;
  }

  Destination parse() {
    Protocol protocol = values.choice("protocol", Protocol.TCP);
    Tls tls = tls(protocol);
    return new Destination(
        protocol,
        endpoints(values.number("port", standardPort(protocol, tls))),
        topic(protocol),
        values.choice("framing", Framing.LF),
        tls,
        seconds("connectTimeoutSeconds", Destination.CONNECT_TIMEOUT),
        writeTimeout());
  }

  /** Checked, and without effect: delivery waits for a SIEM that takes nothing. */
  private Duration writeTimeout() {
    if (fields.has("writeTimeoutSeconds")) {
      values.report(
          IntegrationCode.OLD_KEY,
          "writeTimeoutSeconds",
          "has no meaning any more: a SIEM that takes nothing is waited for; leave it out");
    }
    return seconds("writeTimeoutSeconds", Destination.WRITE_TIMEOUT);
  }

  private static int standardPort(Protocol protocol, @Nullable Tls tls) {
    if (protocol == Protocol.KAFKA) {
      return KAFKA_PORT;
    }
    return tls == null ? SYSLOG_PORT : SYSLOG_TLS_PORT;
  }

  /** {@code address}, then {@code addresses}; one of them is needed. */
  private List<HostPort> endpoints(int port) {
    List<Scalar> written = fields.scalars("addresses");
    List<HostPort> endpoints = new ArrayList<>();
    if (fields.has("address") || written == null) {
      endpoints.add(new HostPort(values.checked("address", "").strip(), port));
    }
    for (Scalar text : written == null ? List.<Scalar>of() : written) {
      FieldProblem problem = FieldRules.check("addresses", text.text());
      if (problem == null) {
        HostPort endpoint = HostPort.parse(text.text(), port);
        problem = endpoints.contains(endpoint) ? twice(endpoint) : null;
        endpoints.add(endpoint);
      }
      values.report(problem, text.span());
    }
    if (written != null && (written.isEmpty() || written.size() > MOST_ADDRESSES)) {
      String found = Integer.toString(written.size());
      String wanted = "a list of 1 to " + MOST_ADDRESSES + " addresses";
      values.report(
          new FieldProblem("addresses", IntegrationCode.LENGTH, found, wanted, null),
          fields.span("addresses"));
    }
    return endpoints.isEmpty() ? List.of(new HostPort("", port)) : endpoints;
  }

  private static FieldProblem twice(HostPort endpoint) {
    return new FieldProblem(
        "addresses",
        IntegrationCode.DUPLICATE,
        endpoint.toString(),
        "a list of different addresses",
        null);
  }

  private @Nullable String topic(Protocol protocol) {
    if (protocol == Protocol.KAFKA) {
      return values.checked("topic", "").strip();
    }
    if (fields.has("topic")) {
      values.report(IntegrationCode.CONFLICT, "topic", "works with the protocol KAFKA only");
    }
    return null;
  }

  /** {@code tls: true} or a mapping of its settings. */
  private @Nullable Tls tls(Protocol protocol) {
    if (fields.node("tls") instanceof Scalar) {
      Boolean on = fields.bool("tls");
      return on != null && on
          ? overStream(new Tls(null, null, null, null, null, true), protocol)
          : null;
    }
    Fields inner = fields.fields("tls");
    if (inner == null) {
      return null;
    }
    Boolean enabled = inner.bool("enabled");
    Tls tls = tls(inner);
    CheckedValues checks = values.in(inner);
    if ((tls.certificateFile() == null) != (tls.keyFile() == null)) {
      checks.report(IntegrationCode.CONFLICT, "tls", "needs certificateFile and keyFile together");
    }
    if (!tls.verifyHost()) {
      checks.report(
          IntegrationCode.WEAK,
          "verifyHost",
          "is off: anybody with a certificate of the CA can play the SIEM");
    }
    inner.refuseOthers();
    return enabled != null && !enabled ? null : overStream(tls, protocol);
  }

  private static Tls tls(Fields inner) {
    Boolean verify = inner.bool("verifyHost");
    return new Tls(
        inner.text("caFile"),
        inner.text("caPassword"),
        inner.text("certificateFile"),
        inner.text("keyFile"),
        inner.text("keyPassword"),
        verify == null || verify);
  }

  private Tls overStream(Tls tls, Protocol protocol) {
    if (protocol == Protocol.UDP) {
      values.report(IntegrationCode.CONFLICT, "tls", "does not work over UDP");
    }
    return tls;
  }

  private Duration seconds(String key, Duration standard) {
    return Duration.ofSeconds(values.bounded(key, 1, 3_600, standard.toSeconds()));
  }
}
