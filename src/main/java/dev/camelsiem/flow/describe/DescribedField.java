package dev.camelsiem.flow.describe;

import dev.camelsiem.content.i18n.Language;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What descriptions add to the fields of a normalized event, in the alphabetical order of names.
 */
public enum DescribedField {
  DESCRIPTION_EN("description.en", Language.EN, true),
  DESCRIPTION_RU("description.ru", Language.RU, true),
  NAME_EN("name.en", Language.EN, false),
  NAME_RU("name.ru", Language.RU, false);

  private final String field;
  private final Language language;
  private final boolean whole;

  DescribedField(String field, Language language, boolean whole) {
    this.field = field;
    this.language = language;
    this.whole = whole;
  }

  /** As the field stands in JSON and in mappings. */
  public String field() {
    return field;
  }

  public Language language() {
    return language;
  }

  /** True for the whole sentence, false for its {@linkplain Sentence#name() name}. */
  public boolean isSentence() {
    return whole;
  }

  /** Those in some languages. */
  public static List<DescribedField> in(Describe languages) {
    return Arrays.stream(values())
        .filter(each -> languages.languages().contains(each.language))
        .toList();
  }

  /** The one of a name, or null. */
  public static @Nullable DescribedField of(String field) {
    for (DescribedField each : values()) {
      if (each.field.equals(field)) {
        return each;
      }
    }
    return null;
  }
}
