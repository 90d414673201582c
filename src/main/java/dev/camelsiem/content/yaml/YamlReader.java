package dev.camelsiem.content.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads a YAML text of bounded size into a tree. Never throws on what the text says: what is wrong
 * with it becomes findings.
 */
public final class YamlReader {
  private static final int DEEPEST = 50;
  private static final int LONGEST = 3 << 20;
  private static final YAMLFactory FACTORY = factory();

  private final SourceFile file;
  private final Diagnostics findings;
  private final YAMLParser parser;

  private YamlReader(SourceFile file, Diagnostics findings, YAMLParser parser) {
    this.file = file;
    this.findings = findings;
    this.parser = parser;
  }

  /**
   * The first document of a text, or null when the text is empty or not YAML; the latter is a
   * finding.
   */
  public static @Nullable YamlNode read(SourceFile file, Diagnostics findings) {
    try (YAMLParser parser = FACTORY.createParser(file.text())) {
      return parser.nextToken() == null
          ? null
          : new YamlReader(file, findings, parser).node(DEEPEST);
    } catch (JsonProcessingException e) {
      findings.add(
          YamlCode.NOT_YAML.at(file, span(file, e.getLocation()), problem(e.getOriginalMessage())));
      return null;
    } catch (TooDeep e) {
      findings.add(YamlCode.TOO_DEEP.at(file, Span.START, DEEPEST));
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("a string could not be read", e);
    }
  }

  private @Nullable YamlNode node(int depth) throws IOException {
    if (depth == 0) {
      throw new TooDeep();
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(depth);
    }
    return token == JsonToken.START_ARRAY ? sequence(depth) : scalar();
  }

  private YamlNode mapping(int depth) throws IOException {
    Span start = span();
    List<YamlNode.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      Span keySpan = span();
      parser.nextToken();
      YamlNode value = node(depth - 1);
      if (!keys.add(key)) {
        findings.add(YamlCode.DUPLICATE_KEY.at(file, keySpan, key));
      } else if (value != null) {
        entries.add(new YamlNode.Entry(key, keySpan, value));
      }
    }
    return new YamlNode.Mapping(start, List.copyOf(entries));
  }

  private YamlNode sequence(int depth) throws IOException {
    Span start = span();
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      YamlNode item = node(depth - 1);
      if (item != null) {
        items.add(item);
      }
    }
    return new YamlNode.Sequence(start, List.copyOf(items));
  }

  private @Nullable YamlNode scalar() throws IOException {
    Span span = span();
    String text = parser.getText();
    if (parser.isCurrentAlias()) {
      findings.add(YamlCode.ALIAS.at(file, span, text));
      return null;
    }
    boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL || text.isEmpty() && isPlain();
    return new YamlNode.Scalar(span, isNull ? "" : text, isNull);
  }

  /** An absent value has no quotes in the text. */
  private boolean isPlain() {
    int at = span().from();
    String text = file.text();
    return at >= text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\'');
  }

  private Span span() {
    int from = offset(file, parser.currentTokenLocation());
    int to = offset(file, parser.currentLocation());
    return new Span(from, Math.max(from, to));
  }

  private static Span span(SourceFile file, @Nullable JsonLocation location) {
    int at = location == null ? 0 : offset(file, location);
    return new Span(at, Math.min(file.text().length(), at + 1));
  }

  private static int offset(SourceFile file, JsonLocation location) {
    return file.offset(location.getLineNr(), location.getColumnNr());
  }

  /** The first line of what SnakeYAML says; the rest repeats the place. */
  private static String problem(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(DEEPEST);
    return YAMLFactory.builder().loaderOptions(options).build();
  }

  private static final class TooDeep extends RuntimeException {
    TooDeep() {
      super("nested too deep", null, false, false);
    }
  }
}
