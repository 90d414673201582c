package dev.camelsiem.content.rulepackage;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule's texts in one language, {@code i18n/i18n_en.yaml} and its like (xp-language 9.2).
 *
 * @param texts in the order of the file
 */
public record Localization(SourceFile file, List<Text> texts) {
  /** The sentence for one {@code LocalizationId}; either part may be missing. */
  public record Text(
      YamlNode.@Nullable Scalar localizationId, YamlNode.@Nullable Scalar sentence, Span span) {}

  /** The content of a file, or null when it is no mapping at all, which is a finding. */
  static @Nullable Localization read(SourceFile file, Diagnostics findings) {
    YamlFields fields = YamlFields.read(file, findings);
    if (fields == null) {
      return null;
    }
    List<Text> texts = new ArrayList<>();
    for (YamlFields entry : fields.requiredList("EventDescriptions")) {
      texts.add(
          new Text(
              entry.ofEntry("LocalizationId"), entry.ofEntry("EventDescription"), entry.span()));
    }
    return new Localization(file, List.copyOf(texts));
  }
}
