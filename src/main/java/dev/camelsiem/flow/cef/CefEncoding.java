package dev.camelsiem.flow.cef;

import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.EventFields;
import dev.camelsiem.flow.cef.mapping.NormalizedFields;
import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.describe.DescribedField;
import dev.camelsiem.flow.describe.Descriptions;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.lang.compile.CompiledRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Mappings with options, compiled once; encoders of many threads share it. An event is encoded by
 * the first mapping that is for its rule and has a family for its id. Immutable but for its
 * counters.
 */
public final class CefEncoding {
  private final List<MappingPlan> plans = new ArrayList<>();
  private final CefOptions options;
  private final CefCounters counters;
  private final FieldTable fields;
  private final String idField;

  /**
   * @throws IllegalArgumentException as for several
   */
  public CefEncoding(CefMapping mapping, CefOptions options) {
    this(List.of(mapping), options);
  }

  /**
   * @param mappings one at least, in the order in which they are asked
   * @throws IllegalArgumentException when an option names a family that no mapping has, or the
   *     mappings do not agree on the field that has the id
   */
  public CefEncoding(List<CefMapping> mappings, CefOptions options) {
    this.options = options;
    this.idField = idField(mappings);
    Set<String> names = new LinkedHashSet<>();
    Set<String> keys = new LinkedHashSet<>();
    for (CefMapping mapping : mappings) {
      names.addAll(MappingPlan.fieldsOf(mapping));
      mapping.extension().forEach(entry -> keys.add(entry.key()));
    }
    this.fields = new FieldTable(names);
    this.counters = new CefCounters(keys);
    for (CefMapping mapping : mappings) {
      plans.add(new MappingPlan(plans.size(), mapping, options, fields, counters));
    }
    options.names().keySet().forEach(name -> demandFamily("names", name));
    options.severityOverrides().keySet().forEach(name -> demandFamily("severityOverrides", name));
  }

  private static String idField(List<CefMapping> mappings) {
    Set<String> fields = new LinkedHashSet<>();
    mappings.forEach(mapping -> fields.add(mapping.event().id()));
    if (fields.size() != 1) {
      throw new IllegalArgumentException(
          "option mapping: mappings that stand together must take the event's id from one field,"
              + " these take it from "
              + String.join(" and ", fields));
    }
    return fields.iterator().next();
  }

  private void demandFamily(String option, String familyOrId) {
    if (plans.stream().noneMatch(plan -> plan.knows(familyOrId))) {
      throw new IllegalArgumentException(
          "option "
              + option
              + (plans.size() == 1 ? ": the mapping has no family " : ": no mapping has a family ")
              + Refusal.quoted(familyOrId));
    }
  }

  /** In the order in which they are asked. */
  public List<CefMapping> mappings() {
    return plans.stream().map(MappingPlan::mapping).toList();
  }

  /** The fields that a mapping names although no rule can set them, nor descriptions. */
  public static Set<String> notNormalized(CefMapping mapping) {
    Set<String> fields = MappingPlan.fieldsOf(mapping);
    fields.removeAll(NormalizedFields.names());
    fields.remove(EventFields.AGENT_GROUP); // is asked for whether there are any or not
    return fields;
  }

  /** The settings as a start-up line shows them. */
  public String settings() {
    return plans.stream()
        .map(
            plan ->
                (plans.size() == 1 ? "" : plan.mapping().name() + ": ")
                    + options.describe(plan.mapping()))
        .collect(Collectors.joining("; "));
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

  /**
   * What reads the events that rules leave in a frame, for one thread.
   *
   * @param longest bytes of all that an event takes
   */
  public FrameValues newFrameValues(int longest) {
    return new FrameValues(fields, longest);
  }

  /** What can be said of the lines of a rule's events, for one thread. */
  public RulePlan newRulePlan(CompiledRule rule, Descriptions descriptions) {
    return new RulePlan(this, rule, descriptions);
  }

  /** In which languages the mappings want events to be described. */
  public Describe describe() {
    Set<Language> languages = EnumSet.noneOf(Language.class);
    for (String name : fields.names()) {
      DescribedField field = DescribedField.of(name);
      if (field != null) {
        languages.add(field.language());
      }
    }
    return Describe.of(languages);
  }

  /** An empty event to be filled by a reader. */
  public SecurityEvent newEvent() {
    return new SecurityEvent(fields);
  }

  FieldTable fields() {
    return fields;
  }

  /** Slots of the fields that decide what is in a line at all. */
  int[] steering() {
    return slots(MappingPlan::steeringOf);
  }

  /** The words of a field by which any of the mappings decides. */
  Set<String> wordsOf(String field) {
    Set<String> words = new LinkedHashSet<>();
    plans.forEach(plan -> words.addAll(MappingPlan.wordsOf(plan.mapping(), field)));
    return words;
  }

  /** Slots of the fields that the lines' own header says. */
  int[] heading() {
    return slots(MappingPlan::headingOf);
  }

  private int[] slots(Function<CefMapping, Set<String>> names) {
    return plans.stream()
        .flatMap(plan -> names.apply(plan.mapping()).stream())
        .distinct()
        .mapToInt(fields::slot)
        .toArray();
  }

  List<MappingPlan> plans() {
    return plans;
  }

  /** The field that has the id of an event. */
  String idField() {
    return idField;
  }
}
