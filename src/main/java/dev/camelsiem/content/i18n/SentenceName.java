package dev.camelsiem.content.i18n;

/**
 * Makes a name of the sentence of an event description: what stays when its placeholders go. All
 * events of one sentence have one name, so that they can be counted and filtered by it.
 *
 * <p>With a placeholder go the quotes and brackets around it, and the punctuation between it and
 * the next one, as in {@code {src.ip}:{src.port}}. Blanks become single; commas, colons and dashes
 * at the ends go, and the full stop. Words stay, prepositions too: nobody knows the grammar of all
 * languages.
 */
public final class SentenceName {
  /** Stands where a placeholder was; no sentence has it. */
  private static final char GAP = '\0';

  private static final String OPENING = "([{<«“‘„";
  private static final String CLOSING = ")]}>»”’“";
  private static final String QUOTES = "\"'`";
  private static final String BEFORE_A_WORD = "([{«“‘„";
  private static final String BEHIND_A_WORD = ")]}»”’";
  private static final String STOPS = ",.;:!?";
  private static final String NOT_FIRST = " ,;:-–—=|&";
  private static final String NOT_LAST = NOT_FIRST + "./\\@";

  private final StringBuilder text;

  private SentenceName(String sentence) {
    text = new StringBuilder(sentence.length());
    int from = 0;
    for (Placeholder placeholder : Placeholder.in(sentence)) {
      if (placeholder.closed()) {
        text.append(blanks(sentence.substring(from, placeholder.span().from()))).append(GAP);
        from = placeholder.span().to();
      }
    }
    text.append(blanks(sentence.substring(from)));
  }

  /** The name; empty when the sentence has nothing but placeholders and punctuation. */
  public static String of(String sentence) {
    SentenceName name = new SentenceName(sentence);
    boolean wider;
    do {
      wider = name.widenAGap();
    } while (wider);
    name.closeGaps();
    return name.trimmed();
  }

  /** Any white space as a blank, and nothing that could be mistaken for a gap. */
  private static String blanks(String constant) {
    StringBuilder shown = new StringBuilder(constant.length());
    for (int i = 0; i < constant.length(); i++) {
      char c = constant.charAt(i);
      shown.append(Character.isWhitespace(c) || Character.isISOControl(c) ? ' ' : c);
    }
    return shown.toString();
  }

  /** Takes the signs around one gap, or those up to the next gap, into it; false at the end. */
  private boolean widenAGap() {
    for (int gap = text.indexOf("\0"); gap >= 0; gap = text.indexOf("\0", gap + 1)) {
      int before = skipBlanksBack(gap - 1);
      int after = skipBlanks(gap + 1);
      if (before >= 0 && after < text.length() && isPair(text.charAt(before), after)) {
        text.replace(before, after + 1, "\0");
        return true;
      }
      int next = skipSigns(gap + 1);
      if (next < text.length() && text.charAt(next) == GAP) {
        text.replace(gap, next + 1, "\0");
        return true;
      }
    }
    return false;
  }

  private boolean isPair(char open, int close) {
    int kind = OPENING.indexOf(open);
    char c = text.charAt(close);
    return QUOTES.indexOf(open) >= 0 ? c == open : kind >= 0 && c == CLOSING.charAt(kind);
  }

  private int skipBlanksBack(int from) {
    int at = from;
    while (at >= 0 && text.charAt(at) == ' ') {
      at--;
    }
    return at;
  }

  private int skipBlanks(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** Past blanks and punctuation, but for quotes and brackets. */
  private int skipSigns(int from) {
    int at = from;
    while (at < text.length() && isSign(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSign(char c) {
    return c != GAP
        && !Character.isLetterOrDigit(c)
        && !Character.isSurrogate(c)
        && QUOTES.indexOf(c) < 0
        && BEFORE_A_WORD.indexOf(c) < 0
        && BEHIND_A_WORD.indexOf(c) < 0;
  }

  /**
   * Leaves single blanks, and where a gap was none beside a bracket and no two signs side by side.
   */
  private void closeGaps() {
    StringBuilder closed = new StringBuilder(text.length());
    boolean blank = false;
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      blank |= c == ' ';
      gap |= c == GAP;
      if (c == ' ' || c == GAP) {
        continue;
      }
      int last = closed.length() - 1;
      if (gap && last >= 0 && isComma(closed.charAt(last)) && isStop(i)) {
        closed.setLength(last);
      } else if (blank && last >= 0 && !(gap && sticks(closed.charAt(last), i))) {
        closed.append(' ');
      }
      closed.append(c);
      blank = false;
      gap = false;
    }
    text.setLength(0);
    text.append(closed);
  }

  private static boolean isComma(char c) {
    return c == ',' || c == ';' || c == ':';
  }

  /** False for what begins a word, as in {@code .NET}. */
  private boolean isStop(int at) {
    boolean word = at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
    return !word && STOPS.indexOf(text.charAt(at)) >= 0;
  }

  private boolean sticks(char before, int at) {
    return BEFORE_A_WORD.indexOf(before) >= 0
        || BEHIND_A_WORD.indexOf(text.charAt(at)) >= 0
        || isStop(at);
  }

  private String trimmed() {
    int from = 0;
    int to = text.length();
    while (from < to && NOT_FIRST.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && NOT_LAST.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    String name = text.substring(from, to);
    return name.chars().anyMatch(Character::isLetterOrDigit) ? name : "";
  }
}
