package dev.camelsiem.integration;

import dev.camelsiem.flow.category.ExportCategory;
import dev.camelsiem.flow.category.RuntimeEventType;
import dev.camelsiem.integration.CefSettings.Profile;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.Destination.Tls;
import dev.camelsiem.integration.Integration.DeliverySettings;
import dev.camelsiem.integration.Integration.Selection;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode.Entry;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the list {@code integrations}. Values that break a rule become findings and are
 * replaced by their defaults, so that one pass finds all that is wrong.
 */
final class IntegrationParser {
  private static final int DEFAULT_PORT = 514;
  private static final int DEFAULT_TLS_PORT = 6514;
  private static final long MIB = 1L << 20;

  private final SourceFile file;
  private final Diagnostics diagnostics;
  private final Fields fields;

  IntegrationParser(SourceFile file, Diagnostics diagnostics, Fields fields) {
    this.file = file;
    this.diagnostics = diagnostics;
    this.fields = fields;
  }

  /** The integration; must not be used when the diagnostics hold an error. */
  Integration parse() {
    String name = checked("name", "");
    String id = fields.has("id") ? checked("id", name) : name;
    Boolean enabled = fields.bool("enabled");
    Destination destination = destination();
    Selection selection =
        new Selection(categories(), runtimeEventTypes(), (int) number("minSeverity", 0));
    CefSettings cef = cef(destination);
    DeliverySettings delivery = delivery();
    fields.refuseOthers();
    return new Integration(
        id.strip(),
        name.strip(),
        enabled == null || enabled,
        destination,
        selection,
        cef,
        delivery);
  }

  private Destination destination() {
    Protocol protocol = choice("protocol", Protocol.TCP);
    String address = checked("address", "");
    Tls tls = tls(protocol);
    int port = (int) number("port", tls == null ? DEFAULT_PORT : DEFAULT_TLS_PORT);
    return new Destination(
        protocol,
        address.strip(),
        port,
        choice("framing", Framing.LF),
        tls,
        seconds("connectTimeoutSeconds", Destination.CONNECT_TIMEOUT),
        seconds("writeTimeoutSeconds", Destination.WRITE_TIMEOUT));
  }

  /** {@code tls: true} or a mapping of its settings. */
  private @Nullable Tls tls(Protocol protocol) {
    if (fields.node("tls") instanceof Scalar) {
      Boolean on = fields.bool("tls");
      return on != null && on ? onTcp(new Tls(null, null, null, null, null, true), protocol) : null;
    }
    Fields inner = fields.fields("tls");
    if (inner == null) {
      return null;
    }
    Boolean enabled = inner.bool("enabled");
    Boolean verify = inner.bool("verifyHost");
    Tls tls =
        new Tls(
            inner.text("caFile"),
            inner.text("caPassword"),
            inner.text("certificateFile"),
            inner.text("keyFile"),
            inner.text("keyPassword"),
            verify == null || verify);
    if ((tls.certificateFile() == null) != (tls.keyFile() == null)) {
      report(IntegrationCode.CONFLICT, "tls", "needs certificateFile and keyFile together", inner);
    }
    if (!tls.verifyHost()) {
      report(
          IntegrationCode.WEAK,
          "verifyHost",
          "is off: anybody with a certificate of the CA can play the SIEM",
          inner);
    }
    inner.refuseOthers();
    return enabled != null && !enabled ? null : onTcp(tls, protocol);
  }

  private Tls onTcp(Tls tls, Protocol protocol) {
    if (protocol == Protocol.UDP) {
      report(IntegrationCode.CONFLICT, "tls", "works over TCP only", fields);
    }
    return tls;
  }

  private Set<ExportCategory> categories() {
    List<Scalar> written = fields.scalars("categories");
    Set<ExportCategory> categories = EnumSet.noneOf(ExportCategory.class);
    if (written == null) {
      return EnumSet.allOf(ExportCategory.class);
    }
    for (String key : known("categories", written)) {
      ExportCategory category = ExportCategory.byKey(key);
      if (category != null) {
        categories.add(category);
      }
    }
    return categories;
  }

  private Set<RuntimeEventType> runtimeEventTypes() {
    List<Scalar> written = fields.scalars("runtimeEventTypes");
    Set<RuntimeEventType> types = EnumSet.noneOf(RuntimeEventType.class);
    for (String key : written == null ? List.<String>of() : known("runtimeEventTypes", written)) {
      RuntimeEventType type = RuntimeEventType.byKey(key);
      if (type != null) {
        types.add(type);
      }
    }
    return types;
  }

  /** The keys in capitals; a finding for each that does not exist. */
  private List<String> known(String field, List<Scalar> written) {
    if (written.isEmpty()) {
      report(FieldRules.checkSet(field, List.of()), fields.span(field));
    }
    for (Scalar key : written) {
      report(FieldRules.checkSet(field, List.of(key.text())), key.span());
    }
    return written.stream().map(key -> key.text().strip().toUpperCase(Locale.ROOT)).toList();
  }

  private CefSettings cef(Destination destination) {
    int longest =
        destination.protocol() == Protocol.UDP
            ? CefSettings.MAX_UDP_BYTES
            : CefSettings.MAX_TCP_BYTES;
    Boolean rfc5424 = fields.bool("rfc5424");
    return new CefSettings(
        facility(),
        ZoneId.of(checked("syslogTimeZone", ZoneOffset.UTC.getId())),
        fields.has("hostName") ? checked("hostName", "host") : null,
        choice("profile", Profile.KCS),
        severityOverrides(),
        (int) number("maxMessageBytes", longest),
        fields.text("vendor"),
        fields.text("product"),
        fields.text("version"),
        rfc5424 != null && rfc5424);
  }

  private @Nullable Integer facility() {
    String pri = checked("pri", "none");
    return pri.equalsIgnoreCase("none") ? null : Integer.valueOf(pri.strip());
  }

  private Map<String, Integer> severityOverrides() {
    Map<String, Integer> overrides = new TreeMap<>();
    Fields inner = fields.fields("severityOverrides");
    for (Map.Entry<Entry, Scalar> entry :
        inner == null ? Map.<Entry, Scalar>of().entrySet() : inner.all().entrySet()) {
      Scalar severity = entry.getValue();
      FieldProblem problem = FieldRules.check("severityOverrides", severity.text());
      report(problem, severity.span());
      if (problem == null) {
        overrides.put(entry.getKey().key(), Integer.valueOf(severity.text().strip()));
      }
    }
    return new LinkedHashMap<>(overrides);
  }

  private DeliverySettings delivery() {
    Fields inner = fields.fields("delivery");
    DeliverySettings standard = DeliverySettings.DEFAULT;
    if (inner == null) {
      return standard;
    }
    DeliverySettings delivery =
        new DeliverySettings(
            (int) bounded(inner, "queueEvents", 1_000, 1_000_000, standard.queueEvents()),
            bounded(inner, "spoolMegabytes", 1, 1L << 20, standard.spoolBytes() / MIB) * MIB,
            (int) bounded(inner, "resendKilobytes", 0, 65_536, standard.resendBytes() / 1024)
                * 1024);
    inner.refuseOthers();
    return delivery;
  }

  private Duration seconds(String key, Duration standard) {
    return Duration.ofSeconds(bounded(fields, key, 1, 3_600, standard.toSeconds()));
  }

  private long bounded(Fields in, String key, long from, long to, long standard) {
    Scalar scalar = in.scalar(key, "a whole number");
    if (scalar == null) {
      return standard;
    }
    String text = scalar.text();
    if (!text.isEmpty() && text.length() <= 10 && text.chars().allMatch(Character::isDigit)) {
      long value = Long.parseLong(text);
      if (value >= from && value <= to) {
        return value;
      }
    }
    String wanted = "a whole number from " + from + " to " + to;
    report(
        new FieldProblem(key, IntegrationCode.RANGE, scalar.text(), wanted, null), scalar.span());
    return standard;
  }

  /** A number with a rule of its own. */
  private long number(String key, int standard) {
    String text = checked(key, Integer.toString(standard));
    return Long.parseLong(text.strip());
  }

  private <E extends Enum<E>> E choice(String key, E standard) {
    String text = checked(key, standard.name());
    return Enum.valueOf(standard.getDeclaringClass(), text.strip().toUpperCase(Locale.ROOT));
  }

  /**
   * The text of a key that keeps its rule; the standard when it breaks it. A key that is absent
   * takes the standard, and an empty standard makes it mandatory.
   */
  private String checked(String key, String standard) {
    Scalar scalar = fields.scalar(key, "a single value");
    if (scalar == null && !standard.isEmpty() && !fields.has(key)) {
      return standard;
    }
    String text = scalar == null ? null : scalar.text();
    FieldProblem problem = FieldRules.check(key, text);
    report(problem, fields.span(key));
    return problem != null || text == null ? standard : text;
  }

  private void report(@Nullable FieldProblem problem, Span span) {
    if (problem != null) {
      diagnostics.add(problem.at(file, span));
    }
  }

  private void report(IntegrationCode code, String key, String sentence, Fields where) {
    diagnostics.add(code.at(file, where.span(key), key, sentence));
  }
}
