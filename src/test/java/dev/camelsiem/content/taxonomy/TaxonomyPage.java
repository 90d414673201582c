package dev.camelsiem.content.taxonomy;

import dev.camelsiem.content.taxonomy.TaxonomyField.SetBy;
import dev.camelsiem.lang.value.FieldType;
import java.util.EnumMap;
import java.util.Map;

/** Renders docs/taxonomy.md. */
final class TaxonomyPage {
  private static final Map<FieldType, String> TYPES = new EnumMap<>(FieldType.class);

  static {
    TYPES.put(FieldType.STRING, "String");
    TYPES.put(FieldType.NUMBER, "Number");
    TYPES.put(FieldType.IP, "IPAddress");
    TYPES.put(FieldType.MAC, "MACAddress");
    TYPES.put(FieldType.DATETIME, "DateTime");
    TYPES.put(FieldType.BOOL, "Bool");
    TYPES.put(FieldType.LIST, "List");
    TYPES.put(FieldType.ENUM, "Enum");
  }

  private TaxonomyPage() {}

  static String render(Taxonomy taxonomy) {
    StringBuilder page = new StringBuilder(HEAD);
    section(page, taxonomy, SetBy.RULE, "Fields that formulas set", "");
    section(
        page,
        taxonomy,
        SetBy.INPUT,
        "Inputs from the envelope",
        "Formulas may read them, and set them; until set they hold what the envelope of the raw"
            + " event says.\n\n");
    section(
        page,
        taxonomy,
        SetBy.SYSTEM,
        "Fields that the SIEM sets",
        "They appear in stored events. Descriptions and criteria may name them; formulas seldom"
            + " should.\n\n");
    page.append("## Closed vocabularies\n\n");
    for (TaxonomyField field : taxonomy.fields()) {
      if (!field.values().isEmpty()) {
        page.append("- `").append(field.name()).append("`: ");
        page.append(String.join(", ", field.values())).append('\n');
      }
    }
    return page.toString();
  }

  private static void section(
      StringBuilder page, Taxonomy taxonomy, SetBy setBy, String title, String text) {
    page.append("## ").append(title).append("\n\n").append(text);
    page.append("| Field | Type |\n|---|---|\n");
    for (TaxonomyField field : taxonomy.fields()) {
      if (field.setBy() == setBy) {
        page.append("| `").append(field.name()).append("` | ");
        page.append(TYPES.get(field.type())).append(" |\n");
      }
    }
    page.append('\n');
  }

  private static final String HEAD =
      """
      <!-- Generated from taxonomy.csv: mvn test -Dtest=TaxonomyTest -Dgolden.update=true -->

      # Taxonomy

      Every field of a normalized event. Names are flat: `object.hash` and `object.hash.md5` are two
      fields, and the dots make no tree. A value is converted when it is assigned; what does not
      convert leaves the field unset:

      | Type | Takes | In JSON |
      |---|---|---|
      | String | text; numbers, booleans, addresses and times in their output form | string |
      | Number | integers of 64 bits and decimals, text that begins with one; a field called `port` those from 0 to 65535 | number |
      | IPAddress | valid IPv4 and IPv6 addresses, kept as they are spelt | string |
      | MACAddress | `aa:bb:cc:dd:ee:ff`, `aa-bb-…`, `aabb.ccdd.eeff` | string |
      | DateTime | text in the known date formats, times | string |
      | Enum | like String; a value outside the list below is a warning of `siem validate` | string |

      """;
}
