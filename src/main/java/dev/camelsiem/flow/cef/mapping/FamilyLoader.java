package dev.camelsiem.flow.cef.mapping;

import static dev.camelsiem.flow.cef.mapping.CefMappingLoader.orElse;

import dev.camelsiem.flow.cef.mapping.CefMapping.CategoryRule;
import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;
import dev.camelsiem.flow.cef.mapping.CefMapping.Condition;
import dev.camelsiem.flow.cef.mapping.CefMapping.EventFields;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.Outcome;
import dev.camelsiem.flow.cef.mapping.CefMapping.OutcomeSet;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.lang.yaml.YamlNode;
import dev.camelsiem.lang.yaml.YamlNode.Entry;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import dev.camelsiem.lang.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which kinds of events a mapping knows, and how their category and severity are found. */
final class FamilyLoader {
  private static final int MOST_SEVERE = 10;

  private final Map<String, Choice> categories;
  private final Map<String, Choice> runtimeTypes;
  private final Map<String, OutcomeSet> outcomes;
  private final boolean categorizes;

  /**
   * @param categorizes whether rules find the category of families that have none
   */
  FamilyLoader(
      Map<String, Choice> categories,
      Map<String, Choice> runtimeTypes,
      Map<String, OutcomeSet> outcomes,
      boolean categorizes) {
    this.categories = categories;
    this.runtimeTypes = runtimeTypes;
    this.outcomes = outcomes;
    this.categorizes = categorizes;
  }

  Map<String, Family> families(Settings settings, EventFields event) {
    Map<String, Family> families = new LinkedHashMap<>();
    if (settings.entries().isEmpty()) {
      settings.report(CefFinding.MISSING_SETTING, settings.span(), null, "families");
    }
    for (Entry entry : settings.entries()) {
      if (!CefMappingLoader.isPlain(entry.key())
          || entry.key().indexOf(event.familySeparator()) >= 0) {
        settings.report(CefFinding.BAD_PREFIX, entry.keySpan(), null, entry.key());
      }
      Settings family = settings.section(entry.key(), entry.value());
      family.only("ids", "name", "category", "runtimeType", "outcome", "severity");
      families.put(entry.key(), family(entry, family));
    }
    return families;
  }

  private Family family(Entry entry, Settings family) {
    List<String> ids = patterns(family, "ids");
    TextSource name = HeaderLoader.text(family, "name", HeaderLimits.NAME);
    Choice category = choice(family, "category", categories);
    Choice runtimeType = choice(family, "runtimeType", runtimeTypes);
    if (!family.has("category") && !family.has("runtimeType") && !categorizes) {
      family.report(
          CefFinding.NOWHERE,
          entry.keySpan(),
          "the category filter will never let its events through",
          entry.key());
    }
    OutcomeSet set = outcomeSet(family);
    boolean byField = !family.has("outcome") && family.get("severity") instanceof YamlNode.Mapping;
    String field = byField ? family.section("severity", true).requiredField("field") : null;
    List<Integer> severities = byField ? List.of(otherwise(family)) : severities(family, set);
    Map<String, Integer> words = byField ? words(family.section("severity", true)) : Map.of();
    return new Family(entry.key(), ids, name, category, runtimeType, set, severities, field, words);
  }

  private static @Nullable Choice choice(Settings family, String key, Map<String, Choice> choices) {
    String what = key.equals("category") ? "category" : "runtime type";
    String word = family.choice(key, what, choices.keySet());
    return word == null ? null : choices.get(word);
  }

  private OutcomeSet outcomeSet(Settings family) {
    String word = family.choice("outcome", "set of outcomes", outcomes.keySet());
    OutcomeSet set = word == null ? null : outcomes.get(word);
    return set == null ? OutcomeSet.NONE : set;
  }

  /** The severity of an event whose field says none. */
  private static int otherwise(Settings family) {
    Settings severity = family.section("severity", true).only("field", "words", "otherwise");
    return severity.present("otherwise")
        ? orElse(severity.integer("otherwise", 0, MOST_SEVERE), 0)
        : 0;
  }

  /** Severities of the words that the field may hold. */
  private static Map<String, Integer> words(Settings severity) {
    Settings table = severity.section("words", false);
    Map<String, Integer> words = new LinkedHashMap<>();
    for (Entry entry : table.entries()) {
      Integer number = table.integer(entry.key(), 0, MOST_SEVERE);
      if (words.putIfAbsent(entry.key().toLowerCase(Locale.ROOT), orElse(number, 0)) != null) {
        table.report(CefFinding.TWICE, entry.keySpan(), null, entry.key());
      }
    }
    return words;
  }

  private static List<Integer> severities(Settings family, OutcomeSet set) {
    if (!family.present("severity")) {
      return set.values().stream().map(value -> 0).toList();
    }
    if (set.isNone()) { // where it names an outcome that is none, that was told
      boolean alone = !family.has("outcome");
      return List.of(alone ? orElse(family.integer("severity", 0, MOST_SEVERE), 0) : 0);
    }
    Settings table = family.section("severity", true);
    List<String> keys = set.values().stream().map(Outcome::key).toList();
    table.only(keys.toArray(String[]::new));
    List<Integer> severities = new ArrayList<>();
    for (String key : keys) {
      table.present(key);
      severities.add(orElse(table.integer(key, 0, MOST_SEVERE), 0));
    }
    return List.copyOf(severities);
  }

  /** Patterns of ids; a finding for each that is none. */
  static List<String> patterns(Settings settings, String key) {
    List<String> patterns = new ArrayList<>();
    for (Scalar word : settings.words(key)) {
      if (!CefMappingLoader.isPlain(word.text(), "*_-.")) {
        settings.report(CefFinding.BAD_PATTERN, word.span(), null, word.text());
      }
      patterns.add(word.text());
    }
    return List.copyOf(patterns);
  }

  /** The rules that find a category. */
  static List<CategoryRule> categorize(Settings root, Map<String, Choice> categories) {
    List<CategoryRule> rules = new ArrayList<>();
    for (YamlNode item : root.items("categorize")) {
      Settings rule = root.section("categorize", item).only("category", "when");
      String word =
          rule.present("category")
              ? rule.choice("category", "category", categories.keySet())
              : null;
      Choice category = word == null ? null : categories.get(word);
      if (category != null) {
        rules.add(new CategoryRule(category, conditions(rule.section("when", false))));
      }
    }
    return List.copyOf(rules);
  }

  /** Complains when an event can be left without a category. */
  static void demandCategories(Settings root, Collection<Family> families) {
    boolean needed =
        families.stream()
            .anyMatch(family -> family.category() == null && family.runtimeType() == null);
    if (needed
        && root.get("categorize") instanceof Sequence rules
        && !rules.items().isEmpty()
        && rules.items().stream().noneMatch(FamilyLoader::alwaysHolds)) {
      root.report(CefFinding.NO_LAST_CATEGORY, rules.span(), "end it with `- {category: KEY}`");
    }
  }

  private static boolean alwaysHolds(YamlNode rule) {
    return rule instanceof YamlNode.Mapping map
        && !(map.get("when") instanceof YamlNode.Mapping when && !when.entries().isEmpty());
  }

  /** Fields and the words that they must have. */
  static List<Condition> conditions(Settings when) {
    List<Condition> conditions = new ArrayList<>();
    for (Entry entry : when.entries()) {
      conditions.add(new Condition(entry.key(), when.condition(entry)));
    }
    return List.copyOf(conditions);
  }
}
