package dev.camelsiem.content.rulepackage;

import dev.camelsiem.content.i18n.Criteria;
import dev.camelsiem.content.i18n.CriteriaParser;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule's {@code metainfo.yaml} (xp-language 9.1). Keys that nobody here knows are ignored.
 *
 * @param objectId {@code PREFIX-NF-digits}, or null when missing
 * @param descriptions in the order in which their criteria are tried
 * @param place where the descriptions begin
 */
public record Metainfo(
    SourceFile file,
    YamlNode.@Nullable Scalar objectId,
    List<Description> descriptions,
    Span place) {

  private static final String DESCRIPTIONS = "EventDescriptions";

  /** Which text to show when the criteria hold; either part may be missing. */
  public record Description(
      YamlNode.@Nullable Scalar criteria, YamlNode.@Nullable Scalar localizationId, Span span) {
    /** The criteria, or null when they are missing or broken, which is a finding. */
    public @Nullable Criteria parsed() {
      return criteria == null ? null : CriteriaParser.parse(criteria.text()).criteria();
    }
  }

  /** The content of a file, or null when it is no mapping at all, which is a finding. */
  static @Nullable Metainfo read(SourceFile file, Diagnostics findings) {
    YamlFields fields = YamlFields.read(file, findings);
    if (fields == null) {
      return null;
    }
    YamlNode.Scalar objectId = fields.required("ObjectId");
    List<Description> descriptions = new ArrayList<>();
    for (YamlFields entry : fields.requiredList(DESCRIPTIONS)) {
      descriptions.add(
          new Description(
              entry.ofEntry("Criteria"), entry.ofEntry("LocalizationId"), entry.span()));
    }
    return new Metainfo(file, objectId, List.copyOf(descriptions), fields.keySpan(DESCRIPTIONS));
  }
}
