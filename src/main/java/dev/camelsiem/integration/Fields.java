package dev.camelsiem.integration;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;
import dev.camelsiem.lang.yaml.YamlNode.Entry;
import dev.camelsiem.lang.yaml.YamlNode.Mapping;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import dev.camelsiem.lang.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the keys of a mapping one by one; wrong types become findings and count as absent, and
 * {@link #refuseOthers} reports what nobody asked for. Not thread-safe.
 */
final class Fields {
  private final SourceFile file;
  private final Diagnostics diagnostics;
  private final Mapping mapping;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  Fields(SourceFile file, Diagnostics diagnostics, Mapping mapping) {
    this.file = file;
    this.diagnostics = diagnostics;
    this.mapping = mapping;
    entries.putAll(mapping.entries());
  }

  /** The place of the mapping's first key: for findings about what is missing. */
  Span span() {
    return mapping.entries().isEmpty()
        ? mapping.span()
        : mapping.entries().values().iterator().next().keySpan();
  }

  /** The place of a key's value, or of the mapping when the key is absent. */
  Span span(String key) {
    Entry entry = entries.get(key);
    return entry == null ? span() : entry.value().span();
  }

  boolean has(String key) {
    asked.add(key);
    return entries.containsKey(key);
  }

  /** The value of a key, or null when it is absent. */
  @Nullable YamlNode node(String key) {
    asked.add(key);
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** A single value of any type; null when it is absent, written empty or not single. */
  @Nullable Scalar scalar(String key, String wanted) {
    YamlNode node = node(key);
    if (node instanceof Scalar scalar) {
      return scalar.isNull() ? null : scalar;
    }
    if (node != null) {
      wrongType(key, wanted, node);
    }
    return null;
  }

  /** Text as written; numbers count as text. */
  @Nullable String text(String key) {
    Scalar scalar = scalar(key, "text");
    return scalar == null ? null : scalar.text();
  }

  @Nullable Boolean bool(String key) {
    Scalar scalar = scalar(key, "true or false");
    if (scalar == null) {
      return null;
    }
    if (scalar.quoted() || !(scalar.text().equals("true") || scalar.text().equals("false"))) {
      wrongType(key, "true or false", scalar);
      return null;
    }
    return Boolean.valueOf(scalar.text());
  }

  /** A mapping's keys, or null when it is absent. */
  @Nullable Fields fields(String key) {
    YamlNode node = node(key);
    if (node instanceof Mapping inner) {
      return new Fields(file, diagnostics, inner);
    }
    if (node != null && !isNull(node)) {
      wrongType(key, "a mapping", node);
    }
    return null;
  }

  /** A list of single values, or null when it is absent. */
  @Nullable List<Scalar> scalars(String key) {
    YamlNode node = node(key);
    if (node instanceof Sequence sequence) {
      List<Scalar> scalars = new ArrayList<>();
      for (YamlNode item : sequence.items()) {
        if (item instanceof Scalar scalar) {
          scalars.add(scalar);
        } else {
          wrongType(key, "a list of single values", item);
        }
      }
      return scalars;
    }
    if (node != null && !isNull(node)) {
      wrongType(key, "a list", node);
    }
    return null;
  }

  /** A list of mappings; empty when it is absent. */
  List<Fields> mappings(String key) {
    List<Fields> mappings = new ArrayList<>();
    YamlNode node = node(key);
    if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        if (item instanceof Mapping inner) {
          mappings.add(new Fields(file, diagnostics, inner));
        } else {
          wrongType(key, "a list of mappings", item);
        }
      }
    } else if (node != null && !isNull(node)) {
      wrongType(key, "a list", node);
    }
    return mappings;
  }

  /** All keys with their single values, in order; for maps whose keys are data. */
  Map<Entry, Scalar> all() {
    Map<Entry, Scalar> all = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          asked.add(key);
          if (entry.value() instanceof Scalar scalar) {
            all.put(entry, scalar);
          } else {
            wrongType(key, "a single value", entry.value());
          }
        });
    return all;
  }

  /** Reports the keys that were never asked for, with the name that was probably meant. */
  void refuseOthers() {
    entries.forEach(
        (key, entry) -> {
          if (!asked.contains(key)) {
            diagnostics.add(
                ShapeCode.UNKNOWN_KEY.at(file, entry.keySpan(), key).withHint(hint(key)));
          }
        });
  }

  private String hint(String key) {
    String near = NearNames.hint(key, asked);
    return near != null ? near : "known here: " + String.join(", ", asked);
  }

  private void wrongType(String key, String wanted, YamlNode found) {
    diagnostics.add(ShapeCode.WRONG_TYPE.at(file, found.span(), key, wanted, found.kind()));
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof Scalar scalar && scalar.isNull();
  }
}
