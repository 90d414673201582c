package dev.camelsiem.flow.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.integration.FieldRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the mappings in force have to subscribe to. */
class CatalogueTest {
  @TempDir Path folder;

  @Test
  void theShippedMappingHasNineCategoriesAndFourRuntimeTypes() {
    Catalogue catalogue = Catalogue.of(CefMappings.loadAll(CefMappings.CONTAINER_SECURITY));
    assertThat(catalogue.categories().keys())
        .containsExactly(
            "ADMINISTRATION",
            "DETECTION",
            "CI_CD",
            "POLICIES",
            "RESOURCES",
            "SCANNERS",
            "ADMISSION_CONTROLLER",
            "CONTAINER_EVENTS",
            "API");
    assertThat(catalogue.runtimeTypes().keys())
        .containsExactly("PROCESSES", "FILES", "NETWORK", "FTP");
  }

  @Test
  void severalMappingsGiveTheirKeysInTheirOrderAndSharedOnesOnce() throws IOException {
    Catalogue catalogue =
        Catalogue.of(
            List.of(
                mapping("one", "{B: {name: b}, A: {name: a, licence: ADVANCED}}"),
                mapping("two", "{C: {name: c}, A: {name: a, licence: ADVANCED}}")));
    assertThat(catalogue.categories().keys()).containsExactly("B", "A", "C");
    assertThat(catalogue.categories().find(" a ")).isEqualTo("A");
    assertThat(catalogue.categories().find("x")).isNull();
    assertThat(catalogue.categories().allowed(List.of("A", "C"), LicenceLevel.STANDARD))
        .containsExactly("C");
  }

  @Test
  void theRuntimeTypesOfContainerSecurityAreAlwaysThereUnlessAMappingHasItsOwn()
      throws IOException {
    Choices types =
        Catalogue.of(
                List.of(mapping("own", "{}\nruntimeTypes: {DOORS: {name: d}, files: {name: f}}")))
            .runtimeTypes();
    assertThat(types.keys()).containsExactly("DOORS", "files", "PROCESSES", "NETWORK", "FTP");
    assertThat(types.allowed(types.keys(), LicenceLevel.STANDARD))
        .containsExactlyInAnyOrder("DOORS", "files");
  }

  /** An earlier step may have encoded by any of them. */
  @Test
  void whoNamesNoMappingKnowsTheCategoriesOfAllThatAreShipped() {
    MappingsInForce standard = MappingsInForce.load(null);
    assertThat(standard.mappings())
        .containsExactly(CefMappings.load(CefMappings.CONTAINER_SECURITY));
    for (String shipped : CefMappings.SHIPPED) {
      assertThat(standard.catalogue().categories().all())
          .containsAll(CefMappings.load(shipped).categories().values());
    }
  }

  /** What is known besides is read, and nothing is encoded by it. */
  @Test
  void knownMappingsAddTheirCategoriesAndEncodeNothing() throws IOException {
    CefMapping own = mapping("own", "{MINE: {name: Mine}}");
    CefMapping standard = CefMappings.load(CefMappings.CONTAINER_SECURITY);
    String location = folder.resolve("own.yaml").toString();
    MappingsInForce known = MappingsInForce.load(null, location);
    assertThat(known.mappings()).containsExactly(standard);
    assertThat(known.known()).containsExactly(standard, own);
    assertThat(known.catalogue()).isEqualTo(Catalogue.of(List.of(standard, own)));
    MappingsInForce both =
        MappingsInForce.load(location, CefMappings.CONTAINER_SECURITY + "," + location);
    assertThat(both.mappings()).containsExactly(own);
    assertThat(both.known()).containsExactly(own, standard);
  }

  @Test
  void whoNamesMappingsKnowsTheirs() {
    MappingsInForce named = MappingsInForce.load(CefMappings.CONTAINER_SECURITY);
    assertThat(named.mappings()).isEqualTo(MappingsInForce.load(null).mappings());
    assertThat(named.catalogue()).isEqualTo(Catalogue.of(named.mappings()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{A: {name: a}}; {A: {name: other}}; `A` (other, licence STANDARD)",
        "{A: {name: a}}; {A: {name: a, licence: ADVANCED}}; `A` (a, licence ADVANCED)",
        "{A: {name: a}}; {a: {name: a}}; `a` (a, licence STANDARD)"
      })
  void aKeyThatMeansTwoThingsIsRefusedWithBoth(String first, String second, String other)
      throws IOException {
    List<CefMapping> mappings = List.of(mapping("one", first), mapping("two", second));
    assertThatThrownBy(() -> Catalogue.of(mappings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "one key, two meanings: the category `A` (a, licence STANDARD) in mapping `one`, and "
                + other
                + " in mapping `two`");
  }

  /** A letter may have more than one small form. */
  @ParameterizedTest
  @CsvSource({"ΟΔΟΣ, οδοσ", "ΟΔΟΣ, οδος", "STRASSE, strasse", "İ, i", "ACCESS, \u212Aey"})
  void theRuleOfAKeyIsWhatFindsIt(String key, String word) throws IOException {
    Choices known = Catalogue.of(List.of(mapping("one", "{" + key + ": {name: a}}"))).categories();
    boolean refused = FieldRules.checkSet("categories", List.of(word), known) != null;
    assertThat(refused).isEqualTo(known.find(word) == null);
  }

  private CefMapping mapping(String name, String categories) throws IOException {
    String text =
        """
        mapping: %s
        header: {vendor: v, product: p, version: "1"}
        categories: %s
        families: {A: {name: a, severity: 3}}
        extension: [{key: msg, field: msg}]
        """;
    Path file = folder.resolve(name + ".yaml");
    return CefMappings.load(Files.writeString(file, text.formatted(name, categories)).toString());
  }
}
