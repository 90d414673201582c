package dev.camelsiem.integration.yaml;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.List;

/** A piece of a YAML text with its place. */
public sealed interface YamlNode {
  Span span();

  /** What a reader would call it in a finding: {@code a list}, {@code a number}. */
  String kind();

  /** Keys in the order of the text; none twice. */
  record Mapping(Span span, List<Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** One {@code key: value}. */
  record Entry(String key, Span keySpan, YamlNode value) {}

  /** Items in the order of the text. */
  record Sequence(Span span, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * One value.
   *
   * @param text as written, quotes and escapes undone; empty for null
   */
  record Scalar(Span span, ScalarType type, String text) implements YamlNode {
    @Override
    public String kind() {
      return type.kind();
    }
  }

  /** How YAML reads a value that stands without quotes. */
  enum ScalarType {
    TEXT("text"),
    INTEGER("a whole number"),
    DECIMAL("a decimal number"),
    BOOLEAN("true or false"),
    NULL("nothing");

    private final String kind;

    ScalarType(String kind) {
      this.kind = kind;
    }

    String kind() {
      return kind;
    }
  }
}
