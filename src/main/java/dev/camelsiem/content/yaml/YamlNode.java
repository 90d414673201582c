package dev.camelsiem.content.yaml;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML document and its place in the source text. */
public sealed interface YamlNode {
  Span span();

  /** What to call it in a finding: {@code a text}, {@code a list}, {@code a mapping}. */
  String kind();

  /**
   * A single value.
   *
   * @param text the value without quotes, escapes resolved and folded lines joined; empty for null
   * @param isNull true for an absent value, {@code null} and {@code ~}
   */
  record Scalar(Span span, String text, boolean isNull) implements YamlNode {
    @Override
    public String kind() {
      return isNull ? "nothing" : "a text";
    }
  }

  /** A list. */
  record Sequence(Span span, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A mapping; entries in the order of the text, keys unique. */
  record Mapping(Span span, List<Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }

    /** The entry with this key, or null. */
    public @Nullable Entry entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry;
        }
      }
      return null;
    }

    public List<String> keys() {
      return entries.stream().map(Entry::key).toList();
    }
  }

  /** One line of a mapping. */
  record Entry(String key, Span keySpan, YamlNode value) {}
}
