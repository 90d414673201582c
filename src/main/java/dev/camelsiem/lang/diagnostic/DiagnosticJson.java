package dev.camelsiem.lang.diagnostic;

/**
 * A finding as one line of JSON for tools: {@code code severity file line column endLine endColumn
 * message hint}; lines and columns count from 1, the end is excluded.
 */
public final class DiagnosticJson {
  private DiagnosticJson() {}

  /** The line, without a line break; {@code hint} is left out when there is none. */
  public static String line(Diagnostic diagnostic) {
    SourceFile file = diagnostic.file();
    Span span = diagnostic.span();
    StringBuilder json = new StringBuilder(256).append('{');
    text(json, "code", diagnostic.code().code());
    text(json.append(','), "severity", diagnostic.code().severity().word());
    text(json.append(','), "file", file.name());
    json.append(",\"line\":").append(file.line(span.from()));
    json.append(",\"column\":").append(file.column(span.from()));
    json.append(",\"endLine\":").append(file.line(span.to()));
    json.append(",\"endColumn\":").append(file.column(span.to()));
    text(json.append(','), "message", diagnostic.message());
    if (diagnostic.hint() != null) {
      text(json.append(','), "hint", diagnostic.hint());
    }
    return json.append('}').toString();
  }

  private static void text(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":");
    quote(json, value);
  }

  /** Appends a text as a JSON string; lone surrogates become U+FFFD. */
  public static void quote(StringBuilder json, String value) {
    json.append('"');
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029) {
            json.append(String.format("\\u%04x", c));
          } else {
            json.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xfffd : c);
          }
        }
      }
    }
    json.append('"');
  }
}
