package dev.camelsiem.content.rulepackage;

import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;

/** Finds the place of a part of a YAML value in the file. */
final class ScalarSpans {
  private ScalarSpans() {}

  /** The part's own place when the value stands in the file as it reads, else the whole value's. */
  static Span within(SourceFile file, YamlNode.Scalar scalar, Span part) {
    int start = scalar.span().from();
    int shift = file.text().startsWith(scalar.text(), start) ? 0 : 1;
    if (!file.text().startsWith(scalar.text(), start + shift)) {
      return scalar.span();
    }
    return new Span(start + shift + part.from(), start + shift + part.to());
  }
}
