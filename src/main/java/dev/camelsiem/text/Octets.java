package dev.camelsiem.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of an array at a time, as one number whose lowest byte is the first.
 *
 * <p>Questions about them are answered by marks: the highest bit of each byte for which the answer
 * is yes. Of an answer only the first mark counts, bytes behind it may have one without reason; so
 * marks of several questions may be joined by {@code |}.
 */
public final class Octets {
  /** How many bytes there are in one number. */
  public static final int SIZE = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Octets() {}

  /** The bytes from an index on. */
  public static long get(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** The four bytes from an index on, for who has no eight. */
  public static int four(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** Puts them into an array from an index on. */
  public static void put(byte[] bytes, int at, long octets) {
    LONGS.set(bytes, at, octets);
  }

  /** Eight times the same byte, to be made once. */
  public static long all(int b) {
    return ONES * (b & 0xFF);
  }

  /**
   * Marks the bytes that are equal.
   *
   * @param all made by {@link #all}
   */
  public static long equal(long octets, long all) {
    long different = octets ^ all;
    return different - ONES & ~different & HIGHS;
  }

  /**
   * Marks the bytes of ASCII that are less than a character of ASCII.
   *
   * @param all made of it by {@link #all}
   */
  public static long below(long octets, long all) {
    return octets - all & ~octets & HIGHS;
  }

  /**
   * Marks the bytes that are no printable ASCII (control characters, and what is above 0x7E), or
   * one of two characters of ASCII.
   *
   * @param one made by {@link #all}, as the other
   */
  public static long unprintableOr(long octets, long one, long other) {
    return (octets - ONES * ' '
            | octets + ONES
            | (octets ^ one) - ONES
            | (octets ^ other) - ONES
            | octets)
        & HIGHS;
  }

  /**
   * Marks the bytes that end the plain part of a JSON string: quotation mark, backslash, control
   * characters, what is no ASCII.
   */
  public static long special(long octets) {
    // Turned so that the quotation mark is below all that is plain, beside the control characters.
    long turned = octets ^ ONES * ('"' ^ ' ');
    return (turned - ONES * '!' | (octets ^ ONES * '\\') - ONES | octets) & HIGHS;
  }

  /** Marks the bytes that are no ASCII. */
  public static long beyondAscii(long octets) {
    return octets & HIGHS;
  }

  /** How many bytes stand before the first mark: eight when there is none. */
  public static int firstMark(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
