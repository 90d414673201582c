package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.ValueType;
import dev.camelsiem.net.IpAddress;
import dev.camelsiem.net.MacAddress;
import dev.camelsiem.text.Ascii;
import java.math.BigDecimal;

/** Writes the value of a field in the form of its key's type (kcs-cef 2.3). Not thread-safe. */
final class ValueWriter {
  /** What became of a value. */
  enum Result {
    WRITTEN,
    /** Belongs to the other IP version's key, or nothing is left after trimming. */
    PASSED,
    /** Cannot be sent under this key. */
    UNSENDABLE
  }

  private static final int LARGEST_PORT = 65_535;
  private static final int LONGEST_NUMBER = 40;
  private static final int LONGEST_WHOLE = 20;
  private static final int MODE_BITS = 0_7777;
  private static final long BAD = Long.MIN_VALUE;
  private static final long LEAST = BAD + 1;

  /** Writes the value that was seen last, which is not empty. */
  Result write(ByteSink sink, KeyPlan plan, EventValues value, int limit) {
    if (value.kind == EventValues.TEXT && plan.type == ValueType.STRING && !plan.keepsBlanks) {
      return text(sink, plan.notation, value.bytes, value.from, value.to, limit);
    }
    return other(sink, plan, value, limit);
  }

  private static Result other(ByteSink sink, KeyPlan plan, EventValues value, int limit) {
    if (value.kind == EventValues.WHOLE) {
      switch (plan.type) {
        case INTEGER -> {
          return whole(sink, value.number, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        case LONG -> {
          return whole(sink, value.number, LEAST, Long.MAX_VALUE);
        }
        case PORT -> {
          return whole(sink, value.number, 0, LARGEST_PORT);
        }
        case STRING -> {
          if (limit >= LONGEST_WHOLE) {
            return whole(sink, value.number, Long.MIN_VALUE, Long.MAX_VALUE);
          }
        }
        default -> {}
      }
    }
    value.demandText();
    byte[] bytes = value.bytes;
    byte kind = value.kind;
    int from = plan.keepsBlanks ? value.firstBlank : value.from;
    int to = plan.keepsBlanks ? value.lastBlank : value.to;
    return switch (plan.type) {
      case STRING -> string(sink, plan.notation, bytes, from, to, kind, limit);
      case INTEGER -> number(sink, bytes, from, to, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> number(sink, bytes, from, to, LEAST, Long.MAX_VALUE);
      case PORT -> number(sink, bytes, from, to, 0, LARGEST_PORT);
      case DOUBLE -> decimal(sink, bytes, from, to);
      case IPV4, IPV6 -> address(sink, plan, value);
      case MAC -> mac(sink, bytes, from, to);
      case TIMESTAMP -> timestamp(sink, bytes, from, to);
      case FILE_MODE -> fileMode(sink, plan.notation, bytes, from, to, kind, limit);
    };
  }

  private static Result string(
      ByteSink sink, Notation notation, byte[] bytes, int from, int to, byte kind, int limit) {
    if (kind == EventValues.NUMBER && !isDigits(bytes, from, to)) {
      return decimal(sink, bytes, from, to);
    }
    return text(sink, notation, bytes, from, to, limit);
  }

  private static Result text(
      ByteSink sink, Notation notation, byte[] bytes, int from, int to, int limit) {
    notation.extension(sink, bytes, from, CefText.cut(bytes, from, to, limit));
    return Result.WRITTEN;
  }

  private static Result number(ByteSink sink, byte[] bytes, int from, int to, long min, long max) {
    long number = whole(bytes, from, to);
    if (number == BAD || number < min || number > max) {
      return Result.UNSENDABLE;
    }
    boolean asItIs = to - from < 18 && bytes[from] > '0' && isDigits(bytes, from, to);
    if (asItIs) {
      sink.put(bytes, from, to - from);
    } else {
      sink.putNumber(number);
    }
    return Result.WRITTEN;
  }

  private static Result whole(ByteSink sink, long number, long min, long max) {
    if (number < min || number > max) {
      return Result.UNSENDABLE;
    }
    sink.putNumber(number);
    return Result.WRITTEN;
  }

  /**
   * A whole number, also when it was written as {@code 1e3}, {@code 5.0} or {@code 0x1f}; otherwise
   * BAD.
   */
  private static long whole(byte[] bytes, int from, int to) {
    int first = from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
    if (to - first > 18 || !isDigits(bytes, first, to)) {
      return odd(bytes, from, to);
    }
    long number = 0;
    for (int i = first; i < to; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return bytes[from] == '-' ? -number : number;
  }

  private static long odd(byte[] bytes, int from, int to) {
    if (to - from > LONGEST_NUMBER) {
      return BAD;
    }
    if (to - from > 2 && bytes[from] == '0' && (bytes[from + 1] | 0x20) == 'x') {
      return hexadecimal(bytes, from + 2, to);
    }
    try {
      BigDecimal number = new BigDecimal(Ascii.text(bytes, from, to));
      return Math.abs(number.scale()) > LONGEST_NUMBER ? BAD : number.longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return BAD; // text, a fraction, or more than 64 bits
    }
  }

  /** As Windows writes the ids of processes. */
  private static long hexadecimal(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = Ascii.hexDigit(bytes[i]);
      if (digit < 0 || number > Long.MAX_VALUE >> 4) {
        return BAD;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  private static Result decimal(ByteSink sink, byte[] bytes, int from, int to) {
    if (to - from > LONGEST_NUMBER) {
      return Result.UNSENDABLE;
    }
    try {
      BigDecimal number = new BigDecimal(Ascii.text(bytes, from, to));
      if (Math.abs(number.scale()) > LONGEST_NUMBER) {
        return Result.UNSENDABLE;
      }
      sink.put(Ascii.bytes(number.toPlainString()));
      return Result.WRITTEN;
    } catch (NumberFormatException e) {
      return Result.UNSENDABLE;
    }
  }

  private static Result address(ByteSink sink, KeyPlan plan, EventValues value) {
    IpAddress known = value.address;
    if (known == null
        && plan.type == ValueType.IPV6
        && plan.hasTwin
        && Ascii.indexOf(value.bytes, value.from, value.to, ':') == value.to) {
      return Result.PASSED; // what else it is says the twin
    }
    IpAddress ip =
        known == null
            ? IpAddress.parseLoosely(value.bytes, value.from, value.to)
            : known.unwrapped();
    if (ip != null && plan.type == (ip.isV6() ? ValueType.IPV6 : ValueType.IPV4)) {
      sink.end(ip.write(sink.room(IpAddress.LONGEST), sink.at()));
      return Result.WRITTEN;
    }
    boolean forTwin = plan.hasTwin && (ip != null || plan.type == ValueType.IPV6);
    return forTwin ? Result.PASSED : Result.UNSENDABLE;
  }

  /** Six bytes in hexadecimal with colons, whatever separated them before. */
  private static Result mac(ByteSink sink, byte[] bytes, int from, int to) {
    long bits = MacAddress.bits(bytes, from, to);
    if (bits < 0) {
      return Result.UNSENDABLE;
    }
    MacAddress.write(sink.room(MacAddress.LENGTH), sink.at(), bits);
    sink.end(sink.at() + MacAddress.LENGTH);
    return Result.WRITTEN;
  }

  private static Result timestamp(ByteSink sink, byte[] bytes, int from, int to) {
    long millis = EventTime.parse(bytes, from, to);
    if (millis == EventTime.UNREADABLE) {
      return Result.UNSENDABLE;
    }
    sink.putNumber(millis);
    return Result.WRITTEN;
  }

  private static Result fileMode(
      ByteSink sink, Notation notation, byte[] bytes, int from, int to, byte kind, int limit) {
    long mode = kind == EventValues.NUMBER ? whole(bytes, from, to) : octal(bytes, from, to);
    if (mode < 0) {
      return kind == EventValues.NUMBER
          ? Result.UNSENDABLE
          : string(sink, notation, bytes, from, to, kind, limit); // rwxr-xr-x
    }
    String digits = Long.toOctalString(mode & MODE_BITS);
    sink.put(Ascii.bytes("0000".substring(0, Math.max(1, 4 - digits.length())) + digits));
    return Result.WRITTEN;
  }

  private static long octal(byte[] bytes, int from, int to) {
    int first =
        to - from > 2 && bytes[from] == '0' && (bytes[from + 1] | 0x20) == 'o' ? from + 2 : from;
    if (to - first > 12) {
      return BAD;
    }
    long mode = 0;
    for (int i = first; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '7') {
        return BAD;
      }
      mode = mode << 3 | bytes[i] - '0';
    }
    return mode;
  }

  private static boolean isDigits(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Ascii.isDigit(bytes[i])) {
        return false;
      }
    }
    return from < to;
  }
}
