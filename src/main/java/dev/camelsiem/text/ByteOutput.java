package dev.camelsiem.text;

import java.util.Arrays;

/** A growing array of bytes, reused from event to event. */
public final class ByteOutput {
  private final int most;
  private byte[] bytes;
  private int length;

  public ByteOutput(int capacity) {
    this(capacity, Integer.MAX_VALUE - 16);
  }

  /**
   * One that does not grow on and on.
   *
   * @param most bytes beyond which writing ends with {@link OutputFull}; at least the capacity
   */
  public ByteOutput(int capacity, int most) {
    this.most = most;
    bytes = new byte[Math.max(capacity, 16)];
  }

  /** The array that holds the bytes, valid up to {@link #length()} and until the next write. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Forgets what was written; the memory stays. */
  public void clear() {
    length = 0;
  }

  /** Cuts back to an earlier length. */
  public void truncate(int newLength) {
    length = Math.min(length, newLength);
  }

  public void put(int b) {
    if (length == bytes.length) {
      grow(1);
    }
    bytes[length++] = (byte) b;
  }

  public void put(byte[] source) {
    put(source, 0, source.length);
  }

  /** Appends the bytes from {@code from} up to {@code to} (excluded). */
  public void put(byte[] source, int from, int to) {
    int count = to - from;
    ensure(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  public void put(Text text) {
    put(text.array(), text.from(), text.to());
  }

  /** Appends the bytes from {@code from} up to {@code to} (excluded) in quotation marks. */
  public void putQuoted(byte[] source, int from, int to) {
    int count = to - from;
    ensure(count + 2);
    bytes[length] = '"';
    System.arraycopy(source, from, bytes, length + 1, count);
    length += count + 2;
    bytes[length - 1] = '"';
  }

  /** Appends the ASCII characters of a string. */
  public void putAscii(String ascii) {
    ensure(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  /** Appends a number in decimal. */
  public void putDecimal(long value) {
    if (value < 0) {
      if (value == Long.MIN_VALUE) {
        putAscii("-9223372036854775808");
        return;
      }
      put('-');
      value = -value;
    }
    putPadded(value, Digits.count(value));
  }

  /** Appends the lowest digits of a number that isn't negative, with leading zeros. */
  public void putPadded(long value, int digits) {
    ensure(digits);
    Digits.put(bytes, length, value, digits);
    length += digits;
  }

  /**
   * The array with room for more bytes behind {@link #length}; the writer then calls {@link #end}.
   */
  public byte[] room(int more) {
    ensure(more);
    return bytes;
  }

  /** Takes what was written into {@link #room}, up to a new length. */
  public void end(int newLength) {
    length = newLength;
  }

  /** What was written, copied. */
  public Text toText() {
    return Text.of(toBytes());
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensure(int count) {
    if (bytes.length - length < count) {
      grow(count);
    }
  }

  private void grow(int count) {
    long needed = (long) length + count;
    if (needed > most) {
      throw new OutputFull(most);
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, bytes.length * 2L), most));
  }

  @Override
  public String toString() {
    return Text.of(bytes, 0, length).toString();
  }
}
