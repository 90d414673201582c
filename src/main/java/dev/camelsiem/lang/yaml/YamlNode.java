package dev.camelsiem.lang.yaml;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a YAML text with the place where it was written. Immutable. */
public sealed interface YamlNode {
  Span span();

  /** What the node is, for messages: {@code a list}, {@code a map}, {@code text} and so on. */
  String kind();

  /**
   * A scalar as it was written, without quotes.
   *
   * @param quoted true when quotes or a block style say that it is text, whatever it looks like
   */
  record Scalar(Span span, String text, boolean quoted) implements YamlNode {
    /** True for an absent value and for a plain {@code null} or {@code ~}. */
    public boolean isNull() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "`" + text + "`";
    }
  }

  /** A list in its written order. */
  record Sequence(Span span, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map in its written order; keys are texts and stand once. */
  record Mapping(Span span, Map<String, Entry> entries) implements YamlNode {
    /** The value of a key, or null when the key is absent or its value is null. */
    public @Nullable YamlNode get(String key) {
      Entry entry = entries.get(key);
      return entry == null || (entry.value() instanceof Scalar scalar && scalar.isNull())
          ? null
          : entry.value();
    }

    @Override
    public String kind() {
      return "a map";
    }

    static Mapping empty(Span span) {
      return new Mapping(span, new LinkedHashMap<>());
    }
  }

  /** A key with its value. */
  record Entry(String key, Span keySpan, YamlNode value) {}
}
