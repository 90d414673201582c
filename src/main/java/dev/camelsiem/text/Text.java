package dev.camelsiem.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A String value: a slice of UTF-8 bytes.
 *
 * <p>Slices share the bytes of the event that they come from, so cutting an event into captures
 * copies nothing; the language counts lengths and offsets in bytes anyway. Nobody may change the
 * bytes afterwards. Bytes that are not valid UTF-8 are kept as they are; they show as U+FFFD when a
 * {@link String} is made of them.
 */
public final class Text implements Comparable<Text> {
  public static final Text EMPTY = new Text(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int from;
  private final int to;
  private int hash;
  private @Nullable Text quotable;

  private Text(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** The text of a string; lone surrogates become {@code ?}. */
  public static Text of(String string) {
    return of(string.getBytes(StandardCharsets.UTF_8));
  }

  /** All of the bytes, which the caller gives away. */
  public static Text of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** The bytes from {@code from} up to {@code to} (excluded), shared, not copied. */
  public static Text of(byte[] bytes, int from, int to) {
    return from == to ? EMPTY : new Text(bytes, from, to);
  }

  /**
   * The bytes from {@code from} up to {@code to} (excluded), shared, of which somebody knows that
   * they are well-formed UTF-8 without quotation marks, backslashes and control characters.
   */
  public static Text ofQuotable(byte[] bytes, int from, int to) {
    if (from == to) {
      return EMPTY;
    }
    Text text = new Text(bytes, from, to);
    text.quotable = text;
    return text;
  }

  /**
   * The bytes of which somebody knows how they are written between the quotation marks of JSON.
   *
   * @param quotable what stands there, escaped as {@code JsonWriter} does it
   */
  public static Text of(byte[] bytes, int from, int to, Text quotable) {
    if (from == to) {
      return EMPTY;
    }
    Text text = new Text(bytes, from, to);
    text.quotable = quotable;
    return text;
  }

  /** Whether this is known to hold nothing that JSON would have to escape. */
  @SuppressWarnings("ReferenceEquality") // it is about this object, whatever it equals
  public boolean isQuotable() {
    return quotable == this;
  }

  /** What stands between the quotation marks when JSON is made of this text; null: not known. */
  public @Nullable Text quotable() {
    return quotable;
  }

  /** The array that holds this slice; read only. */
  public byte[] array() {
    return bytes;
  }

  /** Where the slice begins in {@link #array()}. */
  public int from() {
    return from;
  }

  /** Where the slice ends in {@link #array()}, excluded. */
  public int to() {
    return to;
  }

  /** Length in bytes. */
  public int length() {
    return to - from;
  }

  public boolean isEmpty() {
    return from == to;
  }

  /** The byte at an index from the start of the slice. */
  public byte byteAt(int index) {
    return bytes[from + index];
  }

  /** A slice of this slice, by byte offsets relative to it. */
  public Text slice(int start, int end) {
    if (start < 0 || end < start || end > length()) {
      throw new IndexOutOfBoundsException("slice " + start + ".." + end + " of " + length());
    }
    return start == 0 && end == length() ? this : of(bytes, from + start, from + end);
  }

  public byte[] toBytes() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** The byte offset of the first occurrence at or after {@code start}, or -1. */
  public int indexOf(Text part, int start) {
    int found = indexOf(bytes, from + start, to, part.bytes, part.from, part.to);
    return found < 0 ? -1 : found - from;
  }

  public boolean startsWith(Text prefix) {
    return regionMatches(0, prefix);
  }

  public boolean endsWith(Text suffix) {
    return regionMatches(length() - suffix.length(), suffix);
  }

  private boolean regionMatches(int start, Text part) {
    return start >= 0
        && start + part.length() <= length()
        && Arrays.equals(
            bytes, from + start, from + start + part.length(), part.bytes, part.from, part.to);
  }

  /** Where {@code part} first stands in {@code bytes} between two absolute offsets, or -1. */
  public static int indexOf(byte[] bytes, int from, int to, byte[] part, int partFrom, int partTo) {
    int length = partTo - partFrom;
    if (length == 0) {
      return from <= to ? from : -1;
    }
    byte first = part[partFrom];
    int last = to - length;
    for (int i = next(bytes, from, last + 1, first);
        i <= last;
        i = next(bytes, i + 1, last + 1, first)) {
      if (standsAt(bytes, i, part, partFrom, length)) {
        return i;
      }
    }
    return -1;
  }

  /** Where a byte stands next; at least {@code to} when it does not. */
  public static int next(byte[] bytes, int from, int to, byte wanted) {
    if (wanted >= 0) {
      return Ascii.indexOf(bytes, from, to, wanted);
    }
    int i = from;
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  /** The first bytes are equal already; parts are short, so a loop beats a call for ranges. */
  private static boolean standsAt(byte[] bytes, int at, byte[] part, int partFrom, int length) {
    for (int k = 1; k < length; k++) {
      if (bytes[at + k] != part[partFrom + k]) {
        return false;
      }
    }
    return true;
  }

  /** Compares with the UTF-8 form of a constant without making a string. */
  public boolean contentEquals(byte[] other) {
    return Arrays.equals(bytes, from, to, other, 0, other.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Text text
        && (text == this || Arrays.equals(bytes, from, to, text.bytes, text.from, text.to));
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0 && from != to) {
      h = hash(bytes, from, to);
      hash = h;
    }
    return h;
  }

  /** The hash code of the text that these bytes would make. */
  private static int hash(byte[] bytes, int from, int to) {
    int h = 0;
    for (int i = from; i < to; i++) {
      h = 31 * h + bytes[i];
    }
    return h;
  }

  /** By code point, which for UTF-8 is the order of the unsigned bytes. */
  @Override
  public int compareTo(Text other) {
    return Arrays.compareUnsigned(bytes, from, to, other.bytes, other.from, other.to);
  }

  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
