package dev.camelsiem.text;

/** Decimal digits written into an array, two at a time. */
public final class Digits {
  private static final byte[] PAIRS = pairs();

  private Digits() {}

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  /** How many digits a number has that isn't negative. */
  public static int count(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Writes the lowest digits of a number that isn't negative, with leading zeros. */
  public static void put(byte[] target, int at, long value, int digits) {
    long rest = value;
    int i = at + digits;
    for (; i > at + 1; i -= 2) {
      int pair = (int) (rest % 100) << 1;
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
