package dev.camelsiem.flow.syslog;

import dev.camelsiem.flow.syslog.SyslogHeader.Format;
import dev.camelsiem.flow.syslog.SyslogHeader.Part;
import java.time.ZoneId;

/**
 * Finds the syslog header of an event: RFC 5424, RFC 3164 and what real senders make of it.
 *
 * <p>Understood beside the two standards: no priority, leading zeros in it, a year before or after
 * the clock, fractions, ISO dates (rsyslog), no host, Cisco's sequence numbers, stars and colons,
 * and {@code CEF:} or {@code LEEF:} right after any part. Any bytes give a result. Needs no memory
 * per event. Not thread-safe: one a thread.
 */
public final class SyslogHeaderParser {
  private static final int MAX_PRIORITY = 191;
  private static final int MAX_TAG = 128;
  private static final int MAX_HOST = 255;

  private final SyslogHeader header = new SyslogHeader();
  private final SyslogTime time;

  private byte[] bytes = {};
  private int at;
  private int to;

  /**
   * @param zone the zone of dates that name none
   */
  public SyslogHeaderParser(ZoneId zone) {
    time = new SyslogTime(zone);
  }

  /**
   * Reads the header of the event between two offsets.
   *
   * @param now epoch milliseconds: a date without year is the latest that is not over 24 hours
   *     after it
   * @return the parser's own result object, good until the next call
   */
  public SyslogHeader parse(byte[] source, int from, int end, long now) {
    bytes = source;
    at = from;
    to = end;
    header.clear(from, end);
    boolean priority = priority();
    if (priority && version()) {
      rfc5424();
    } else if (bsdDate(now) || priority) {
      header.format(Format.RFC3164);
      header.message(at);
    }
    return header;
  }

  // --- priority -------------------------------------------------------------------------------

  private boolean priority() {
    if (byteAt(at) != '<') {
      return false;
    }
    int value = 0;
    int i = at + 1;
    while (i < at + 4 && isDigit(byteAt(i))) {
      value = value * 10 + byteAt(i++) - '0';
    }
    if (i == at + 1 || byteAt(i) != '>' || value > MAX_PRIORITY) {
      return false;
    }
    header.priority(value);
    at = i + 1;
    return true;
  }

  // --- RFC 5424 -------------------------------------------------------------------------------

  /** A version number, then a date of RFC 5424 or its nil value. */
  private boolean version() {
    int i = at;
    while (i < at + 3 && isDigit(byteAt(i))) {
      i++;
    }
    if (i == at || byteAt(at) == '0' || byteAt(i) != ' ') {
      return false;
    }
    boolean nil = byteAt(i + 1) == '-' && (byteAt(i + 2) == ' ' || i + 2 >= to);
    if (!nil && !time.readIso(bytes, i + 1, to)) {
      return false;
    }
    int end = nil ? i + 2 : time.end();
    if (end < to && bytes[end] != ' ') {
      return false;
    }
    if (!nil) {
      header.part(Part.TIMESTAMP, i + 1, end);
      header.time(time.millis());
    }
    at = end;
    return true;
  }

  private void rfc5424() {
    header.format(Format.RFC5424);
    word(Part.HOST);
    word(Part.APP);
    word(Part.PROCESS_ID);
    word(Part.MESSAGE_ID);
    structuredData();
    blank();
    header.message(afterByteOrderMark(at));
  }

  /** One word after one blank; {@code -} stands for nothing. */
  private void word(Part part) {
    blank();
    int start = at;
    while (at < to && bytes[at] != ' ') {
      at++;
    }
    if (at - start != 1 || bytes[start] != '-') {
      header.part(part, start, at);
    }
  }

  private void structuredData() {
    int mark = at;
    blank();
    if (byteAt(at) == '-' && (at + 1 >= to || bytes[at + 1] == ' ')) {
      at++;
      return;
    }
    int start = at;
    while (byteAt(at) == '[') {
      int end = elementEnd(at);
      if (end < 0) {
        break;
      }
      at = end;
    }
    if (at > start && (at == to || bytes[at] == ' ')) {
      header.part(Part.STRUCTURED_DATA, start, at);
    } else {
      at = mark; // no structured data after all: the rest is the message
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

  // --- RFC 3164 and relatives -----------------------------------------------------------------

  /** A date and what follows it; without date only a tag is looked for. */
  private boolean bsdDate(long now) {
    int mark = at;
    ciscoPrefix();
    int start = at;
    if (time.readBsd(bytes, at, to, now) || time.readIso(bytes, at, to)) {
      int end = time.end();
      if (end >= to || bytes[end] == ' ' || bytes[end] == ':') {
        header.part(Part.TIMESTAMP, start, end);
        header.time(time.millis());
        at = end;
        hostAndTag();
        return true;
      }
    }
    at = mark;
    header.part(Part.HOST, mark, mark);
    if (header.priority() >= 0) {
      tag();
    }
    return false;
  }

  /**
   * Cisco: {@code 29: router: *Mar 1 ...}, that is a sequence number or just its colon, a host, and
   * a star or dot for a clock that is not to be trusted; each may be missing.
   */
  private void ciscoPrefix() {
    int i = at;
    while (isDigit(byteAt(i))) {
      i++;
    }
    if (byteAt(i) == ':') {
      at = i + 1;
      blank();
      ciscoHost();
    }
    if (byteAt(at) == '*' || byteAt(at) == '.') {
      at++;
    }
  }

  private void ciscoHost() {
    int end = wordEnd(at);
    if (end - at > 1 && bytes[end - 1] == ':' && isHost(at, end - 1)) {
      header.part(Part.HOST, at, end - 1);
      at = end;
      blank();
    }
  }

  private void hostAndTag() {
    if (byteAt(at) == ':') {
      at++;
      blank();
      return;
    }
    blank();
    host();
    tag();
  }

  /** A word that is neither tag nor message. */
  private void host() {
    int end = wordEnd(at);
    if (end == at || end - at > MAX_HOST || !isHost(at, end) || startsMessage(at)) {
      return;
    }
    header.part(Part.HOST, at, end);
    at = end;
    blank();
    if (byteAt(at) == ':' && byteAt(at + 1) == ' ') {
      at += 2; // Cisco ASA: "host : %ASA-..."
    }
  }

  private boolean isHost(int from, int end) {
    for (int i = from; i < end; i++) {
      if (!isLetterOrDigit(bytes[i]) && bytes[i] >= 0 && ".-_:%@/".indexOf(bytes[i]) < 0) {
        return false;
      }
    }
    return bytes[end - 1] != ':';
  }

  /** {@code name:}, {@code name[id]:} or {@code name[id]}; anything else is the message. */
  private void tag() {
    if (startsMessage(at)) {
      return;
    }
    int end = at;
    while (end < to && end - at <= MAX_TAG && isTag(bytes[end])) {
      end++;
    }
    if (end == at) {
      return;
    }
    if (byteAt(end) == '[') {
      processId(end);
    } else if (byteAt(end) == ':' && (end + 1 >= to || bytes[end + 1] == ' ')) {
      header.part(Part.APP, at, end);
      at = end + 1;
      blank();
    }
  }

  private void processId(int open) {
    int close = open + 1;
    while (close < to && close - open <= MAX_TAG && bytes[close] != ']' && bytes[close] != ' ') {
      close++;
    }
    if (byteAt(close) != ']') {
      return;
    }
    header.part(Part.APP, at, open);
    header.part(Part.PROCESS_ID, open + 1, close);
    at = close + 1;
    if (byteAt(at) == ':') {
      at++;
    }
    blank();
  }

  /** CEF, LEEF and Cisco's {@code %FACILITY} belong to the message, though they look like tags. */
  private boolean startsMessage(int from) {
    return byteAt(from) == '%' || stands(from, "CEF:") || stands(from, "LEEF:");
  }

  // --- characters -----------------------------------------------------------------------------

  private void blank() {
    if (byteAt(at) == ' ') {
      at++;
    }
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < to && bytes[end] != ' ') {
      end++;
    }
    return end;
  }

  private int afterByteOrderMark(int from) {
    boolean mark =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    return mark ? from + 3 : from;
  }

  private boolean stands(int from, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (byteAt(from + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int byteAt(int index) {
    return index < to ? bytes[index] : 0;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetterOrDigit(int c) {
    return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  }

  private static boolean isTag(byte c) {
    return isLetterOrDigit(c) || "_-./()@+#".indexOf(c) >= 0;
  }
}
