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
import org.jspecify.annotations.Nullable;

/**
 * A mapping with options, compiled into arrays once; encoders of many threads share it. Immutable
 * but for its counters.
 */
public final class CefEncoding {
  private final CefMapping mapping;
  private final CefOptions options;
  private final CefCounters counters;
  private final FieldTable fields;
  private final Map<String, FamilyPlan> families = new LinkedHashMap<>();
  private final KeyPlan.Steps steps;
  private final CategoryPlan categories;

  /**
   * @throws IllegalArgumentException when an option names a family that the mapping has not
   */
  public CefEncoding(CefMapping mapping, CefOptions options) {
    this.mapping = mapping;
    this.options = options;
    this.fields = fields(mapping);
    this.steps = new KeyPlan.Steps(mapping.limits().order(), mapping.limits().drop());
    this.counters =
        new CefCounters(mapping.extension().stream().map(ExtensionKey::key).distinct().toList());
    options.names().keySet().forEach(name -> demandFamily("names", name));
    options.severityOverrides().keySet().forEach(name -> demandFamily("severityOverrides", name));
    this.categories = new CategoryPlan(mapping, fields);
    for (Family family : mapping.families().values()) {
      int category =
          family.category() == null ? CategoryPlan.NONE : categories.indexOf(family.category());
      families.put(family.prefix(), new FamilyPlan(family, fields, category, keys(family)));
    }
  }

  public CefMapping mapping() {
    return mapping;
  }

  CefOptions options() {
    return options;
  }

  /** The settings as a start-up line shows them. */
  public String describe() {
    return options.describe(mapping);
  }

  public CefCounters counters() {
    return counters;
  }

  /** An encoder for one thread. */
  public CefEncoder newEncoder() {
    return new CefEncoder(this);
  }

  /** A reader of events for one thread. */
  public SecurityEventReader newReader() {
    return new SecurityEventReader(fields);
  }

  /** An empty event to be filled by a reader. */
  public SecurityEvent newEvent() {
    return new SecurityEvent(fields);
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

  /** The family that an id is of: by its prefix, else the first with a pattern that is its. */
  @Nullable FamilyPlan family(String id) {
    int end = id.indexOf(mapping.event().familySeparator());
    FamilyPlan byPrefix = families.get(end < 0 ? id : id.substring(0, end));
    if (byPrefix != null && byPrefix.family.ids().isEmpty()) {
      return byPrefix;
    }
    for (FamilyPlan each : families.values()) {
      if (IdPattern.anyMatches(each.family.ids(), id)) {
        return each;
      }
    }
    return null;
  }

  private static FieldTable fields(CefMapping mapping) {
    Set<String> names = new LinkedHashSet<>();
    names.add(mapping.event().id());
    names.add(mapping.event().time());
    names.add(mapping.event().agentGroup());
    mapping.outcomes().values().forEach(set -> names.add(set.field()));
    mapping.extension().forEach(key -> add(names, key.field()));
    CefMapping.Header header = mapping.header();
    CefMapping.Syslog syslog = mapping.syslog();
    add(names, header.vendor(), header.product(), header.version(), header.id());
    add(names, syslog.host(), syslog.appName(), syslog.processId(), syslog.messageId());
    for (Family family : mapping.families().values()) {
      add(names, family.name());
      add(names, family.severityField());
    }
    mapping.categorize().forEach(rule -> rule.when().forEach(each -> names.add(each.field())));
    return new FieldTable(names);
  }

  private static void add(Set<String> names, @Nullable TextSource... sources) {
    for (TextSource source : sources) {
      add(names, source == null ? null : source.field());
    }
  }

  private static void add(Set<String> names, @Nullable String field) {
    if (field != null) {
      names.add(field);
    }
  }

  private KeyPlan[][] keys(Family family) {
    List<Outcome> outcomes = family.outcomes().values();
    KeyPlan[][] keys = new KeyPlan[outcomes.size()][];
    for (int i = 0; i < keys.length; i++) {
      List<KeyPlan> plans = new ArrayList<>();
      for (ExtensionKey key : mapping.extension()) {
        if (carries(key, family, outcomes.get(i))) {
          plans.add(plan(key, family));
        }
      }
      keys[i] = plans.toArray(KeyPlan[]::new);
    }
    return keys;
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
    return new KeyPlan(key, fields, steps, categoryNames, twin, counters.droppedKey(key.key()));
  }

  private void demandFamily(String option, String familyOrId) {
    int end = familyOrId.indexOf(mapping.event().familySeparator());
    String prefix = end < 0 ? familyOrId : familyOrId.substring(0, end);
    if (!mapping.families().containsKey(prefix)) {
      throw new IllegalArgumentException(
          "option " + option + ": the mapping has no family " + Refusal.quoted(prefix));
    }
  }
}
