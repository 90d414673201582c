package dev.camelsiem.lang.pattern;

import dev.camelsiem.net.IpAddress;
import dev.camelsiem.net.MacAddress;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Utf8;

/**
 * How far each token reaches. All tokens are atomic: there is one end for each start. Not here are
 * dates, which take scratch paper, see {@link Match#dateEnd}, and UNTIL, which takes a budget.
 */
final class TokenEnds {
  static final int NONE = -1;

  /** Hexadecimal digits before the first colon of an IPv6 address. */
  private static final int LONGEST_GROUP = 4;

  private TokenEnds() {}

  /**
   * The end of the token that begins exactly at {@code at}, or {@link #NONE}.
   *
   * @param texts has the text of QUOTED between {@code text} and {@code textEnd}
   */
  static int end(
      TokenKind kind, byte[] texts, int text, int textEnd, byte[] bytes, int at, int to) {
    return switch (kind) {
      case NUMBER -> number(bytes, at, to);
      case WORD -> word(bytes, at, to, false);
      case WORDDASH -> word(bytes, at, to, true);
      case STRING -> string(bytes, at, to);
      case LITERAL -> at < to ? Utf8.next(bytes, at, to) : NONE;
      case REST, CSV, KEYVALUE -> to;
      case HOSTNAME -> hostName(bytes, at, to);
      case IPV4 -> at < to && Ascii.isDigit(bytes[at]) ? IpAddress.endOfV4(bytes, at, to) : NONE;
      case IPV6 -> ipv6(bytes, at, to);
      case MACADDR -> MacAddress.end(bytes, at, to);
      case NTUSER -> ntUser(bytes, at, to);
      case DURATION -> duration(bytes, at, to);
      case QUOTED ->
          Bytes.startsWith(bytes, at, to, texts, text, textEnd) ? at + textEnd - text : NONE;
      case DATETIME, UNTIL -> throw new IllegalArgumentException("read by the match");
    };
  }

  private static int number(byte[] bytes, int at, int to) {
    int digits = at < to && (bytes[at] == '-' || bytes[at] == '+') ? at + 1 : at;
    int end = Ascii.skipDigits(bytes, digits, to);
    return end == digits ? NONE : end;
  }

  private static int word(byte[] bytes, int at, int to, boolean dash) {
    int end = at;
    while (end < to) {
      byte b = bytes[end];
      if (Bytes.isWord(b) || (dash && b == '-')) {
        end++;
      } else if (b < 0 && PatternParser.isWord(Utf8.codePoint(bytes, end, to))) {
        end = Utf8.next(bytes, end, to);
      } else {
        break;
      }
    }
    return end == at ? NONE : end;
  }

  private static int string(byte[] bytes, int at, int to) {
    int end = at;
    while (end < to && !Ascii.isSpace(bytes[end])) {
      end++;
    }
    return end == at ? NONE : end;
  }

  private static int hostName(byte[] bytes, int at, int to) {
    if (at >= to || !Bytes.isWord(bytes[at])) {
      return NONE;
    }
    int end = at + 1;
    while (end < to && (Bytes.isWord(bytes[end]) || bytes[end] == '.' || bytes[end] == '-')) {
      end++;
    }
    while (bytes[end - 1] == '.') {
      end--;
    }
    return end;
  }

  /** Looks for the first colon before it goes to the trouble of reading an address. */
  private static int ipv6(byte[] bytes, int at, int to) {
    int last = Math.min(to, at + LONGEST_GROUP + 1);
    for (int i = at; i < last; i++) {
      if (bytes[i] == ':') {
        return IpAddress.endOfV6(bytes, at, to);
      }
    }
    return NONE;
  }

  private static int ntUser(byte[] bytes, int at, int to) {
    int domain = ntPart(bytes, at, to);
    if (domain == at || domain >= to || bytes[domain] != '\\') {
      return NONE;
    }
    int user = ntPart(bytes, domain + 1, to);
    return user == domain + 1 ? NONE : user;
  }

  private static int ntPart(byte[] bytes, int at, int to) {
    int end = at;
    while (end < to && !Ascii.isSpace(bytes[end]) && bytes[end] != '\\') {
      end++;
    }
    return end;
  }

  private static int duration(byte[] bytes, int at, int to) {
    int hours = durationPart(bytes, at, to, 'd');
    if (hours == NONE) {
      return NONE;
    }
    int minutes = durationPart(bytes, Ascii.skipSpace(bytes, hours, to), to, 'h');
    if (minutes == NONE || minutes >= to || bytes[minutes] != ':') {
      return NONE;
    }
    int seconds = durationPart(bytes, minutes + 1, to, 'm');
    if (seconds == NONE || seconds >= to || bytes[seconds] != ':') {
      return NONE;
    }
    return durationPart(bytes, seconds + 1, to, 's');
  }

  private static int durationPart(byte[] bytes, int at, int to, char unit) {
    int end = Ascii.skipDigits(bytes, at, to);
    return end > at && end - at <= 9 && end < to && bytes[end] == unit ? end + 1 : NONE;
  }

  /** Seconds of a duration that {@link #end} has accepted. */
  static long durationSeconds(byte[] bytes, int from, int to) {
    long seconds = 0;
    long part = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (Ascii.isDigit(b)) {
        part = part * 10 + (b - '0');
      } else {
        seconds += part * secondsOf(b);
        part = 0;
      }
    }
    return seconds;
  }

  private static long secondsOf(byte unit) {
    return switch (unit) {
      case 'd' -> 86_400;
      case 'h' -> 3_600;
      case 'm' -> 60;
      case 's' -> 1;
      default -> 0;
    };
  }
}
