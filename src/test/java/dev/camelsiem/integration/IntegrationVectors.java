package dev.camelsiem.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.category.Choices;
import dev.camelsiem.flow.category.LicenceLevel;
import dev.camelsiem.flow.category.Subscription;
import dev.camelsiem.flow.cef.CefFacts;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.EventFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sections {@code route} and {@code validate} of the CEF test vectors. */
public final class IntegrationVectors {
  private static final Catalogue CATALOGUE =
      Catalogue.of(CefMappings.loadAll(CefMappings.CONTAINER_SECURITY));

  private IntegrationVectors() {}

  /**
   * One case of the section {@code route}.
   *
   * @param section the whole section: it names the integrations and the agent groups
   */
  public static void route(JsonNode section, JsonNode vector, CefMapping mapping) {
    LicenceLevel licence =
        vector.path("license").asText("ADVANCED").equals("ADVANCED")
            ? LicenceLevel.ADVANCED
            : LicenceLevel.STANDARD;
    EventFacts event = facts(vector, mapping);
    List<String> sent = new ArrayList<>();
    for (JsonNode integration : section.path("integrations")) {
      if (subscription(section, integration, licence).wants(event)) {
        sent.add(integration.path("id").asText());
      }
    }
    assertThat(sent).as(vector.path("why").asText()).isEqualTo(texts(vector.path("expected")));
  }

  private static EventFacts facts(JsonNode vector, CefMapping mapping) {
    String id = vector.path("event").asText();
    int severity = vector.path("severity").asInt(10);
    byte[] line = ("CEF:0|v|p|1|" + id + "|n|" + severity + "|").getBytes(StandardCharsets.UTF_8);
    EventFacts facts =
        Objects.requireNonNull(
            new CefFacts(List.of(mapping), null).of(line, 0, line.length).facts());
    JsonNode group = vector.path("agentGroup");
    return new EventFacts(
        facts.id(),
        facts.family(),
        facts.severity(),
        facts.category(),
        facts.runtimeType(),
        group.isTextual() ? group.asText() : null);
  }

  private static Subscription subscription(
      JsonNode section, JsonNode integration, LicenceLevel licence) {
    Set<String> groups = new HashSet<>();
    for (JsonNode group : section.path("agentGroups")) {
      if (texts(group.path("siemIntegrations")).contains(integration.path("id").asText())) {
        groups.add(group.path("id").asText());
      }
    }
    return Subscription.of(
        integration.path("enabled").asBoolean(true),
        known(integration.path("categories"), CATALOGUE.categories()),
        known(integration.path("runtimeEventTypes"), CATALOGUE.runtimeTypes()),
        groups,
        integration.path("minSeverity").asInt(0),
        licence,
        CATALOGUE);
  }

  private static Set<String> known(JsonNode keys, Choices choices) {
    return texts(keys).stream()
        .map(key -> Objects.requireNonNull(choices.find(key), key))
        .collect(Collectors.toSet());
  }

  /** One case of the section {@code validate}. */
  public static void validate(JsonNode vector) {
    String field = vector.path("field").asText();
    FieldProblem problem = check(field, vector.path("value"));
    if (problem == null && vector.has("existing")) {
      problem =
          FieldRules.checkUnique(
              field, vector.path("value").asText(), texts(vector.path("existing")));
    }
    String key = problem == null ? null : problem.key();
    boolean valid = vector.path("valid").asBoolean();
    String expected = vector.path("error").isTextual() ? vector.path("error").asText() : null;
    assertThat(key == null).as(vector.path("why").asText() + ": " + key).isEqualTo(valid);
    assertThat(key).isEqualTo(expected);
  }

  private static @Nullable FieldProblem check(String field, JsonNode value) {
    if (value.isArray()) {
      Choices known =
          field.equals("categories") ? CATALOGUE.categories() : CATALOGUE.runtimeTypes();
      return FieldRules.checkSet(field, texts(value), known);
    }
    if (value.isObject()) {
      for (JsonNode inner : value) {
        FieldProblem problem = FieldRules.check(field, inner.asText());
        if (problem != null) {
          return problem;
        }
      }
      return null;
    }
    return FieldRules.check(field, value.isNull() ? null : value.asText());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
