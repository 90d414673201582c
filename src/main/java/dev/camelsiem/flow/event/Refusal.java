package dev.camelsiem.flow.event;

/**
 * Why an event or a line could not be used.
 *
 * @param detail one sentence for people, without line breaks
 */
public record Refusal(StopReason reason, String detail) {
  private static final int LONGEST_WORD = 60;

  /** A word from outside as a message may show it: in quotes, shortened, without controls. */
  public static String quoted(CharSequence word) {
    StringBuilder shown = new StringBuilder("`");
    for (int i = 0; i < word.length() && i < LONGEST_WORD; i++) {
      char c = word.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return shown.append(word.length() > LONGEST_WORD ? "…`" : "`").toString();
  }
}
