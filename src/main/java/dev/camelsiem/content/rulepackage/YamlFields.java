package dev.camelsiem.content.rulepackage;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;
import dev.camelsiem.lang.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one mapping and reports those that are missing or of the wrong kind. */
final class YamlFields {
  private final SourceFile file;
  private final YamlNode.Mapping mapping;
  private final Diagnostics findings;

  private YamlFields(SourceFile file, YamlNode.Mapping mapping, Diagnostics findings) {
    this.file = file;
    this.mapping = mapping;
    this.findings = findings;
  }

  /** The keys of a file, or null when it is no YAML mapping, which is a finding. */
  static @Nullable YamlFields read(SourceFile file, Diagnostics findings) {
    YamlNode.Mapping mapping = YamlReader.read(file, findings);
    return mapping == null ? null : new YamlFields(file, mapping, findings);
  }

  Span span() {
    return mapping.span();
  }

  /** Where a key stands, or the whole mapping when it does not. */
  Span keySpan(String key) {
    YamlNode.Entry entry = mapping.entries().get(key);
    return entry == null ? mapping.span() : entry.keySpan();
  }

  /** A text; null and a warning when it is missing. */
  YamlNode.@Nullable Scalar required(String key) {
    return scalar(key, PackageCode.NO_KEY);
  }

  /** A text of an event description; null and an error when it is missing. */
  YamlNode.@Nullable Scalar ofEntry(String key) {
    return scalar(key, PackageCode.NO_ENTRY_KEY);
  }

  private YamlNode.@Nullable Scalar scalar(String key, PackageCode missing) {
    YamlNode.Entry entry = mapping.entries().get(key);
    if (entry == null || mapping.get(key) == null) {
      missing(key, missing);
      return null;
    }
    if (entry.value() instanceof YamlNode.Scalar scalar) {
      return scalar;
    }
    wrongKind(key, entry, "a text");
    return null;
  }

  /** A list of mappings; empty and a warning when it is missing. */
  List<YamlFields> requiredList(String key) {
    YamlNode.Entry entry = mapping.entries().get(key);
    if (entry == null || mapping.get(key) == null) {
      missing(key, PackageCode.NO_KEY);
      return List.of();
    }
    if (!(entry.value() instanceof YamlNode.Sequence sequence)) {
      wrongKind(key, entry, "a list");
      return List.of();
    }
    List<YamlFields> items = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlNode.Mapping inner) {
        items.add(new YamlFields(file, inner, findings));
      } else {
        findings.add(
            PackageCode.WRONG_KIND.at(
                file, item.span(), "an item of " + key, "a mapping", item.kind()));
      }
    }
    return items;
  }

  private void missing(String key, PackageCode code) {
    String near = NearNames.nearest(key, mapping.entries().keySet());
    YamlNode.Entry misspelt = near == null ? null : mapping.entries().get(near);
    Span at = misspelt == null ? mapping.span() : misspelt.keySpan();
    findings.add(
        code.at(file, at, key)
            .withHint(misspelt == null ? null : "write `" + key + "` for `" + near + "`"));
  }

  private void wrongKind(String key, YamlNode.Entry entry, String expected) {
    findings.add(
        PackageCode.WRONG_KIND.at(file, entry.keySpan(), key, expected, entry.value().kind()));
  }
}
