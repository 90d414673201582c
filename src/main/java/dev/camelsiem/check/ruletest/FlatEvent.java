package dev.camelsiem.check.ruletest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.camelsiem.json.JsonFactories;
import dev.camelsiem.lang.diagnostic.DiagnosticJson;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A normalized event as JSON shows it: field names to values. What a rule test expects and what a
 * rule gave are both read into it, so that the judge compares like with like.
 *
 * @param fields by name; a value is a {@link String}, {@link BigDecimal}, {@link Boolean} or, for
 *     lists and objects, a {@link Nested}; fields that are null in the text are left out
 */
public record FlatEvent(SortedMap<String, Object> fields) {
  private static final JsonFactory JSON =
      JsonFactories.builder(StreamReadConstraints.builder().maxNestingDepth(64))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** A list or an object, as JSON text; it can only be compared as a whole. */
  public record Nested(String json) {
    @Override
    public String toString() {
      return json;
    }
  }

  /** Why a text is no flat JSON object. */
  public static final class NotFlat extends Exception {
    private final int line;
    private final int column;

    NotFlat(String problem, int line, int column) {
      super(problem, null, false, false);
      this.line = line;
      this.column = column;
    }

    /** From 1. */
    public int line() {
      return line;
    }

    /** From 1. */
    public int column() {
      return column;
    }

    @Override
    public String getMessage() {
      String message = super.getMessage();
      return message == null ? "" : message;
    }
  }

  /** Reads one JSON object, and nothing after it. */
  public static FlatEvent parse(String json) throws NotFlat {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw problem(parser, json.isBlank() ? "it is empty" : "it is no JSON object");
      }
      SortedMap<String, Object> fields = new TreeMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        Object value = value(parser);
        if (value != null) {
          fields.put(name, value);
        }
      }
      if (parser.nextToken() != null) {
        throw problem(parser, "something follows after the JSON object");
      }
      return new FlatEvent(fields);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String message = e.getOriginalMessage();
      throw new NotFlat(
          "it is no JSON: " + message,
          at == null ? 1 : at.getLineNr(),
          at == null ? 1 : at.getColumnNr());
    } catch (IOException e) {
      throw new NotFlat("it cannot be read: " + e.getMessage(), 1, 1);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> nested(parser);
    };
  }

  private static Nested nested(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (var generator = JSON.createGenerator(text)) {
      generator.copyCurrentStructure(parser);
    }
    return new Nested(text.toString());
  }

  private static NotFlat problem(JsonParser parser, String what) {
    JsonLocation at = parser.currentTokenLocation();
    return new NotFlat(what, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }

  /** Pretty JSON with one field a line, in alphabetical order, ended by a line break. */
  public String toJson() {
    StringBuilder json = new StringBuilder("{");
    String comma = "\n";
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      json.append(comma).append("  ").append(quoted(field.getKey())).append(": ");
      json.append(show(field.getValue()));
      comma = ",\n";
    }
    return json.append(fields.isEmpty() ? "}\n" : "\n}\n").toString();
  }

  /** A value as JSON. */
  public static String show(Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2);
    DiagnosticJson.quote(json, text);
    return json.toString();
  }
}
