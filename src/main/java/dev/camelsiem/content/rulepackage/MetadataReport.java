package dev.camelsiem.content.rulepackage;

import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link MetadataChecker} found at one rule.
 *
 * @param metainfo null when missing or unreadable
 * @param texts those that are there and readable
 */
public record MetadataReport(
    RuleFolder rule,
    @Nullable Metainfo metainfo,
    Map<Language, Localization> texts,
    List<Diagnostic> findings) {
  /** The findings that keep events from being described as the author wants it. */
  public List<Diagnostic> errors() {
    return findings.stream().filter(Diagnostic::isError).toList();
  }

  /** Finds object ids that several rules share; the first rule in order may keep its own. */
  public static void checkUnique(List<MetadataReport> reports, Diagnostics findings) {
    Map<String, RuleFolder> owners = new HashMap<>();
    for (MetadataReport report : reports) {
      Metainfo metainfo = report.metainfo();
      YamlNode.Scalar id = metainfo == null ? null : metainfo.objectId();
      if (metainfo == null || id == null) {
        continue;
      }
      RuleFolder first = owners.putIfAbsent(id.text(), report.rule());
      if (first != null) {
        findings.add(
            PackageCode.OBJECT_ID_TWICE.at(
                metainfo.file(), id.span(), id.text(), first.directory()));
      }
    }
  }
}
