package dev.camelsiem.text;

/** Decimal digits written into an array, two at a time. */
public final class Digits {
  private static final byte[] PAIRS = pairs();

  /** The least number of so many digits and one more; of none, it is 0. */
  private static final long[] LEAST = least();

  private Digits() {}

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  private static long[] least() {
    long[] least = new long[19];
    for (int digits = 1; digits < least.length; digits++) {
      least[digits] = Math.max(1, least[digits - 1]) * 10;
    }
    return least;
  }

  /** How many digits a number has that isn't negative. */
  public static int count(long value) {
    int bits = 64 - Long.numberOfLeadingZeros(value);
    int digits = bits * 1233 >>> 12; // so many at least: 1233 / 4096 is the logarithm of 2
    return value >= LEAST[digits] ? digits + 1 : digits;
  }

  /** Writes the lowest digits of a number that isn't negative, with leading zeros. */
  public static void put(byte[] target, int at, long value, int digits) {
    long most = value;
    int i = at + digits;
    for (; most > Integer.MAX_VALUE && i > at + 1; i -= 2) {
      two(target, i - 2, (int) (most % 100));
      most /= 100;
    }
    int rest = (int) most;
    for (; i > at + 1; i -= 2) {
      int pair = rest % 100 << 1;
      rest /= 100;
      target[i - 1] = PAIRS[pair + 1];
      target[i - 2] = PAIRS[pair];
    }
    if (i > at) {
      target[at] = (byte) ('0' + rest % 10);
    }
  }

  /** Writes a number of 0 to 99 with both digits. */
  public static void two(byte[] target, int at, int value) {
    target[at] = PAIRS[value << 1];
    target[at + 1] = PAIRS[(value << 1) + 1];
  }
}
