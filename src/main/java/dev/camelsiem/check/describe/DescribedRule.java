package dev.camelsiem.check.describe;

import dev.camelsiem.check.RawText;
import dev.camelsiem.check.RuleSource;
import dev.camelsiem.check.trace.RuleRun;
import dev.camelsiem.check.trace.ShownValues;
import dev.camelsiem.content.i18n.Criteria;
import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.content.rulepackage.MetadataReport;
import dev.camelsiem.content.rulepackage.Metainfo;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.flow.describe.Criterion;
import dev.camelsiem.flow.describe.Description;
import dev.camelsiem.flow.describe.Descriptions;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.text.ByteOutput;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule that tells how it describes events. It runs with the appendix. Not thread-safe. */
public final class DescribedRule {
  private final CompiledRule rule;
  private final @Nullable Metainfo metainfo;
  private final Descriptions descriptions;
  private final Frame frame = new Frame();

  private DescribedRule(RuleFolder folder, CompiledRule rule, MetadataReport report) {
    this.rule = rule;
    this.metainfo = report.metainfo();
    this.descriptions = Descriptions.of(rule, folder.name(), report, List.of(Language.values()));
  }

  /** Compiles the rule; null when its formula has errors. */
  public static @Nullable DescribedRule read(RuleFolder folder, MetadataReport report) {
    RuleSource source = RuleSource.read(folder, Options.FOR_PRODUCTION.withAppendix(true));
    CompiledRule rule = source.rule();
    return rule == null ? null : new DescribedRule(folder, rule, report);
  }

  /** How the rule describes an event; null when it does not normalize it. */
  public @Nullable EventDescription describe(RawText event) {
    RuleRun run = RuleRun.of(rule, event.open(), frame, null);
    if (run.outcome() != RuleOutcome.NORMALIZED) {
      return null;
    }
    Description chosen = descriptions.choose(frame);
    Map<Language, String> sentences = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      ByteOutput out = new ByteOutput(256);
      chosen.in(language).write(frame, out);
      sentences.put(language, out.toString());
    }
    return new EventDescription(tried(), sentences);
  }

  private List<TriedCriteria> tried() {
    List<TriedCriteria> tried = new ArrayList<>();
    if (metainfo != null) {
      for (Metainfo.Description one : metainfo.descriptions()) {
        Criteria criteria = one.parsed();
        if (criteria != null && one.criteria() != null) {
          String text = one.criteria().text();
          int line = metainfo.file().line(one.criteria().span().from());
          tried.add(new TriedCriteria(one, line, onOneLine(text), failed(criteria, text)));
        }
      }
    }
    return tried;
  }

  /** The fewest comparisons that would have to hold as well. */
  private List<TriedCriteria.Failed> failed(Criteria criteria, String text) {
    if (criteria instanceof Criteria.AllOf all) {
      return all.parts().stream().flatMap(part -> failed(part, text).stream()).toList();
    }
    if (criteria instanceof Criteria.AnyOf any) {
      List<TriedCriteria.Failed> fewest = failed(any.parts().get(0), text);
      for (Criteria part : any.parts()) {
        List<TriedCriteria.Failed> failed = failed(part, text);
        fewest = failed.size() < fewest.size() ? failed : fewest;
      }
      return fewest;
    }
    if (Criterion.of(criteria, rule).holds(frame)) {
      return List.of();
    }
    Criteria.Comparison comparison = (Criteria.Comparison) criteria;
    int from = comparison.left().span().from();
    int to = comparison.right().span().to();
    String values = values(comparison.left(), comparison.right());
    return List.of(new TriedCriteria.Failed(onOneLine(text.substring(from, to)), values));
  }

  private String values(Criteria.Operand left, Criteria.Operand right) {
    String first = value(left);
    String second = value(right);
    return first + (first.isEmpty() || second.isEmpty() ? "" : ", ") + second;
  }

  private String value(Criteria.Operand operand) {
    if (!(operand instanceof Criteria.Field field)) {
      return "";
    }
    Object value = frame.value(field.name());
    return field.name() + (value == null ? " is not set" : " is " + ShownValues.show(value));
  }

  private static String onOneLine(String text) {
    return String.join(" ", text.strip().lines().map(String::strip).toList());
  }
}
