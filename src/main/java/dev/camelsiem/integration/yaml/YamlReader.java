package dev.camelsiem.integration.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.camelsiem.integration.yaml.YamlNode.Entry;
import dev.camelsiem.integration.yaml.YamlNode.Mapping;
import dev.camelsiem.integration.yaml.YamlNode.Scalar;
import dev.camelsiem.integration.yaml.YamlNode.ScalarType;
import dev.camelsiem.integration.yaml.YamlNode.Sequence;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads one YAML document into a tree; what is wrong with its form becomes a finding. */
public final class YamlReader {
  /** Deeper nesting than any of our files has. */
  private static final int DEEPEST = 32;

  private static final YAMLFactory FACTORY = factory();

  private final SourceFile file;
  private final Diagnostics diagnostics;

  public YamlReader(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /** The document's root, or null when there is none or it cannot be read. */
  public @Nullable YamlNode read() {
    try (YAMLParser parser = FACTORY.createParser(file.text())) {
      if (parser.nextToken() == null) {
        diagnostics.add(YamlCode.EMPTY.at(file, Span.START));
        return null;
      }
      YamlNode root = node(parser, 0);
      if (parser.nextToken() != null) {
        diagnostics.add(YamlCode.SECOND_DOCUMENT.at(file, here(parser)));
      }
      return root;
    } catch (TooDeep e) {
      diagnostics.add(YamlCode.TOO_DEEP.at(file, e.span, DEEPEST));
    } catch (JsonProcessingException e) {
      diagnostics.add(YamlCode.SYNTAX.at(file, place(e), sentence(e)));
    } catch (IOException e) {
      diagnostics.add(YamlCode.SYNTAX.at(file, Span.START, String.valueOf(e.getMessage())));
    }
    return null;
  }

  private YamlNode node(YAMLParser parser, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new TooDeep(here(parser));
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, depth);
      case START_ARRAY -> sequence(parser, depth);
      default -> scalar(parser);
    };
  }

  private Mapping mapping(YAMLParser parser, int depth) throws IOException {
    Span start = here(parser);
    List<Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      Span keySpan = here(parser);
      parser.nextToken();
      YamlNode value = node(parser, depth + 1);
      if (keys.add(key)) {
        entries.add(new Entry(key, keySpan, value));
      } else {
        diagnostics.add(YamlCode.DUPLICATE_KEY.at(file, keySpan, key));
      }
    }
    return new Mapping(start, entries);
  }

  private Sequence sequence(YAMLParser parser, int depth) throws IOException {
    Span start = here(parser);
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser, depth + 1));
    }
    return new Sequence(start, items);
  }

  private Scalar scalar(YAMLParser parser) throws IOException {
    Span span = here(parser);
    if (parser.isCurrentAlias()) {
      diagnostics.add(YamlCode.ALIAS.at(file, span, parser.getText()));
      return new Scalar(span, ScalarType.NULL, "");
    }
    ScalarType type =
        switch (parser.currentToken()) {
          case VALUE_NUMBER_INT -> ScalarType.INTEGER;
          case VALUE_NUMBER_FLOAT -> ScalarType.DECIMAL;
          case VALUE_TRUE, VALUE_FALSE -> ScalarType.BOOLEAN;
          case VALUE_NULL -> ScalarType.NULL;
          default -> ScalarType.TEXT;
        };
    return new Scalar(span, type, type == ScalarType.NULL ? "" : parser.getText());
  }

  /** The current token without the line breaks and blanks that may follow it. */
  private Span here(YAMLParser parser) {
    int from = offset(parser.currentTokenLocation());
    int to = Math.max(from, offset(parser.currentLocation()));
    int lineEnd = file.text().indexOf('\n', from);
    to = lineEnd >= 0 ? Math.min(to, lineEnd) : to;
    while (to > from && file.text().charAt(to - 1) <= ' ') {
      to--;
    }
    return new Span(from, to);
  }

  private int offset(JsonLocation location) {
    return file.offset(location.getLineNr(), location.getColumnNr());
  }

  private Span place(JsonProcessingException problem) {
    JsonLocation location = problem.getLocation();
    if (location == null) {
      return Span.START;
    }
    int at = offset(location);
    return new Span(at, at);
  }

  /** What went wrong, without the excerpt that SnakeYAML adds: we draw our own. */
  private static String sentence(JsonProcessingException problem) {
    if (problem.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
      return marked.getProblem();
    }
    String text = String.valueOf(problem.getOriginalMessage());
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEEPEST * 2);
    options.setCodePointLimit(4 << 20);
    return YAMLFactory.builder().loaderOptions(options).build();
  }

  /** Ends the reading of a text that nests too deep. */
  private static final class TooDeep extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Span span;

    TooDeep(Span span) {
      super("nested too deep", null);
      this.span = span;
    }
  }
}
