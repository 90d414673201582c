package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;
import dev.camelsiem.lang.yaml.YamlNode.Entry;
import dev.camelsiem.lang.yaml.YamlNode.Mapping;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import dev.camelsiem.lang.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One map of a YAML text with typed access; what does not fit becomes a finding and null. */
final class Settings {
  private final Sources sources;
  private final Diagnostics findings;
  private final Mapping map;

  /** Whether all fields must be of normalized events. */
  private final boolean normalized;

  Settings(Sources sources, Diagnostics findings, Mapping map) {
    this(sources, findings, map, false);
  }

  private Settings(Sources sources, Diagnostics findings, Mapping map, boolean normalized) {
    this.sources = sources;
    this.findings = findings;
    this.map = map;
    this.normalized = normalized;
  }

  /** The same map, which with its sections may name fields of normalized events only. */
  Settings ofNormalizedEvents() {
    return new Settings(sources, findings, map, true);
  }

  /** Complains about every key that is not one of these. */
  Settings only(String... known) {
    Collection<String> names = Arrays.asList(known);
    for (Entry entry : map.entries().values()) {
      if (!names.contains(entry.key())) {
        String near = NearNames.hint(entry.key(), names);
        String hint = near == null ? "known here: " + String.join(", ", names) : near;
        report(CefFinding.UNKNOWN_SETTING, entry.keySpan(), hint, entry.key());
      }
    }
    return this;
  }

  Collection<Entry> entries() {
    return map.entries().values();
  }

  Span span() {
    return map.span();
  }

  boolean has(String key) {
    return map.get(key) != null;
  }

  @Nullable YamlNode get(String key) {
    return map.get(key);
  }

  /** Whether the value of a key is just this word. */
  boolean isWord(String key, String word) {
    return map.get(key) instanceof Scalar scalar && scalar.text().equals(word);
  }

  /** Where the value of a key stands, or the map when there is none. */
  Span spanOf(String key) {
    YamlNode node = map.get(key);
    return node == null ? map.span() : node.span();
  }

  @Nullable String text(String key) {
    YamlNode node = map.get(key);
    return node == null ? null : scalar(key, node, "text");
  }

  @Nullable String requiredText(String key) {
    return present(key) ? text(key) : null;
  }

  /** The name of a field of the event. */
  @Nullable String field(String key) {
    String name = text(key);
    return name == null ? null : field(name, spanOf(key));
  }

  @Nullable String requiredField(String key) {
    return present(key) ? field(key) : null;
  }

  /** Names of fields in a list. */
  List<String> fields(String key) {
    return words(key).stream().map(word -> field(word.text(), word.span())).toList();
  }

  private String field(String name, Span span) {
    if (normalized && !NormalizedFields.names().contains(name)) {
      String near = NearNames.hint(name, NormalizedFields.names());
      String all = "docs/taxonomy.md has them all; for other events write `event: {fields: any}`";
      report(CefFinding.UNKNOWN_FIELD, span, near == null ? all : near, name);
    }
    return name;
  }

  /** The words that a field, which is the key, must have for a condition to hold, in lower case. */
  Set<String> condition(Entry entry) {
    String field = field(entry.key(), entry.keySpan());
    List<String> known = normalized ? NormalizedFields.wordsOf(field) : List.of();
    Set<String> words = new LinkedHashSet<>();
    for (Scalar word : wordOrWords(field, entry.value())) {
      if (!known.isEmpty() && known.stream().noneMatch(word.text()::equalsIgnoreCase)) {
        String near = NearNames.hint(word.text(), known);
        String all = "docs/taxonomy.md has the words of each field";
        report(CefFinding.UNKNOWN_WORD, word.span(), near == null ? all : near, word.text(), field);
      }
      words.add(word.text().toLowerCase(Locale.ROOT));
    }
    return Set.copyOf(words);
  }

  /** A whole number in a range; null when it is absent or wrong. */
  @Nullable Integer integer(String key, int min, int max) {
    YamlNode node = map.get(key);
    return node == null ? null : integer(key, node, min, max);
  }

  @Nullable Integer integer(String key, YamlNode node, int min, int max) {
    String text = scalar(key, node, "a whole number");
    if (text == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
      report(CefFinding.OUT_OF_RANGE, node.span(), null, key, min, max, text);
    } catch (NumberFormatException e) {
      wrongKind(key, "a whole number", node);
    }
    return null;
  }

  boolean flag(String key) {
    YamlNode node = map.get(key);
    if (node == null) {
      return false;
    }
    if (node instanceof Scalar scalar
        && (scalar.text().equals("true") || scalar.text().equals("false"))) {
      return scalar.text().equals("true");
    }
    wrongKind(key, "true or false", node);
    return false;
  }

  /** A map below this one; an empty one when it is absent or wrong. */
  Settings section(String key, boolean required) {
    YamlNode node = map.get(key);
    if (node == null && required) {
      present(key);
    }
    return node == null ? empty() : section(key, node);
  }

  Settings section(String key, YamlNode node) {
    if (node instanceof Mapping mapping) {
      return new Settings(sources, findings, mapping, normalized);
    }
    wrongKind(key, "a map", node);
    return empty();
  }

  /** Words of a list. */
  List<Scalar> words(String key) {
    YamlNode node = map.get(key);
    return node == null ? List.of() : words(key, node);
  }

  List<Scalar> words(String key, YamlNode node) {
    List<Scalar> words = new ArrayList<>();
    for (YamlNode item : items(key, node)) {
      if (item instanceof Scalar scalar && !scalar.isNull()) {
        words.add(scalar);
      } else {
        wrongKind(key, "a list of words", item);
      }
    }
    return words;
  }

  /** One word, or the words of a list. */
  private List<Scalar> wordOrWords(String key, YamlNode node) {
    return node instanceof Scalar scalar && !scalar.isNull() ? List.of(scalar) : words(key, node);
  }

  List<YamlNode> items(String key) {
    YamlNode node = map.get(key);
    return node == null ? List.of() : items(key, node);
  }

  private List<YamlNode> items(String key, YamlNode node) {
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    wrongKind(key, "a list", node);
    return List.of();
  }

  /** One of a few words, or null; a wrong one is a finding that names the right ones. */
  @Nullable String choice(String key, String what, Collection<String> choices) {
    String word = text(key);
    if (word == null || choices.contains(word)) {
      return word;
    }
    unknown(what, word, spanOf(key), choices);
    return null;
  }

  void unknown(String what, String word, Span span, Collection<String> choices) {
    String near = NearNames.hint(word, choices);
    String all = choices.isEmpty() ? "there is none" : "there is: " + String.join(", ", choices);
    String hint = near == null ? all : near;
    report(CefFinding.UNKNOWN_NAME, span, hint, what, word);
  }

  void report(CefFinding finding, Span span, @Nullable String hint, Object... arguments) {
    findings.add(finding.at(sources.of(span), span, arguments).withHint(hint));
  }

  /** True when a key has a value; otherwise that is a finding. */
  boolean present(String key) {
    if (!has(key)) {
      Entry entry = map.entries().get(key);
      Span span = entry == null ? map.span() : entry.keySpan();
      report(CefFinding.MISSING_SETTING, span, null, key);
      return false;
    }
    return true;
  }

  private @Nullable String scalar(String key, YamlNode node, String expected) {
    if (node instanceof Scalar scalar) {
      return scalar.text();
    }
    wrongKind(key, expected, node);
    return null;
  }

  private void wrongKind(String key, String expected, YamlNode node) {
    report(CefFinding.WRONG_KIND, node.span(), null, key, expected, node.kind());
  }

  private Settings empty() {
    return new Settings(sources, findings, new Mapping(map.span(), Map.of()), normalized);
  }
}
