package dev.camelsiem.flow.syslog;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import dev.camelsiem.time.DateTimeParser;
import org.jspecify.annotations.Nullable;

/**
 * Finds the syslog header of an event: RFC 5424, RFC 3164 and what real senders make of it.
 *
 * <p>Understood beside the two standards: no priority, leading zeros in it, a year before or after
 * the clock, fractions, ISO dates (rsyslog), no host, Cisco's sequence numbers, stars and colons,
 * and {@code CEF:} or {@code LEEF:} right after any part. Any bytes give a result, which is good
 * until the next ones are read; {@link #read} needs no memory. Not thread-safe: one a thread.
 */
public final class SyslogHeader {
  /** {@link #priority()} when there is none. */
  public static final int NO_PRIORITY = -1;

  /** The largest that there is: facility 23, severity 7. */
  public static final int MAX_PRIORITY = 191;

  private static final int MAX_TAG = 128;
  private static final int MAX_HOST = 255;

  private final DateTimeParser dates = new DateTimeParser();
  private byte[] bytes = {};
  private int at;
  private int to;
  private boolean sure;

  private boolean rfc5424;
  private int priority = NO_PRIORITY;
  private int timeFrom;
  private int timeTo;
  private int hostFrom;
  private int hostTo;

  /** True for a header of RFC 5424; what else has a priority or a date is RFC 3164 in some way. */
  public boolean isRfc5424() {
    return rfc5424;
  }

  /** The number between the angle brackets, or {@link #NO_PRIORITY}. */
  public int priority() {
    return priority;
  }

  /** The date as written; null when there is none, or the nil value. */
  public @Nullable Text timestamp() {
    return timeTo > timeFrom ? Text.of(bytes, timeFrom, timeTo) : null;
  }

  /** The host as written; null when there is none, or the nil value. */
  public @Nullable Text host() {
    return hostTo > hostFrom ? Text.of(bytes, hostFrom, hostTo) : null;
  }

  /** Where the message begins: after header, blank and byte order mark. */
  public int messageFrom() {
    return at;
  }

  /**
   * Reads the header of the event between two offsets.
   *
   * @param isSure whether it is known that nothing but a header stands there: then a priority may
   *     be up to 999, blanks may follow it, a version needs none, and an ISO date no T
   */
  public void read(byte[] source, int from, int end, boolean isSure) {
    bytes = source;
    at = from;
    to = end;
    sure = isSure;
    priority = NO_PRIORITY;
    timeTo = timeFrom = from;
    hostTo = hostFrom = from;
    readPriority();
    rfc5424 = (priority >= 0 || sure) && readRfc5424();
    if (!rfc5424) {
      readRfc3164();
    }
  }

  private void readPriority() {
    int end = Ascii.skipDigits(bytes, at + 1, Math.min(to, at + 4));
    if (byteAt(at) != '<' || end == at + 1 || byteAt(end) != '>') {
      return;
    }
    int value = (int) Ascii.decimal(bytes, at + 1, end);
    if (value <= MAX_PRIORITY || sure) {
      priority = value;
      at = end + 1;
      while (sure && byteAt(at) == ' ') {
        at++;
      }
    }
  }

  // --- RFC 5424 -------------------------------------------------------------------------------

  /** A version number, then a date of RFC 5424 or its nil value, and the rest. */
  private boolean readRfc5424() {
    int date = Ascii.skipDigits(bytes, at, Math.min(to, at + 3)) + 1;
    if (byteAt(at) == '0' || date == at + 1 || byteAt(date - 1) != ' ') {
      return false;
    }
    int end = isNil(date) ? date + 1 : Ascii.isDigit(byteAt(date)) ? dateEnd(date) : -1;
    if (end < 0 || (end < to && bytes[end] != ' ')) {
      return false;
    }
    timeFrom = isNil(date) ? end : date;
    timeTo = end;
    at = end;
    blank();
    hostFrom = isNil(at) ? at + 1 : at;
    at = Ascii.indexOf(bytes, at, to, ' ');
    hostTo = at;
    for (int word = 0; word < 3; word++) { // application, process, message id
      blank();
      at = Ascii.indexOf(bytes, at, to, ' ');
    }
    structuredData();
    blank();
    at = Utf8.skipBom(bytes, at, to);
    return true;
  }

  /** Without structured data the rest is the message. */
  private void structuredData() {
    int start = byteAt(at) == ' ' ? at + 1 : at;
    int end = isNil(start) ? start + 1 : start;
    while (end >= 0 && byteAt(end) == '[') {
      end = elementEnd(end);
    }
    if (end > start && (end == to || bytes[end] == ' ')) {
      at = end;
    }
  }

  /** After the bracket that closes an element, or -1; brackets in quotes do not count. */
  private int elementEnd(int open) {
    boolean quoted = false;
    for (int i = open + 1; i < to; i++) {
      byte c = bytes[i];
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == ']' && !quoted) {
        return i + 1;
      }
    }
    return -1;
  }

  private boolean isNil(int place) {
    return byteAt(place) == '-' && (place + 1 == to || bytes[place + 1] == ' ');
  }

  // --- RFC 3164 and relatives -----------------------------------------------------------------

  /** A date and what follows it; without date only a tag is looked for. */
  private void readRfc3164() {
    int mark = at;
    ciscoPrefix();
    int end = dateEnd(at);
    if (end < 0 || (end < to && bytes[end] != ' ' && bytes[end] != ':')) {
      at = mark;
      hostTo = hostFrom;
      if (priority >= 0) {
        readTag();
      }
      return;
    }
    timeFrom = at;
    timeTo = end;
    at = end;
    if (byteAt(at) == ':') {
      at++;
      blank();
    } else {
      blank();
      readHost();
      readTag();
    }
  }

  /** The end of the date here, or -1. Its year is not asked for: any present will do. */
  private int dateEnd(int from) {
    return dates.header(bytes, from, to, sure, 0);
  }

  /**
   * Cisco: {@code 29: router: *Mar 1 ...}, that is a sequence number or just its colon, a host, and
   * a star or dot for a clock that is not to be trusted; each may be missing.
   */
  private void ciscoPrefix() {
    int colon = Ascii.skipDigits(bytes, at, to);
    if (byteAt(colon) == ':') {
      at = colon + 1;
      blank();
      int end = Ascii.indexOf(bytes, at, to, ' ');
      if (end - at > 1 && bytes[end - 1] == ':' && isHost(at, end - 1)) {
        hostIs(at, end - 1);
        at = end;
        blank();
      }
    }
    if (byteAt(at) == '*' || byteAt(at) == '.') {
      at++;
    }
  }

  /** A word that is neither tag nor message. */
  private void readHost() {
    int end = Ascii.indexOf(bytes, at, to, ' ');
    if (end == at || end - at > MAX_HOST || !isHost(at, end) || startsMessage()) {
      return;
    }
    hostIs(at, end);
    at = end;
    blank();
    if (byteAt(at) == ':' && byteAt(at + 1) == ' ') {
      at += 2; // Cisco ASA: "host : %ASA-..."
    }
  }

  private void hostIs(int from, int end) {
    hostFrom = from;
    hostTo = end;
  }

  /** Where nothing but a header can stand, a word is a host whatever bytes it has. */
  private boolean isHost(int from, int end) {
    if (sure) {
      return bytes[end - 1] != ':' && (bytes[end - 1] != ']' || bytes[from] == '[');
    }
    for (int i = from; i < end; i++) {
      byte c = bytes[i];
      if (!Ascii.isAlphanumeric(c) && c >= 0 && ".-_:%@/".indexOf(c) < 0) {
        return false;
      }
    }
    return bytes[end - 1] != ':';
  }

  /** {@code name:}, {@code name[id]:} or {@code name[id]}; anything else is the message. */
  private void readTag() {
    int end = at;
    while (end < to && end - at <= MAX_TAG && isTag(bytes[end])) {
      end++;
    }
    if (end == at || startsMessage()) {
      return;
    }
    boolean colon = byteAt(end) == ':' && (end + 1 == to || bytes[end + 1] == ' ');
    if (byteAt(end) == '[') {
      int open = end;
      while (end < to && end - open <= MAX_TAG && bytes[end] != ']' && bytes[end] != ' ') {
        end++;
      }
      if (byteAt(end) != ']') {
        return;
      }
      end++;
      colon = byteAt(end) == ':';
    } else if (!colon) {
      return;
    }
    at = colon ? end + 1 : end;
    blank();
  }

  private static boolean isTag(byte c) {
    return Ascii.isAlphanumeric(c) || "_-./()@+#".indexOf(c) >= 0;
  }

  /** CEF, LEEF and Cisco's {@code %FACILITY} belong to the message, though they look like tags. */
  private boolean startsMessage() {
    int first = byteAt(at);
    int name = first == 'L' && byteAt(at + 1) == 'E' ? at + 1 : first == 'C' ? at : to;
    return first == '%'
        || (byteAt(name + 1) == 'E' && byteAt(name + 2) == 'F' && byteAt(name + 3) == ':');
  }

  private void blank() {
    if (byteAt(at) == ' ') {
      at++;
    }
  }

  private int byteAt(int index) {
    return index < to ? bytes[index] : 0;
  }
}
