package dev.camelsiem.flow.describe;

import dev.camelsiem.content.i18n.Criteria;
import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.content.rulepackage.Localization;
import dev.camelsiem.content.rulepackage.MetadataReport;
import dev.camelsiem.content.rulepackage.Metainfo;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How events of one rule are described, compiled to the slots of its fields. They can be asked
 * about a frame in which that rule has just normalized an event, and about no other. Immutable.
 */
public final class Descriptions {
  private final Description[] byCriteria;
  private final Description byDefault;
  private final Map<DescribedField, Integer> memberSlots = new EnumMap<>(DescribedField.class);

  private Descriptions(CompiledRule rule, List<Description> byCriteria, Description byDefault) {
    this.byCriteria = byCriteria.toArray(new Description[0]);
    this.byDefault = byDefault;
    for (DescribedField each : DescribedField.values()) {
      memberSlots.put(each, Collections.binarySearch(rule.fields(), each.field()));
    }
  }

  /**
   * For a rule without criteria and sentences of its own: each event has the default sentence.
   *
   * @param name what all its events are called
   */
  public static Descriptions none(CompiledRule rule, String name) {
    return new Descriptions(rule, List.of(), byDefault(rule, name));
  }

  /**
   * Compiles what stands beside a rule; what the report calls an error is left out.
   *
   * @param name what events are called that no criteria hold for
   * @param languages those whose sentences are kept
   */
  public static Descriptions of(
      CompiledRule rule, String name, MetadataReport report, Collection<Language> languages) {
    Metainfo metainfo = report.metainfo();
    if (metainfo == null) {
      return none(rule, name);
    }
    Map<Language, Map<String, String>> texts = new EnumMap<>(Language.class);
    languages.forEach(language -> texts.put(language, texts(report.texts().get(language))));
    Description byDefault = byDefault(rule, name);
    List<Description> descriptions = new ArrayList<>();
    for (Metainfo.Description one : metainfo.descriptions()) {
      Criteria criteria = one.parsed();
      if (criteria != null) {
        YamlNode.Scalar id = one.localizationId();
        descriptions.add(
            new Description(
                Criterion.of(criteria, rule),
                language -> {
                  Map<String, String> known = texts.getOrDefault(language, Map.of());
                  String text = id == null ? null : known.get(id.text());
                  return text == null ? byDefault.in(language) : Sentence.of(text, rule, name);
                }));
      }
    }
    return new Descriptions(rule, descriptions, byDefault);
  }

  private static Description byDefault(CompiledRule rule, String name) {
    return new Description(null, language -> Sentence.byDefault(language, rule, name));
  }

  /** Sentences by localization id; the first one of an id counts. */
  private static Map<String, String> texts(@Nullable Localization localization) {
    Map<String, String> texts = new HashMap<>();
    if (localization != null) {
      for (Localization.Text one : localization.texts()) {
        YamlNode.Scalar id = one.localizationId();
        YamlNode.Scalar sentence = one.sentence();
        if (id != null && sentence != null) {
          texts.putIfAbsent(id.text(), sentence.text());
        }
      }
    }
    return texts;
  }

  /** The first description whose criteria hold for the event in the frame, else the default. */
  public Description choose(Frame frame) {
    for (Description one : byCriteria) {
      if (one.holds(frame)) {
        return one;
      }
    }
    return byDefault;
  }

  /** Where a member belongs among the fields, as a binary search tells it. */
  int memberSlot(DescribedField member) {
    return Objects.requireNonNull(memberSlots.get(member)); // there is one for each
  }
}
