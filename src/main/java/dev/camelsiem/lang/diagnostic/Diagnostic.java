package dev.camelsiem.lang.diagnostic;

import org.jspecify.annotations.Nullable;

/**
 * One finding: what is wrong at which place, and how to mend it.
 *
 * @param message one sentence; text from the source is already shortened and printable
 * @param hint what to write instead, or null when there is nothing useful to say
 */
public record Diagnostic(
    DiagnosticCode code, SourceFile file, Span span, String message, @Nullable String hint) {
  private static final int LONGEST_ARGUMENT = 80;

  /** The same finding with a hint; a null hint leaves it as it is. */
  public Diagnostic withHint(@Nullable String newHint) {
    return newHint == null ? this : new Diagnostic(code, file, span, message, newHint);
  }

  public boolean isError() {
    return code.severity() == Severity.ERROR;
  }

  /** {@code file:line:column: severity[code]: message}: the form that editors understand. */
  public String headline() {
    return file.name()
        + ":"
        + file.line(span.from())
        + ":"
        + file.column(span.from())
        + ": "
        + code.severity().word()
        + "["
        + code.code()
        + "]: "
        + message;
  }

  /** Puts arguments in place of {@code {}}, shortened and without control characters. */
  static String fill(String template, Object... arguments) {
    StringBuilder filled = new StringBuilder(template.length() + 32);
    int from = 0;
    for (Object argument : arguments) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) {
        throw new IllegalArgumentException("no hole left in: " + template);
      }
      filled.append(template, from, hole).append(printable(String.valueOf(argument)));
      from = hole + 2;
    }
    return filled.append(template, from, template.length()).toString();
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    int shownCount = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (++shownCount > LONGEST_ARGUMENT) {
        return shown.append('…').toString();
      }
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        default -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
            shown.append(String.format("\\u%04x", c));
          } else {
            shown.appendCodePoint(c);
          }
        }
      }
    }
    return shown.toString();
  }
}
