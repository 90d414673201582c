package dev.camelsiem.lang.value;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Blanks;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Octets;
import dev.camelsiem.text.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Texts to numbers and numbers to texts. */
public final class Numbers {
  /** Beyond this exponent a decimal is neither written out nor calculated with. */
  private static final int LARGEST_SCALE = 64;

  /** Bytes; 64 bits need 20. */
  static final int LONGEST_WHOLE = 64;

  /** So many digits never overflow 64 bits. */
  private static final int SAFE_DIGITS = 18;

  /** More than so many always do. */
  private static final int MOST_DIGITS = 19;

  /** Eight digits of zero. */
  private static final long ZEROS = 0x3030303030303030L;

  /** What eight digits count to. */
  private static final long EIGHT_DIGITS = 100_000_000;

  /** Of eight bytes the first and the fifth. */
  private static final long PAIRS = 0x000000FF000000FFL;

  private Numbers() {}

  /**
   * The decimal integer at the start of the text, whatever follows it ({@code "35999 }"} is 35999,
   * xp 6.3); null when there is none or it needs more than 64 bits.
   */
  public static @Nullable Long leading(Text text) {
    Text inner = Blanks.trim(text);
    byte[] bytes = inner.array();
    return decimal(bytes, inner.from(), endOfDecimal(bytes, inner.from(), inner.to()));
  }

  /**
   * The integer that the whole text is for a comparison, blanks of ASCII around it aside; else
   * null. A text of more than 64 bytes is none: each element of a list may be compared with it.
   */
  public static @Nullable Long whole(Text text) {
    if (text.length() > LONGEST_WHOLE) {
      return null;
    }
    byte[] bytes = text.array();
    int from = Ascii.skipSpace(bytes, text.from(), text.to());
    int to = Ascii.trimEnd(bytes, from, text.to());
    return endOfDecimal(bytes, from, to) == to ? decimal(bytes, from, to) : null;
  }

  /** The end of an optional sign and digits; {@code from} when there are no digits. */
  public static int endOfDecimal(byte[] bytes, int from, int to) {
    int at = from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
    int digits = at;
    while (at < to && Ascii.isDigit(bytes[at])) {
      at++;
    }
    return at == digits ? from : at;
  }

  /** The value of what {@link #endOfDecimal} has found; null when empty or beyond 64 bits. */
  public static @Nullable Long decimal(byte[] bytes, int from, int to) {
    if (from == to) {
      return null;
    }
    boolean negative = bytes[from] == '-';
    int at = negative || bytes[from] == '+' ? from + 1 : from;
    while (at < to && bytes[at] == '0') {
      at++;
    }
    if (to - at <= Long.BYTES && to >= Long.BYTES) {
      long value = upToEight(bytes, at, to);
      return negative ? -value : value;
    }
    if (to - at <= 2 * Long.BYTES && to >= 2 * Long.BYTES) {
      int middle = to - Long.BYTES;
      long value = EIGHT_DIGITS * upToEight(bytes, at, middle) + upToEight(bytes, middle, to);
      return negative ? -value : value;
    }
    if (to - at > MOST_DIGITS) {
      return null;
    }
    long value = 0;
    for (int safe = Math.min(to, at + SAFE_DIGITS); at < safe; at++) {
      value = value * 10 - (bytes[at] - '0');
    }
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        return null;
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      return null;
    }
    return negative ? value : -value;
  }

  /**
   * Up to eight digits at once: a loop over few of them costs a wrong guess of when it ends. In the
   * array there are eight bytes before their end.
   */
  private static long upToEight(byte[] bytes, int from, int to) {
    if (from == to) {
      return 0;
    }
    long digits = Octets.get(bytes, to - Long.BYTES);
    long kept = (digits ^ ZEROS) & -1L << (Long.BYTES - (to - from)) * Byte.SIZE;
    long pairs = kept * 10 + (kept >>> 8);
    long tens = (pairs & PAIRS) * (100 + (1_000_000L << 32));
    long units = (pairs >>> 16 & PAIRS) * (1 + (10_000L << 32));
    return tens + units >>> 32;
  }

  /**
   * The number that the whole text spells in base 16 ({@code 0x} allowed) or 8, sign allowed; null
   * when it doesn't or has more than 64 bits. From 2^63 on the result is a {@link BigDecimal}.
   */
  public static @Nullable Object parse(Text text, int base) {
    Text inner = Blanks.trim(text);
    byte[] bytes = inner.array();
    int at = inner.from();
    int to = inner.to();
    boolean negative = at < to && bytes[at] == '-';
    if (negative || (at < to && bytes[at] == '+')) {
      at++;
    }
    if (base == 16 && to - at > 1 && bytes[at] == '0' && (bytes[at + 1] | 0x20) == 'x') {
      at += 2;
    }
    return at == to ? null : digits(bytes, at, to, base, negative);
  }

  private static @Nullable Object digits(
      byte[] bytes, int from, int to, int base, boolean negative) {
    int bits = base == 16 ? 4 : 3;
    long value = 0;
    for (int at = from; at < to; at++) {
      int digit = Ascii.hexDigit(bytes[at]);
      if (digit < 0 || digit >= base || value >>> (64 - bits) != 0) {
        return null;
      }
      value = value << bits | digit;
    }
    Object number = unsigned(value);
    return negative ? Operators.negate(number) : number;
  }

  /** These 64 bits as a number that isn't negative; from 2^63 on a {@link BigDecimal}. */
  public static Object unsigned(long bits) {
    return bits >= 0 ? bits : new BigDecimal(Long.toUnsignedString(bits));
  }

  /**
   * The number that the whole text is, digits after a dot allowed; null when it is none. At most 64
   * digits; white space around is ignored.
   */
  public static @Nullable Object fraction(Text text) {
    Text inner = Blanks.trim(text);
    byte[] bytes = inner.array();
    int from = inner.from();
    int to = inner.to();
    int dot = endOfDecimal(bytes, from, to);
    if (dot == from || to - from > LARGEST_SCALE) {
      return null;
    }
    if (dot == to) {
      return decimal(bytes, from, to);
    }
    boolean digits = bytes[dot] == '.' && dot + 1 < to;
    for (int at = dot + 1; at < to; at++) {
      digits &= Ascii.isDigit(bytes[at]);
    }
    return digits ? normal(new BigDecimal(Text.of(bytes, from, to).toString())) : null;
  }

  /** Decimal text, a fraction in its shortest form; huge exponents stay exponents. */
  public static Text text(Object number) {
    if (number instanceof Long whole) {
      ByteOutput out = new ByteOutput(20);
      out.putDecimal(whole);
      return Text.ofQuotable(out.array(), 0, out.length());
    }
    return Text.of(shortest((BigDecimal) number));
  }

  static String shortest(BigDecimal number) {
    if (!isSmall(number)) {
      return number.toString();
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() <= 0 ? stripped.toBigInteger().toString() : stripped.toPlainString();
  }

  /** False for numbers such as 1e999999999, whose digits nobody should write out. */
  public static boolean isSmall(BigDecimal number) {
    return Math.abs((long) number.scale()) <= LARGEST_SCALE && number.precision() <= 1000;
  }

  /**
   * What an event can carry of a decimal: a whole one as integer of 64 bits, a fraction as it is;
   * null when it needs more bits or nobody should write out its digits.
   */
  static @Nullable Object writable(BigDecimal number) {
    if (!isSmall(number)) {
      return null;
    }
    Object normal = normal(number.stripTrailingZeros());
    return normal instanceof BigDecimal decimal && decimal.scale() <= 0 ? null : normal;
  }

  /** Any number as decimal. */
  public static BigDecimal decimal(Object number) {
    return number instanceof BigDecimal big ? big : BigDecimal.valueOf((Long) number);
  }

  /** A whole number that fits 64 bits as Long, so that equal numbers have one form. */
  public static Object normal(BigDecimal number) {
    if (number.scale() <= 0 && isSmall(number)) {
      BigInteger whole = number.toBigInteger();
      if (whole.bitLength() < 64) {
        return whole.longValue();
      }
    }
    return number;
  }
}
