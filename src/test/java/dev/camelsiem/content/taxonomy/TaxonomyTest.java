package dev.camelsiem.content.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.value.FieldType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TaxonomyTest {
  private static final Path PAGE = Path.of("docs/taxonomy.md");

  private final Taxonomy taxonomy = Taxonomy.standard();

  @Test
  void knowsTypesOfTheFieldsThatConvert() {
    assertThat(taxonomy.typeOf("src.port")).isEqualTo(FieldType.NUMBER);
    assertThat(taxonomy.typeOf("numfield5")).isEqualTo(FieldType.NUMBER);
    assertThat(taxonomy.typeOf("object.account.id")).isEqualTo(FieldType.STRING);
    assertThat(taxonomy.typeOf("event_src.ip")).isEqualTo(FieldType.IP);
    assertThat(taxonomy.typeOf("dst.mac")).isEqualTo(FieldType.MAC);
    assertThat(taxonomy.typeOf("time")).isEqualTo(FieldType.DATETIME);
    assertThat(taxonomy.typeOf("importance")).isEqualTo(FieldType.ENUM);
    assertThat(taxonomy.typeOf("datafield21")).isNull();
  }

  @Test
  void namesAreFlatSoThatOneMayBeThePrefixOfAnother() {
    assertThat(taxonomy.names()).contains("object.hash", "object.hash.md5");
  }

  @Test
  void closedVocabulariesAreListed() {
    assertThat(taxonomy.valuesOf("importance")).containsExactly("info", "low", "medium", "high");
    assertThat(taxonomy.valuesOf("event_src.category")).contains("Operating system");
    assertThat(taxonomy.valuesOf("reason")).isEmpty();
  }

  @Test
  void namesAreSortedAndUnique() {
    assertThat(java.util.List.copyOf(taxonomy.names()))
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(250);
  }

  /** With {@code -Dgolden.update=true} the page is written instead. */
  @Test
  void thePageInTheDocsIsUpToDate() throws IOException {
    String page = TaxonomyPage.render(taxonomy);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("stale: run mvn test -Dtest=TaxonomyTest -Dgolden.update=true")
        .isEqualTo(page);
  }
}
