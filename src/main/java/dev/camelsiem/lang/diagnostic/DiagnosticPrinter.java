package dev.camelsiem.lang.diagnostic;

/**
 * Draws a finding for people: headline, place, the line with carets under the span, hint.
 *
 * <p>Tabs are shown as blanks and wide characters count twice, so that the carets stand where they
 * belong.
 */
public final class DiagnosticPrinter {
  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String BLUE = "\u001b[1;34m";
  private static final int TAB = 4;
  private static final int LONGEST_LINE = 160;

  private final boolean colour;

  public DiagnosticPrinter(boolean colour) {
    this.colour = colour;
  }

  /** The finding as several lines, each ended by LF. */
  public String print(Diagnostic diagnostic) {
    SourceFile file = diagnostic.file();
    Span span = diagnostic.span();
    int line = file.line(span.from());
    String number = Integer.toString(line);
    String margin = " ".repeat(number.length());
    StringBuilder out = new StringBuilder(256);
    Severity severity = diagnostic.code().severity();
    paint(out, severityColour(severity), severity.word() + "[" + diagnostic.code().code() + "]");
    paint(out, BOLD, ": " + diagnostic.message());
    out.append('\n');
    paint(out, BLUE, margin + "-->");
    out.append(' ').append(file.name()).append(':').append(line).append(':');
    out.append(file.column(span.from())).append('\n');
    String text = file.lineText(line);
    if (!text.isBlank()) {
      excerpt(out, file, span, line, text, number, margin, severityColour(severity));
    }
    if (diagnostic.hint() != null) {
      paint(out, BLUE, margin + " =");
      paint(out, BOLD, " hint: ");
      out.append(diagnostic.hint()).append('\n');
    }
    return out.toString();
  }

  private void excerpt(
      StringBuilder out,
      SourceFile file,
      Span span,
      int line,
      String text,
      String number,
      String margin,
      String caretColour) {
    int lineStart = file.offset(line, 1);
    int from = Math.min(span.from() - lineStart, text.length());
    int to = Math.max(from, Math.min(span.to() - lineStart, text.length()));
    int cut = from > LONGEST_LINE * 2 / 3 ? from - LONGEST_LINE / 3 : 0;
    int end = Math.min(text.length(), cut + LONGEST_LINE);
    String shown =
        (cut > 0 ? "…" : "") + text.substring(cut, end) + (end < text.length() ? "…" : "");
    int shift = cut > 0 ? 1 : 0;
    int caretAt = width(shown, 0, Math.min(shown.length(), from - cut + shift));
    int caretEnd = width(shown, 0, Math.min(shown.length(), to - cut + shift));
    paint(out, BLUE, margin + " |\n" + number + " |");
    out.append(' ').append(expandTabs(shown)).append('\n');
    paint(out, BLUE, margin + " |");
    out.append(' ').append(" ".repeat(caretAt));
    paint(out, caretColour, "^".repeat(Math.max(1, caretEnd - caretAt)));
    out.append('\n');
  }

  private void paint(StringBuilder out, String code, String text) {
    if (colour) {
      out.append(code).append(text).append(RESET);
    } else {
      out.append(text);
    }
  }

  private static String severityColour(Severity severity) {
    return switch (severity) {
      case ERROR -> RED;
      case WARNING -> YELLOW;
      case NOTE -> BLUE;
    };
  }

  private static String expandTabs(String text) {
    StringBuilder expanded = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        expanded.append(" ".repeat(TAB));
      } else {
        expanded.append(Character.isISOControl(c) ? '?' : c);
      }
    }
    return expanded.toString();
  }

  private static int width(String text, int from, int to) {
    int width = 0;
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      width += c == '\t' ? TAB : columns(c);
    }
    return width;
  }

  /**
   * Terminal columns of a character: 2 for East Asian wide ones and pictographs, 0 for combining
   * marks.
   */
  private static int columns(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
