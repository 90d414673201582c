package dev.camelsiem.check.ruletest;

import dev.camelsiem.check.RawText;
import dev.camelsiem.check.describe.DescribedRule;
import dev.camelsiem.check.describe.EventDescription;
import dev.camelsiem.check.describe.TriedCriteria;
import dev.camelsiem.content.rulepackage.MetadataReport;
import dev.camelsiem.content.rulepackage.Metainfo;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.content.rulepackage.RuleTest;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/** Checks that some criteria of a rule hold for each event of its tests. Not thread-safe. */
public final class DescriptionCheck {
  private final @Nullable Metainfo metainfo;
  private final @Nullable DescribedRule rule;

  private DescriptionCheck(@Nullable Metainfo metainfo, @Nullable DescribedRule rule) {
    this.metainfo = metainfo;
    this.rule = rule;
  }

  /** For a rule and what stands beside it; without criteria, or with errors in it, all is well. */
  public static DescriptionCheck of(RuleFolder folder, MetadataReport report) {
    Metainfo metainfo = report.metainfo();
    boolean some = metainfo != null && !metainfo.descriptions().isEmpty();
    return some && report.errors().isEmpty()
        ? new DescriptionCheck(metainfo, DescribedRule.read(folder, report))
        : new DescriptionCheck(null, null);
  }

  /** A finding when the rule normalizes the event of a test and no criteria hold for it. */
  public @Nullable Diagnostic check(RuleTest test, RawText raw) {
    EventDescription description = rule == null ? null : rule.describe(raw);
    if (metainfo == null || description == null || description.chosen() != null) {
      return null;
    }
    TriedCriteria closest = description.closest();
    return TestCode.NO_CRITERIA
        .at(metainfo.file(), metainfo.place(), test.number())
        .withHint(closest == null ? null : hint(closest));
  }

  private static String hint(TriedCriteria closest) {
    TriedCriteria.Failed failed = closest.failed().get(0);
    YamlNode.Scalar id = closest.source().localizationId();
    return "closest is `"
        + (id == null ? closest.text() : id.text())
        + "` on line "
        + closest.line()
        + ": `"
        + failed.text()
        + "` does not hold, since "
        + failed.values();
  }
}
