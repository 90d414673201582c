package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.Condition;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped mappings of normalized events name what rules set. */
class NormalizedMappingTest {
  /** What the rule's localization says of the event; no rule sets it. */
  private static final Set<String> LOCALIZED =
      Set.of("description.en", "description.ru", "name.en", "name.ru");

  private static final Taxonomy TAXONOMY = Taxonomy.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {CefMappings.NORMALIZED, CefMappings.NORMALIZED_RU, CefMappings.NORMALIZED_LEEF})
  void itIsClean(String location) {
    assertThat(CefMappings.check(location).findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {CefMappings.NORMALIZED, CefMappings.NORMALIZED_RU, CefMappings.NORMALIZED_LEEF})
  void everyFieldIsOfTheTaxonomy(String location) {
    CefMapping mapping = CefMappings.load(location);
    FieldTable fields = new CefEncoding(mapping, CefOptions.builder().build()).fields();
    Set<String> unknown = new TreeSet<>();
    for (int slot = 0; slot < fields.size(); slot++) {
      unknown.add(fields.name(slot));
    }
    unknown.removeAll(TAXONOMY.names());
    unknown.removeAll(LOCALIZED);
    unknown.remove(mapping.event().agentGroup()); // of container security
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyWordIsOfTheTaxonomy() {
    CefMapping mapping = CefMappings.load(CefMappings.NORMALIZED);
    List<String> unknown = new ArrayList<>();
    Stream.concat(
            mapping.categorize().stream().flatMap(rule -> rule.when().stream()),
            mapping.extension().stream().flatMap(key -> key.when().stream()))
        .forEach(condition -> unknown.addAll(unknown(condition)));
    assertThat(unknown).isEmpty();
    Family family = mapping.families().values().iterator().next();
    assertThat(family.severityWords().keySet()).containsAll(TAXONOMY.valuesOf("importance"));
  }

  private static List<String> unknown(Condition condition) {
    List<String> known =
        TAXONOMY.valuesOf(condition.field()).stream()
            .map(word -> word.toLowerCase(Locale.ROOT))
            .toList();
    return known.isEmpty() // a free text
        ? List.of()
        : condition.words().stream()
            .filter(word -> !known.contains(word))
            .map(word -> condition.field() + ": " + word)
            .toList();
  }

  /** One file of integrations names the categories of both kinds. */
  @Test
  void itsCategoriesAreNotThoseOfContainerSecurity() {
    CefMapping other = CefMappings.load(CefMappings.CONTAINER_SECURITY);
    assertThat(CefMappings.load(CefMappings.NORMALIZED).categories().keySet())
        .isNotEmpty()
        .doesNotContainAnyElementsOf(other.categories().keySet())
        .doesNotContainAnyElementsOf(other.runtimeTypes().keySet());
  }

  /** Whatever is said in Russian is said in English when there is no Russian. */
  @Test
  void theRussianOneDiffersInItsTextsAlone() {
    CefMapping english = CefMappings.load(CefMappings.NORMALIZED);
    CefMapping russian = CefMappings.load(CefMappings.NORMALIZED_RU);
    Family family = english.families().get("ANY");
    Family translated = russian.families().get("ANY");
    assertThat(family).isNotNull();
    assertThat(translated).isNotNull();
    assertThat(translated.severityWords()).isEqualTo(family.severityWords());
    assertThat(translated.name())
        .isEqualTo(new TextSource(List.of("name.ru", "name.en", "id"), "", "Event"));
    assertThat(russian.extension().stream().filter(key -> !key.key().equals("msg")))
        .isEqualTo(english.extension().stream().filter(key -> !key.key().equals("msg")).toList());
    assertThat(russian.categorize()).isEqualTo(english.categorize());
  }
}
