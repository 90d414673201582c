package dev.camelsiem.flow.syslog;

/**
 * Tells counted frames from lines by the first bytes of a stream: a length, a blank and what syslog
 * or CEF begins with. A mere number is not enough: lines may begin with one, too.
 */
enum FramingGuess {
  LINES,
  COUNTED,
  /** The bytes may still become either. */
  OPEN;

  private static final String[] COUNTED_BEGINNINGS = {
    "<", "CEF:", "LEEF:", "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ",
    "Oct ", "Nov ", "Dec "
  };

  static FramingGuess of(FrameBuffer buffer) {
    int digits = buffer.digitsAt(buffer.start);
    if (buffer.isEmpty()) {
      return OPEN;
    }
    if (digits == 0
        || digits > FrameReader.MAX_LENGTH_DIGITS
        || buffer.bytes[buffer.start] == '0') {
      return LINES;
    }
    int blank = buffer.start + digits;
    if (blank == buffer.end) {
      return OPEN;
    }
    if (buffer.bytes[blank] != ' ') {
      return LINES;
    }
    return blank + 1 == buffer.end ? OPEN : beginning(buffer, blank + 1);
  }

  private static FramingGuess beginning(FrameBuffer buffer, int from) {
    FramingGuess best = LINES;
    for (String beginning : COUNTED_BEGINNINGS) {
      int i = 0;
      while (i < beginning.length()
          && from + i < buffer.end
          && buffer.bytes[from + i] == beginning.charAt(i)) {
        i++;
      }
      if (i == beginning.length()) {
        return COUNTED;
      }
      if (from + i == buffer.end) {
        best = OPEN;
      }
    }
    return best;
  }
}
