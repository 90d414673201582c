package dev.camelsiem.flow.cef.mapping;

import static dev.camelsiem.flow.cef.mapping.CefMappingLoader.orElse;

import dev.camelsiem.flow.cef.mapping.CefDictionary.Entry;
import dev.camelsiem.flow.cef.mapping.CefMapping.ExtensionKey;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.OutcomeSet;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.yaml.YamlNode;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code extension} of a mapping and checks it against its dictionary. */
final class ExtensionLoader {
  private static final String LABEL_SUFFIX = "Label";
  private static final int LONGEST_OUTSIDE_LABEL = 1023;

  /** LEEF's key of the severity. */
  private static final String SEVERITY = "sev";

  private static final String SEVERITY_HINT =
      "write `value: severity`; the `severity` of a family may come from a field";
  private static final Map<String, ValueType> TYPES = types();
  private static final Map<String, ComputedValue> VALUES = values();

  private final LineFormat format;
  private final CefDictionary dictionary;
  private final Map<String, Set<String>> groups;
  private final Map<String, Family> families;
  private final Map<String, OutcomeSet> outcomes;
  private final Map<String, Map<String, String>> tokens;

  ExtensionLoader(
      LineFormat format,
      Map<String, Set<String>> groups,
      Map<String, Family> families,
      Map<String, OutcomeSet> outcomes,
      Map<String, Map<String, String>> tokens) {
    this.format = format;
    this.dictionary = format.dictionary();
    this.groups = groups;
    this.families = families;
    this.outcomes = outcomes;
    this.tokens = tokens;
  }

  List<ExtensionKey> keys(Settings root) {
    List<ExtensionKey> keys = new ArrayList<>();
    Set<String> finished = new LinkedHashSet<>();
    for (YamlNode item : root.items("extension")) {
      Settings settings = root.section("extension", item);
      ExtensionKey key = item instanceof YamlNode.Mapping ? key(settings) : null;
      if (key == null) {
        continue;
      }
      ExtensionKey previous = keys.isEmpty() ? null : keys.get(keys.size() - 1);
      if (previous != null && !previous.key().equals(key.key())) {
        finished.add(previous.key());
      }
      if (finished.contains(key.key())) {
        settings.report(CefFinding.SCATTERED_KEY, settings.spanOf("key"), null, key.key());
      } else if (previous != null && previous.key().equals(key.key()) && covers(previous, key)) {
        settings.report(CefFinding.NEVER_USED, settings.spanOf("key"), null, key.key());
      }
      keys.add(key);
    }
    refuseLabelsAsKeys(root, keys);
    return List.copyOf(keys);
  }

  /** A label key is sent with its slot; written out once more it would stand twice in a line. */
  private static void refuseLabelsAsKeys(Settings root, List<ExtensionKey> keys) {
    Set<String> labels = new LinkedHashSet<>();
    for (ExtensionKey key : keys) {
      if (key.label() != null) {
        labels.add(key.key() + LABEL_SUFFIX);
      }
    }
    for (YamlNode item : root.items("extension")) {
      Settings settings = root.section("extension", item);
      String key = settings.text("key");
      if (key != null && labels.contains(key)) {
        settings.report(
            CefFinding.TWICE, settings.spanOf("key"), "it is sent as the label of its slot", key);
      }
    }
  }

  /** True when an entry gives a value for every event for which the next one could. */
  private static boolean covers(ExtensionKey first, ExtensionKey second) {
    boolean always =
        first.constant() != null
            || (first.value() != null && first.value() != ComputedValue.CATEGORY);
    boolean sameSource =
        first.field() != null
            && first.field().equals(second.field())
            && first.type() == second.type()
            && first.tokens() == null;
    return (always || sameSource)
        && first.families().containsAll(second.families())
        && first.outcomes().isEmpty()
        && first.when().isEmpty()
        && (!first.extendedOnly() || second.extendedOnly());
  }

  private @Nullable ExtensionKey key(Settings settings) {
    settings.only(
        "key",
        "field",
        "value",
        "constant",
        "prefix",
        "type",
        "label",
        "when",
        "families",
        "outcomes",
        "profile",
        "tokens",
        "keepBlanks",
        "limit",
        "outsideDictionary");
    String key = settings.requiredText("key");
    if (key == null) {
      return null;
    }
    ComputedValue value = computed(settings, key);
    ValueType type = type(settings, value);
    if (format == LineFormat.LEEF && key.equals(SEVERITY) && value != ComputedValue.SEVERITY) {
      settings.report(CefFinding.SEVERITY_ONLY, settings.spanOf("key"), SEVERITY_HINT, key);
    }
    Entry entry = dictionaryEntry(settings, key, type);
    return new ExtensionKey(
        key,
        settings.field("field"),
        value,
        settings.text("constant"),
        prefix(settings, key, type),
        type,
        label(settings, key),
        FamilyLoader.conditions(settings.section("when", false)),
        families(settings),
        outcomes(settings),
        "extended".equals(settings.choice("profile", "profile", List.of("kcs", "extended"))),
        tokens(settings),
        keepBlanks(settings, type),
        limit(settings, entry),
        entry != null);
  }

  private static @Nullable ComputedValue computed(Settings settings, String key) {
    long sources = Stream.of("field", "value", "constant").filter(settings::has).count();
    if (sources != 1) {
      settings.report(CefFinding.SOURCE_OF_VALUE, settings.spanOf("key"), null, key);
    }
    String word = settings.choice("value", "computed value", VALUES.keySet());
    return word == null ? null : VALUES.get(word);
  }

  private static String prefix(Settings settings, String key, ValueType type) {
    String prefix = settings.text("prefix");
    if (prefix != null && !settings.has("field")) {
      settings.report(CefFinding.PREFIX_WITHOUT_FIELD, settings.spanOf("prefix"), null, key);
    }
    if (prefix != null && type != ValueType.STRING) {
      settings.report(
          CefFinding.WRONG_KIND,
          settings.spanOf("type"),
          null,
          "type",
          "`string` beside a `prefix`",
          "`" + type.word() + "`");
    }
    return orElse(prefix, "");
  }

  private static ValueType type(Settings settings, @Nullable ComputedValue value) {
    String word = settings.choice("type", "type", TYPES.keySet());
    ValueType type = word == null ? null : TYPES.get(word);
    ValueType usual = value == null ? ValueType.STRING : value.type();
    if (type != null && value != null && type != usual) {
      settings.report(
          CefFinding.WRONG_KIND,
          settings.spanOf("type"),
          null,
          "type",
          "`" + usual.word() + "` for `value: " + value.word() + "`",
          "`" + type.word() + "`");
    }
    return orElse(type, usual);
  }

  private @Nullable Entry dictionaryEntry(Settings settings, String key, ValueType type) {
    boolean leef = format == LineFormat.LEEF;
    if (!CefMappingLoader.isPlain(leef ? key.replace('_', 'x') : key)) {
      String letters = "ASCII letters" + (leef ? ", digits and `_`" : " and digits");
      settings.report(CefFinding.BAD_KEY, settings.spanOf("key"), null, format, letters, key);
      return null;
    }
    Entry entry = dictionary.find(key);
    boolean marked = settings.flag("outsideDictionary");
    String near = entry == null ? NearNames.hint(key, dictionary.keys()) : null;
    if (entry == null && !marked && (!leef || near != null)) {
      settings.report(
          CefFinding.NOT_IN_DICTIONARY,
          settings.spanOf("key"),
          orElse(near, "no key is near it.")
              + " To send it all the same, add `outsideDictionary: true`.",
          key,
          format);
    } else if (entry != null && marked) {
      settings.report(
          CefFinding.NEEDLESS_MARK, settings.spanOf("outsideDictionary"), null, key, format);
    }
    if (entry != null && !type.fits(entry.type())) {
      settings.report(
          CefFinding.TYPE_MISMATCH,
          settings.spanOf(settings.has("type") ? "type" : "key"),
          typeHint(entry),
          key,
          entry.type(),
          format,
          type.word());
    }
    return entry;
  }

  private static @Nullable String typeHint(Entry entry) {
    List<String> fitting =
        Arrays.stream(ValueType.values())
            .filter(type -> type.fits(entry.type()))
            .map(type -> "`type: " + type.word() + "`")
            .toList();
    return fitting.isEmpty() ? null : "write " + String.join(" or ", fitting);
  }

  private @Nullable String label(Settings settings, String key) {
    String label = settings.text("label");
    if (label != null && format == LineFormat.LEEF) {
      String hint = "LEEF has no labels: give the key a name that says what it holds";
      settings.report(CefFinding.LABEL_NOT_ALLOWED, settings.spanOf("label"), hint, key);
      return null;
    }
    Entry slot = dictionary.find(key + LABEL_SUFFIX);
    boolean outside = !dictionary.contains(key);
    if (label == null) {
      if (slot != null) {
        settings.report(
            CefFinding.NO_LABEL,
            settings.spanOf("key"),
            "add `label: ...`: it tells the reader what the slot holds",
            key);
      }
      return null;
    }
    if (slot == null && !outside) {
      settings.report(CefFinding.LABEL_NOT_ALLOWED, settings.spanOf("label"), null, key);
    }
    int limit = slot == null ? LONGEST_OUTSIDE_LABEL : slot.maxLength();
    if (limit >= 0 && label.codePointCount(0, label.length()) > limit) {
      settings.report(CefFinding.TOO_LONG, settings.spanOf("label"), null, "label", limit);
    }
    if (label.isBlank() || label.chars().anyMatch(Character::isISOControl)) {
      settings.report(CefFinding.NOT_PRINTABLE, settings.spanOf("label"), null, "label");
    }
    return label.strip();
  }

  private Set<String> families(Settings settings) {
    if (!settings.has("families")) {
      return Set.copyOf(families.keySet());
    }
    Set<String> members = new LinkedHashSet<>();
    for (Scalar word : settings.words("families")) {
      Set<String> known = groups.get(word.text());
      if (known == null) {
        settings.unknown("family or group", word.text(), word.span(), groups.keySet());
      } else {
        members.addAll(known);
      }
    }
    return members;
  }

  private Set<String> outcomes(Settings settings) {
    Set<String> known = new LinkedHashSet<>();
    outcomes.values().forEach(set -> set.values().forEach(value -> known.add(value.key())));
    Set<String> chosen = new LinkedHashSet<>();
    for (Scalar word : settings.words("outcomes")) {
      if (!known.contains(word.text())) {
        settings.unknown("outcome", word.text(), word.span(), known);
      }
      chosen.add(word.text());
    }
    return chosen;
  }

  private @Nullable Map<String, String> tokens(Settings settings) {
    String table = settings.choice("tokens", "table of tokens", tokens.keySet());
    return table == null ? null : tokens.get(table);
  }

  private static boolean keepBlanks(Settings settings, ValueType type) {
    boolean wanted = settings.flag("keepBlanks");
    if (wanted && (type != ValueType.STRING || !settings.has("field") || settings.has("tokens"))) {
      settings.report(
          CefFinding.WRONG_KIND,
          settings.spanOf("keepBlanks"),
          "only the text of a `field` without `tokens` has blanks to keep",
          "keepBlanks",
          "false here",
          "`true`");
    }
    return wanted;
  }

  private static int limit(Settings settings, @Nullable Entry entry) {
    int most = entry == null || entry.maxLength() < 0 ? 1 << 16 : entry.maxLength();
    Integer limit = settings.integer("limit", 1, most);
    return limit == null ? most : limit;
  }

  private static Map<String, ValueType> types() {
    Map<String, ValueType> types = new LinkedHashMap<>();
    for (ValueType type : ValueType.values()) {
      types.put(type.word(), type);
    }
    return types;
  }

  private static Map<String, ComputedValue> values() {
    Map<String, ComputedValue> values = new LinkedHashMap<>();
    for (ComputedValue value : ComputedValue.values()) {
      values.put(value.word(), value);
    }
    return values;
  }
}
