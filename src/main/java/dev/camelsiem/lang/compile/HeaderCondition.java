package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.eval.PathCondition;
import dev.camelsiem.lang.syntax.Unescaped;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the string of a structured head: nothing, a path, or a path and a value (xp 2.3.1). */
final class HeaderCondition {
  private HeaderCondition() {}

  static PathCondition parse(
      SourceFile file, Span span, Unescaped format, Diagnostics diagnostics) {
    String text = format.value().strip();
    if (text.isEmpty()) {
      return PathCondition.NONE;
    }
    int equals = text.indexOf('=');
    List<Text> path = path((equals < 0 ? text : text.substring(0, equals)).strip());
    String value = equals < 0 ? null : value(text.substring(equals + 1).strip());
    if (path == null || (equals >= 0 && value == null)) {
      diagnostics.add(
          CompileCode.BAD_HEADER_CONDITION
              .at(file, span, text)
              .withHint("write nothing, `a.b` or `a.b=\"value\"`; more conditions go into COND"));
      return PathCondition.NONE;
    }
    return new PathCondition(path, value == null ? null : Text.of(value));
  }

  private static @Nullable List<Text> path(String text) {
    List<Text> path = new ArrayList<>();
    for (String name : text.split("\\.", -1)) {
      if (name.isEmpty() || !name.chars().allMatch(HeaderCondition::isNamePart)) {
        return null;
      }
      path.add(Text.of(name));
    }
    return path;
  }

  private static boolean isNamePart(int c) {
    return !Character.isWhitespace(c) && "\"'{}=,".indexOf(c) < 0;
  }

  /** The value without its quotes; null when more than a value stands there. */
  private static @Nullable String value(String text) {
    if (text.startsWith("\"")) {
      boolean closed = text.length() > 1 && text.indexOf('"', 1) == text.length() - 1;
      return closed ? text.substring(1, text.length() - 1) : null;
    }
    boolean plain = !text.isEmpty() && text.chars().allMatch(HeaderCondition::isNamePart);
    return plain ? text : null;
  }
}
