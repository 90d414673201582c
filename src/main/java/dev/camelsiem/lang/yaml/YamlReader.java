package dev.camelsiem.lang.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML text into {@link YamlNode}s. Never throws for the sake of the text: what is wrong
 * with it is added to the findings.
 *
 * <p>Limits: 1 MiB of text, 50 levels, one document, no aliases.
 */
public final class YamlReader {
  private static final int LONGEST = 1 << 20;
  private static final int DEEPEST = 50;
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final SourceFile file;
  private final Diagnostics findings;
  private final YAMLParser parser;

  private YamlReader(SourceFile file, Diagnostics findings, YAMLParser parser) {
    this.file = file;
    this.findings = findings;
    this.parser = parser;
  }

  /** The map at the root of a text; null when there is none, which the findings then explain. */
  public static YamlNode.@Nullable Mapping read(SourceFile file, Diagnostics findings) {
    if (file.text().length() > LONGEST) {
      findings.add(YamlFinding.TOO_LARGE.at(file, Span.START, LONGEST));
      return null;
    }
    try (YAMLParser parser = FACTORY.createParser(file.text())) {
      return new YamlReader(file, findings, parser).root();
    } catch (JsonProcessingException e) {
      findings.add(YamlFinding.SYNTAX.at(file, place(file, e), reason(e)));
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string cannot fail to be read
    }
  }

  private YamlNode.@Nullable Mapping root() throws IOException {
    if (parser.nextToken() == null) {
      findings.add(YamlFinding.NOT_A_MAP.at(file, Span.START, "an empty text"));
      return null;
    }
    YamlNode root = node();
    if (parser.nextToken() != null) {
      findings.add(YamlFinding.SEVERAL_DOCUMENTS.at(file, tokenSpan()));
    }
    if (root instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    findings.add(YamlFinding.NOT_A_MAP.at(file, root.span(), root.kind()));
    return null;
  }

  private YamlNode node() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping();
    }
    return token == JsonToken.START_ARRAY ? sequence() : scalar();
  }

  private YamlNode mapping() throws IOException {
    Span span = tokenSpan();
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Span keySpan = tokenSpan();
      parser.nextToken();
      YamlNode.Entry twin = entries.put(key, new YamlNode.Entry(key, keySpan, node()));
      if (twin != null) {
        findings.add(
            YamlFinding.DUPLICATE_KEY
                .at(file, keySpan, key)
                .withHint("it stood first on line " + file.line(twin.keySpan().from())));
      }
    }
    return new YamlNode.Mapping(span, entries);
  }

  private YamlNode sequence() throws IOException {
    Span span = tokenSpan();
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node());
    }
    return new YamlNode.Sequence(span, items);
  }

  private YamlNode scalar() throws IOException {
    Span span = tokenSpan();
    String text = parser.getText();
    if (parser.isCurrentAlias()) {
      findings.add(
          YamlFinding.ALIAS.at(file, span, text).withHint("write the value out where it is used"));
    }
    boolean quoted = isQuoted(span, text);
    return new YamlNode.Scalar(span, text == null ? "" : text, quoted);
  }

  /** Jackson hides the style of a scalar, the source shows it. */
  private boolean isQuoted(Span span, @Nullable String text) {
    if (text == null || span.from() >= file.text().length()) {
      return false;
    }
    char first = file.text().charAt(span.from());
    return first == '"' || first == '\'' || first == '|' || first == '>';
  }

  private Span tokenSpan() {
    JsonLocation start = parser.currentTokenLocation();
    JsonLocation end = parser.currentLocation();
    int from = file.offset(start.getLineNr(), start.getColumnNr());
    int to = file.offset(end.getLineNr(), end.getColumnNr());
    int line = file.line(from);
    int lineEnd = file.offset(line, 1) + file.lineText(line).length();
    return new Span(from, Math.max(from, Math.min(to, lineEnd)));
  }

  private static Span place(SourceFile file, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    int offset = at == null ? 0 : file.offset(at.getLineNr(), at.getColumnNr());
    return new Span(offset, offset);
  }

  /** The parser's own sentence: the last line that is no place and no excerpt. */
  private static String reason(JsonProcessingException e) {
    String reason = "";
    for (String line : String.valueOf(e.getOriginalMessage()).lines().toList()) {
      if (!line.isBlank() && line.charAt(0) != ' ') {
        reason = line;
      }
    }
    return reason;
  }
}
