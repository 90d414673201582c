package dev.camelsiem.integration;

import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.category.Choices;
import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.integration.CefSettings.Profile;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.Integration.Selection;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.yaml.YamlNode.Entry;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the list {@code integrations}. Values that break a rule become findings and are
 * replaced by their defaults, so that one pass finds all that is wrong.
 */
final class IntegrationParser {
  /** Stands for one that was refused. */
  private static final int SMALLEST_MESSAGE = 480;

  private final CheckedValues values;
  private final Fields fields;
  private final Catalogue catalogue;

  IntegrationParser(SourceFile file, Diagnostics diagnostics, Fields fields, Catalogue catalogue) {
    this.values = new CheckedValues(file, diagnostics, fields);
    this.fields = fields;
    this.catalogue = catalogue;
  }

  /** The integration; must not be used when the diagnostics hold an error. */
  Integration parse() {
    String name = values.checked("name", "");
    String id = fields.has("id") ? values.checked("id", name) : name;
    Boolean enabled = fields.bool("enabled");
    Destination destination = new DestinationParser(values).parse();
    Selection selection =
        new Selection(categories(), runtimeEventTypes(), values.number("minSeverity", 0));
    CefSettings cef = cef(destination);
    DeliverySettings delivery = delivery(destination);
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

  private Set<String> categories() {
    List<Scalar> written = fields.scalars("categories");
    return written == null
        ? Set.copyOf(catalogue.categories().keys())
        : known("categories", written, catalogue.categories());
  }

  private Set<String> runtimeEventTypes() {
    List<Scalar> written = fields.scalars("runtimeEventTypes");
    return written == null
        ? Set.of()
        : known("runtimeEventTypes", written, catalogue.runtimeTypes());
  }

  /** The keys that are there; a finding for each that is not. */
  private Set<String> known(String field, List<Scalar> written, Choices choices) {
    if (written.isEmpty()) {
      values.report(FieldRules.checkSet(field, List.of(), choices), fields.span(field));
    }
    Set<String> keys = new LinkedHashSet<>();
    for (Scalar word : written) {
      values.report(FieldRules.checkSet(field, List.of(word.text()), choices), word.span());
      String key = choices.find(word.text());
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  private CefSettings cef(Destination destination) {
    Boolean eventId = fields.bool("eventId");
    return new CefSettings(
        facility(),
        ZoneId.of(values.checked("syslogTimeZone", ZoneOffset.UTC.getId())),
        fields.has("hostName") ? values.checked("hostName", "host") : null,
        values.choice("profile", Profile.KCS),
        severityOverrides(),
        fields.has("maxMessageBytes") ? values.number("maxMessageBytes", SMALLEST_MESSAGE) : 0,
        destination.protocol() == Protocol.UDP,
        fields.text("vendor"),
        fields.text("product"),
        fields.text("version"),
        fields.bool("rfc5424"),
        eventId != null && eventId);
  }

  private @Nullable Integer facility() {
    if (!fields.has("pri")) {
      return null;
    }
    String pri = values.checked("pri", "none");
    return pri.equalsIgnoreCase("none") ? CefOptions.NO_PRI : Integer.valueOf(pri.strip());
  }

  private Map<String, Integer> severityOverrides() {
    Map<String, Integer> overrides = new TreeMap<>();
    Fields inner = fields.fields("severityOverrides");
    for (Map.Entry<Entry, Scalar> entry :
        inner == null ? Map.<Entry, Scalar>of().entrySet() : inner.all().entrySet()) {
      Scalar severity = entry.getValue();
      FieldProblem problem = FieldRules.check("severityOverrides", severity.text());
      values.report(problem, severity.span());
      if (problem == null) {
        overrides.put(entry.getKey().key(), Integer.valueOf(severity.text().strip()));
      }
    }
    return new LinkedHashMap<>(overrides);
  }

  private DeliverySettings delivery(Destination destination) {
    Fields inner = fields.fields("delivery");
    return inner == null
        ? DeliveryParser.standard(destination.protocol())
        : new DeliveryParser(values.in(inner), destination.protocol()).parse();
  }
}
