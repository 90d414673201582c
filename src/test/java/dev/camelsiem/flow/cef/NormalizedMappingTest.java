package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.cef.mapping.CefFinding;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped mappings of normalized events name what rules set. */
class NormalizedMappingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {CefMappings.NORMALIZED, CefMappings.NORMALIZED_RU, CefMappings.NORMALIZED_LEEF})
  void itIsClean(String location) {
    assertThat(CefMappings.check(location).findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {CefMappings.NORMALIZED, CefMappings.NORMALIZED_RU, CefMappings.NORMALIZED_LEEF})
  void aFieldThatNoRuleSetsIsRefused(String location, @TempDir Path folder) throws IOException {
    String misspelt = "mapping: m\nextends: %s\nextension: [{key: msg, field: description.fr}]\n";
    Path file = Files.writeString(folder.resolve("m.yaml"), misspelt.formatted(location));
    assertThat(CefMappings.check(file.toString()).findings())
        .extracting(Diagnostic::code)
        .containsExactly(CefFinding.UNKNOWN_FIELD);
  }

  @Test
  void everyImportanceHasItsSeverity() {
    CefMapping mapping = CefMappings.load(CefMappings.NORMALIZED);
    Family family = mapping.families().values().iterator().next();
    assertThat(family.severityWords().keySet())
        .containsAll(Taxonomy.standard().valuesOf("importance"));
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
