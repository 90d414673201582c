package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.HeaderLimits;
import dev.camelsiem.flow.event.Refusal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands in front of {@code CEF:}: PRI, RFC 3164 with or without year, an ISO time, RFC
 * 5424, or anything else, which then is only reported.
 */
final class SyslogPrefix {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private final String text;
  private int at;
  private @Nullable Integer priority;
  private @Nullable String timestamp;
  private @Nullable String host;
  private @Nullable String warning;

  private SyslogPrefix(String text) {
    this.text = text;
  }

  static SyslogPrefix read(String text) {
    SyslogPrefix prefix = new SyslogPrefix(text.strip());
    prefix.parse();
    return prefix;
  }

  @Nullable Integer priority() {
    return priority;
  }

  @Nullable String timestamp() {
    return timestamp;
  }

  @Nullable String host() {
    return host;
  }

  /** What was odd, or null. */
  @Nullable String warning() {
    return warning;
  }

  private void parse() {
    skipOctetCount();
    readPriority();
    if (text.length() == at) {
      return;
    }
    if (readRfc5424()) {
      return;
    }
    if (!readMonthTime() && !readIsoTime()) {
      boolean oneWord = text.indexOf(' ', at) < 0;
      if (oneWord) {
        host = text.substring(at);
      } else {
        warning = "no syslog header that is known: " + Refusal.quoted(text.substring(at));
      }
      return;
    }
    host = word();
  }

  /** A frame's length that nobody took off. */
  private void skipOctetCount() {
    int digits = digits(0);
    if (digits > 0
        && digits + 1 < text.length()
        && text.charAt(digits) == ' '
        && text.charAt(digits + 1) == '<') {
      at = digits + 1;
    }
  }

  private void readPriority() {
    if (at >= text.length() || text.charAt(at) != '<') {
      return;
    }
    int end = digits(at + 1);
    int length = end - at - 1;
    if (length < 1 || length > 3 || end >= text.length() || text.charAt(end) != '>') {
      return;
    }
    int number = Integer.parseInt(text.substring(at + 1, end));
    if (number > HeaderLimits.PRIORITY) {
      warning = "the priority " + number + " is over " + HeaderLimits.PRIORITY;
    } else {
      priority = number;
    }
    at = end + 1;
    skipBlanks();
  }

  /** {@code 1 time host app procid msgid data}. */
  private boolean readRfc5424() {
    int end = digits(at);
    if (end == at || end - at > 2 || end >= text.length() || text.charAt(end) != ' ') {
      return false;
    }
    at = end;
    timestamp = nilToNull(word());
    host = nilToNull(word());
    return true;
  }

  private boolean readMonthTime() {
    int start = at;
    if (at + 3 >= text.length()
        || text.charAt(at + 3) != ' '
        || !MONTHS.contains(text.substring(at, at + 3).toLowerCase(Locale.ROOT))) {
      return false;
    }
    at += 3;
    skipBlanks();
    int dayEnd = digits(at);
    if (dayEnd == at || dayEnd - at > 2) {
      at = start;
      return false;
    }
    at = dayEnd;
    skipBlanks();
    int yearEnd = digits(at);
    if (yearEnd - at == 4 && yearEnd < text.length() && text.charAt(yearEnd) == ' ') {
      at = yearEnd;
      skipBlanks();
    }
    if (!readClock()) {
      at = start;
      return false;
    }
    readTrailingYear();
    timestamp = text.substring(start, at);
    return true;
  }

  /**
   * {@code 10:07:28} with a fraction, perhaps; the colon that some senders put behind is skipped.
   */
  private boolean readClock() {
    int i = at;
    for (int part = 0; part < 3; part++) {
      int end = digits(i);
      if (end - i < 1 || end - i > 2) {
        return false;
      }
      boolean last = part == 2;
      if (!last && (end >= text.length() || text.charAt(end) != ':')) {
        return false;
      }
      i = last ? end : end + 1;
    }
    if (i < text.length() && (text.charAt(i) == '.' || text.charAt(i) == ',')) {
      i = Math.max(i, digits(i + 1));
    }
    at = i;
    return true;
  }

  /** Some senders put the year behind the time. */
  private void readTrailingYear() {
    if (at >= text.length() || text.charAt(at) != ' ') {
      return;
    }
    int end = digits(at + 1);
    if (end - at - 1 == 4 && end < text.length() && text.charAt(end) == ' ') {
      at = end;
    }
  }

  private boolean readIsoTime() {
    int start = at;
    int year = digits(at);
    if (year - at != 4 || year >= text.length() || text.charAt(year) != '-') {
      return false;
    }
    word();
    int end = at;
    if (text.substring(start, end).indexOf(':') < 0) { // a blank instead of the T
      skipBlanks();
      word();
      end = at;
    }
    timestamp = text.substring(start, end);
    return true;
  }

  private @Nullable String word() {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == ':') {
      at++;
      skipBlanks();
    }
    int end = text.indexOf(' ', at);
    end = end < 0 ? text.length() : end;
    String word = text.substring(at, end);
    at = end;
    return word.isEmpty() ? null : word;
  }

  private static @Nullable String nilToNull(@Nullable String word) {
    return word == null || word.equals("-") ? null : word;
  }

  private int digits(int from) {
    int i = from;
    while (i < text.length() && Ascii.isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}
