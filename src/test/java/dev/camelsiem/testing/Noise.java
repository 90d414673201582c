package dev.camelsiem.testing;

import java.util.Random;

/** Text that cannot be packed. */
public final class Noise {
  private Noise() {}

  /** The same for the same seed; printable, without blanks. */
  public static String text(long seed, int length) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    return text.toString();
  }
}
