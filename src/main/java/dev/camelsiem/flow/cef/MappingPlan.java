package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.ExtensionKey;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.Outcome;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.flow.cef.mapping.ComputedValue;
import dev.camelsiem.flow.cef.mapping.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mapping with options, compiled into arrays once. Immutable but for its counters. */
final class MappingPlan {
  private final int index;
  private final CefMapping mapping;
  private final CefOptions options;
  private final CefCounters counters;
  private final FieldTable fields;
  private final Map<String, FamilyPlan> families = new LinkedHashMap<>();
  private final KeyPlan.Steps steps;
  private final CategoryPlan categories;

  /**
   * @param index its place among the mappings
   * @param fields all that any of them asks for
   */
  MappingPlan(
      int index, CefMapping mapping, CefOptions options, FieldTable fields, CefCounters counters) {
    this.index = index;
    this.mapping = mapping;
    this.options = options;
    this.fields = fields;
    this.counters = counters;
    this.steps = new KeyPlan.Steps(mapping.limits().order(), mapping.limits().drop());
    this.categories = new CategoryPlan(mapping, fields);
    for (Family family : mapping.families().values()) {
      int category =
          family.category() == null ? CategoryPlan.NONE : categories.indexOf(family.category());
      families.put(
          family.prefix(), new FamilyPlan(family, fields, category, pairs(family), notation()));
    }
  }

  int index() {
    return index;
  }

  CefMapping mapping() {
    return mapping;
  }

  CefOptions options() {
    return options;
  }

  CefCounters counters() {
    return counters;
  }

  Notation notation() {
    return Notation.of(mapping.format());
  }

  FieldTable fields() {
    return fields;
  }

  KeyPlan.Steps steps() {
    return steps;
  }

  /** Some family, for what must not be null before the first event. */
  FamilyPlan anyFamily() {
    return families.values().iterator().next();
  }

  CategoryPlan categories() {
    return categories;
  }

  /** Whether the events of the rule with an id are for this mapping. */
  boolean isFor(String id) {
    return FamilyFinder.isFor(mapping, id);
  }

  /** The family that an id is of, see {@link FamilyFinder#of}. */
  @Nullable FamilyPlan family(String id) {
    Family family = FamilyFinder.of(mapping, id);
    return family == null ? null : families.get(family.prefix());
  }

  /** All fields of events that a mapping asks for. */
  static Set<String> fieldsOf(CefMapping mapping) {
    Set<String> names = new LinkedHashSet<>();
    names.add(mapping.event().id());
    names.add(mapping.event().time());
    names.add(mapping.event().agentGroup());
    mapping.outcomes().values().forEach(set -> names.add(set.field()));
    add(names, mapping.syslog().priorityField());
    for (ExtensionKey key : mapping.extension()) {
      add(names, key.field());
      key.when().forEach(each -> names.add(each.field()));
    }
    names.addAll(headingOf(mapping));
    CefMapping.Syslog syslog = mapping.syslog();
    add(names, syslog.host(), syslog.appName(), syslog.processId(), syslog.messageId());
    names.addAll(steeringOf(mapping));
    return names;
  }

  /** The fields that decide what is in a line of a mapping at all, besides those that are sent. */
  static Set<String> steeringOf(CefMapping mapping) {
    Set<String> names = new LinkedHashSet<>();
    names.add(mapping.event().id());
    mapping.outcomes().values().forEach(set -> names.add(set.field()));
    mapping.extension().forEach(key -> key.when().forEach(each -> names.add(each.field())));
    mapping.families().values().forEach(family -> add(names, family.severityField()));
    mapping.categorize().forEach(rule -> rule.when().forEach(each -> names.add(each.field())));
    return names;
  }

  /** The words by which a mapping decides on a field that steers it. */
  static Set<String> wordsOf(CefMapping mapping, String field) {
    Set<String> words = new LinkedHashSet<>();
    for (CefMapping.OutcomeSet set : mapping.outcomes().values()) {
      for (Outcome outcome : field.equals(set.field()) ? set.values() : List.<Outcome>of()) {
        words.add(outcome.token());
        words.addAll(outcome.aliases());
      }
    }
    for (Family family : mapping.families().values()) {
      if (field.equals(family.severityField())) {
        words.addAll(family.severityWords().keySet());
      }
    }
    Stream.concat(
            mapping.extension().stream().map(ExtensionKey::when),
            mapping.categorize().stream().map(CefMapping.CategoryRule::when))
        .flatMap(List::stream)
        .filter(condition -> condition.field().equals(field))
        .forEach(condition -> words.addAll(condition.words()));
    return words;
  }

  /** The fields that the line's own header says. */
  static Set<String> headingOf(CefMapping mapping) {
    Set<String> names = new LinkedHashSet<>();
    CefMapping.Header header = mapping.header();
    add(names, header.vendor(), header.product(), header.version(), header.id());
    mapping.families().values().forEach(family -> add(names, family.name()));
    return names;
  }

  private static void add(Set<String> names, @Nullable TextSource... sources) {
    for (TextSource source : sources) {
      if (source != null) {
        names.addAll(source.fields());
      }
    }
  }

  private static void add(Set<String> names, @Nullable String field) {
    if (field != null) {
      names.add(field);
    }
  }

  private PairList[] pairs(Family family) {
    List<Outcome> outcomes = family.outcomes().values();
    PairList[] pairs = new PairList[outcomes.size()];
    for (int i = 0; i < pairs.length; i++) {
      List<KeyPlan> plans = new ArrayList<>();
      for (ExtensionKey key : mapping.extension()) {
        if (carries(key, family, outcomes.get(i))) {
          plans.add(plan(key, family));
        }
      }
      pairs[i] = new PairList(plans);
    }
    return pairs;
  }

  private boolean carries(ExtensionKey key, Family family, Outcome outcome) {
    return key.families().contains(family.prefix())
        && (options.extended() || !key.extendedOnly())
        && (key.outcomes().isEmpty() || key.outcomes().contains(outcome.key()));
  }

  private KeyPlan plan(ExtensionKey key, Family family) {
    boolean twin = false;
    for (ExtensionKey other : mapping.extension()) {
      twin |=
          other.field() != null
              && other.field().equals(key.field())
              && other.families().contains(family.prefix())
              && (other.type() == ValueType.IPV4 && key.type() == ValueType.IPV6
                  || other.type() == ValueType.IPV6 && key.type() == ValueType.IPV4);
    }
    List<String> categoryNames =
        key.value() == ComputedValue.CATEGORY
            ? mapping.categories().values().stream().map(CefMapping.Choice::name).toList()
            : List.of();
    return new KeyPlan(
        key, notation(), fields, steps, categoryNames, twin, counters.droppedKey(key.key()));
  }

  /** Whether the mapping has a family of that name, or one for that id. */
  boolean knows(String familyOrId) {
    int end = familyOrId.indexOf(mapping.event().familySeparator());
    String prefix = end < 0 ? familyOrId : familyOrId.substring(0, end);
    return families.containsKey(prefix) || family(familyOrId) != null;
  }
}
