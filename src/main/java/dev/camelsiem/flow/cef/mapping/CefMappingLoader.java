package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.flow.cef.mapping.CefMapping.CategoryRule;
import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;
import dev.camelsiem.flow.cef.mapping.CefMapping.EventFields;
import dev.camelsiem.flow.cef.mapping.CefMapping.ExtensionKey;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.Header;
import dev.camelsiem.flow.cef.mapping.CefMapping.Limits;
import dev.camelsiem.flow.cef.mapping.CefMapping.Outcome;
import dev.camelsiem.flow.cef.mapping.CefMapping.OutcomeSet;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;
import dev.camelsiem.lang.yaml.YamlNode.Entry;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import dev.camelsiem.text.Ascii;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a mapping file and checks all of it, so that one start shows every mistake. */
public final class CefMappingLoader {
  /** The group that every mapping has. */
  static final String ALL = "ALL";

  private static final String EVENT = "event";
  private static final String TAXONOMY = "taxonomy";
  private static final int LONGEST_CATEGORY_NAME = 1023;
  private static final int SMALLEST_MESSAGE = 480;
  private static final int LARGEST_DATAGRAM = 65_507;
  private static final int LARGEST_MESSAGE = 1 << 20;

  private static final List<String> FORMATS =
      Arrays.stream(LineFormat.values()).map(LineFormat::word).toList();
  private static final TextSource NOTHING = TextSource.constant("");
  private static final Header NO_HEADER = new Header(NOTHING, NOTHING, NOTHING, null);

  /**
   * @param mapping null when there were errors
   * @param findings errors and warnings by place
   */
  public record Loaded(@Nullable CefMapping mapping, List<Diagnostic> findings) {}

  private CefMappingLoader() {}

  /** Checks a text and those that it extends; never throws for their sake. */
  static Loaded load(SourceFile file, Inheritance.Parents parents) {
    Diagnostics findings = new Diagnostics();
    Sources sources = new Sources(file);
    YamlNode.Mapping root = new Inheritance(parents, findings, sources).whole(file);
    CefMapping mapping =
        root == null ? null : mapping(checked(new Settings(sources, findings, root)), sources);
    return new Loaded(findings.hasErrors() ? null : mapping, findings.all());
  }

  /** Settings that refuse unknown fields, when the mapping asks for it. */
  private static Settings checked(Settings root) {
    return root.section(EVENT, false).isWord("fields", TAXONOMY) ? root.ofNormalizedEvents() : root;
  }

  private static CefMapping mapping(Settings root, Sources sources) {
    root.only(
        "mapping",
        "description",
        Inheritance.FORMAT,
        Inheritance.EXTENDS,
        Inheritance.WITHOUT,
        "rules",
        "header",
        "syslog",
        EVENT,
        Inheritance.LIMITS,
        "categories",
        "categorize",
        "runtimeTypes",
        "outcomes",
        "tokens",
        "families",
        "groups",
        "extension");
    String name = root.requiredText("mapping");
    root.choice(Inheritance.FORMAT, "format", FORMATS);
    LineFormat format = Inheritance.format(root);
    Map<String, Choice> categories = choices("categories", root);
    Map<String, Choice> runtimeTypes = choices("runtimeTypes", root);
    Map<String, OutcomeSet> outcomes = outcomes(root.section("outcomes", false));
    EventFields event = event(root.section(EVENT, false));
    List<CategoryRule> categorize = FamilyLoader.categorize(root, categories);
    Map<String, Family> families =
        new FamilyLoader(categories, runtimeTypes, outcomes, !categorize.isEmpty())
            .families(root.section("families", false), event);
    FamilyLoader.demandCategories(root, families.values());
    Map<String, Set<String>> groups = groups(root.section("groups", false), families.keySet());
    Map<String, Map<String, String>> tokens = tokens(root.section("tokens", false));
    root.present("extension");
    List<ExtensionKey> extension =
        new ExtensionLoader(format, groups, families, outcomes, tokens).keys(root);
    return new CefMapping(
        name == null ? "" : name,
        format,
        FamilyLoader.patterns(root, "rules"),
        root.present("header")
            ? HeaderLoader.header(root.section("header", true), format)
            : NO_HEADER,
        HeaderLoader.syslog(root.section("syslog", false)),
        event,
        limits(root.section(Inheritance.LIMITS, false), extension),
        categories,
        categorize,
        runtimeTypes,
        outcomes,
        families,
        extension,
        HexFormat.of().formatHex(TextDigest.of(sources.text())));
  }

  private static EventFields event(Settings settings) {
    settings.only("id", "familySeparator", "time", "agentGroup", "fields");
    settings.choice("fields", "kind of fields", List.of("any", TAXONOMY));
    String separator = settings.text("familySeparator");
    if (separator != null && separator.length() != 1) {
      settings.report(
          CefFinding.WRONG_KIND,
          settings.spanOf("familySeparator"),
          null,
          "familySeparator",
          "one character",
          "`" + separator + "`");
    }
    return new EventFields(
        orElse(settings.field("id"), "id"),
        separator == null || separator.isEmpty() ? '-' : separator.charAt(0),
        orElse(settings.field("time"), "time"),
        orElse(settings.field("agentGroup"), EventFields.AGENT_GROUP));
  }

  private static Limits limits(Settings settings, List<ExtensionKey> extension) {
    settings.only("messageBytes", Inheritance.SHORTEN);
    Settings bytes = settings.section("messageBytes", false).only("tcp", "udp");
    Settings shorten =
        settings.section(Inheritance.SHORTEN, false).only("characters", "order", "drop");
    Set<String> keys = new LinkedHashSet<>();
    extension.forEach(entry -> keys.add(entry.key()));
    return new Limits(
        orElse(bytes.integer("tcp", SMALLEST_MESSAGE, LARGEST_MESSAGE), 16_384),
        orElse(bytes.integer("udp", SMALLEST_MESSAGE, LARGEST_DATAGRAM), 2_048),
        orElse(shorten.integer("characters", 1, 4_000), 256),
        keyList(shorten, "order", keys),
        keyList(shorten, "drop", keys));
  }

  private static List<String> keyList(Settings settings, String setting, Set<String> keys) {
    List<String> list = new ArrayList<>();
    for (Scalar word : settings.words(setting)) {
      if (!keys.contains(word.text())) {
        settings.unknown("key in `extension`", word.text(), word.span(), keys);
      }
      list.add(word.text());
    }
    return List.copyOf(list);
  }

  private static Map<String, Choice> choices(String section, Settings root) {
    Settings settings = root.section(section, false);
    Map<String, Choice> choices = new LinkedHashMap<>();
    for (Entry entry : settings.entries()) {
      if (!canBeListed(entry.key())) {
        settings.report(
            CefFinding.WRONG_KIND,
            entry.keySpan(),
            "integrations subscribe by these keys, in lists with commas",
            section,
            "keys without commas and controls, and without blanks at their ends",
            "`" + entry.key() + "`");
      }
      Settings choice = settings.section(entry.key(), entry.value()).only("name", "licence");
      String name = choice.requiredText("name");
      if (name != null && name.length() > LONGEST_CATEGORY_NAME) {
        choice.report(
            CefFinding.TOO_LONG, choice.spanOf("name"), null, "name", LONGEST_CATEGORY_NAME);
      }
      String licence = choice.choice("licence", "licence", List.of("STANDARD", "ADVANCED"));
      choices.put(
          entry.key(),
          new Choice(entry.key(), orElse(name, entry.key()), "ADVANCED".equals(licence)));
    }
    return choices;
  }

  private static Map<String, OutcomeSet> outcomes(Settings settings) {
    Map<String, OutcomeSet> sets = new LinkedHashMap<>();
    for (Entry entry : settings.entries()) {
      Settings set = settings.section(entry.key(), entry.value());
      set.only("field", "values", "otherwise");
      List<Outcome> values = outcomeValues(set.section("values", true));
      List<String> keys = values.stream().map(Outcome::key).toList();
      String otherwise = set.choice("otherwise", "value", keys);
      String field = orElse(set.requiredField("field"), "");
      sets.put(
          entry.key(),
          new OutcomeSet(
              entry.key(), field, values, otherwise == null ? -1 : keys.indexOf(otherwise)));
    }
    return sets;
  }

  private static List<Outcome> outcomeValues(Settings values) {
    List<Outcome> outcomes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Entry entry : values.entries()) {
      Settings value = values.section(entry.key(), entry.value()).only("token", "aliases");
      String token = orElse(value.requiredText("token"), "");
      unique(value, seen, token, value.spanOf("token"));
      List<String> aliases = new ArrayList<>();
      for (Scalar alias : value.words("aliases")) {
        unique(value, seen, alias.text(), alias.span());
        aliases.add(alias.text());
      }
      outcomes.add(new Outcome(entry.key(), token, List.copyOf(aliases)));
    }
    return List.copyOf(outcomes);
  }

  private static void unique(Settings settings, Set<String> seen, String word, Span span) {
    if (!seen.add(word.toLowerCase(Locale.ROOT))) {
      settings.report(CefFinding.TWICE, span, null, word);
    }
  }

  private static Map<String, Map<String, String>> tokens(Settings settings) {
    Map<String, Map<String, String>> tables = new LinkedHashMap<>();
    for (Entry entry : settings.entries()) {
      Settings table = settings.section(entry.key(), entry.value());
      Map<String, String> words = new LinkedHashMap<>();
      Set<String> seen = new HashSet<>();
      for (Entry token : table.entries()) {
        for (Scalar word : table.words(token.key(), token.value())) {
          unique(table, seen, word.text(), word.span());
          words.put(word.text().toLowerCase(Locale.ROOT), token.key());
        }
      }
      tables.put(entry.key(), Map.copyOf(words));
    }
    return tables;
  }

  private static Map<String, Set<String>> groups(Settings settings, Set<String> families) {
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    groups.put(ALL, new LinkedHashSet<>(families));
    families.forEach(family -> groups.put(family, Set.of(family)));
    for (Entry entry : settings.entries()) {
      Set<String> members = new LinkedHashSet<>();
      for (Scalar word : settings.words(entry.key(), entry.value())) {
        Set<String> known = groups.get(word.text());
        if (known == null) {
          settings.unknown("family or group", word.text(), word.span(), groups.keySet());
        } else {
          members.addAll(known);
        }
      }
      if (groups.putIfAbsent(entry.key(), members) != null) {
        settings.report(CefFinding.TWICE, entry.keySpan(), null, entry.key());
      }
    }
    return groups;
  }

  /** Lists of keys have commas between them, and blanks around them do not count. */
  private static boolean canBeListed(String key) {
    return !key.isEmpty()
        && key.equals(key.strip())
        && key.chars().noneMatch(c -> c == ',' || Character.isISOControl(c));
  }

  static boolean isPlain(String word) {
    return isPlain(word, "");
  }

  /** Whether a word is of ASCII letters, digits and these others. */
  static boolean isPlain(String word, String others) {
    return !word.isEmpty()
        && word.chars().allMatch(c -> Ascii.isAlphanumeric(c) || others.indexOf(c) >= 0);
  }

  static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
