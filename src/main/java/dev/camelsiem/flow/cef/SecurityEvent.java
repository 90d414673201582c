package dev.camelsiem.flow.cef;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A security event with its fields in slots, in UTF-8; filled by {@link SecurityEventReader} or
 * from what a rule has found, read by the encoder.
 *
 * <p>Made to be filled again and again: the texts of one event lie side by side in one array, or
 * stay where they are, so reading an event allocates nothing. A field of a nested object is known
 * by its path ({@code container.name}) as if its key were that, the items of an array are joined
 * with blanks. Fields that the mapping does not know are kept too. Not thread-safe.
 */
public final class SecurityEvent {
  /** No value, or null. */
  static final byte ABSENT = 0;

  static final byte TEXT = 1;

  /** A JSON number as it was written. */
  static final byte NUMBER = 2;

  /** A point in time, which {@link #millis} tells; its text is its ISO form. */
  static final byte TIME = 3;

  private final FieldTable table;
  private final int[] starts;
  private final int[] ends;
  private final byte[] kinds;
  private final long[] millis;

  /** Where the text of a slot is; null in our own bytes. */
  private final byte[] @Nullable [] arrays;

  private byte[] own = new byte[2048];
  private int used;
  private String[] otherNames = new String[16];
  private int[] otherStarts = new int[16];
  private int[] otherEnds = new int[16];
  private int others;
  private boolean repeats;

  SecurityEvent(FieldTable table) {
    this.table = table;
    starts = new int[table.size()];
    ends = new int[table.size()];
    kinds = new byte[table.size()];
    millis = new long[table.size()];
    arrays = new byte[table.size()][];
  }

  FieldTable table() {
    return table;
  }

  /** The value of a field as text, null when the event has none. */
  public @Nullable String text(String field) {
    int slot = table.slot(field);
    if (slot != FieldTable.NONE) {
      return kinds[slot] == ABSENT ? null : string(bytes(slot), starts[slot], ends[slot]);
    }
    for (int i = others - 1; i >= 0; i--) {
      if (otherNames[i].equals(field)) {
        return string(own, otherStarts[i], otherEnds[i]);
      }
    }
    return null;
  }

  /** All fields with a value, those of the mapping first. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int slot = 0; slot < kinds.length; slot++) {
      if (kinds[slot] != ABSENT) {
        fields.put(table.name(slot), string(bytes(slot), starts[slot], ends[slot]));
      }
    }
    for (int i = 0; i < others; i++) {
      fields.put(otherNames[i], string(own, otherStarts[i], otherEnds[i]));
    }
    return fields;
  }

  void clear() {
    Arrays.fill(kinds, ABSENT);
    Arrays.fill(arrays, null); // what they belong to may be large
    used = 0;
    others = 0;
    repeats = false;
  }

  /** True when a field of the mapping was there twice: whoever reads the first one sees another. */
  boolean repeats() {
    return repeats;
  }

  /** What holds the text of a slot, until the event is filled again. */
  byte[] bytes(int slot) {
    byte[] array = slot == FieldTable.NONE ? null : arrays[slot];
    return array == null ? own : array;
  }

  byte kind(int slot) {
    return kinds[slot];
  }

  /** Where the text of a slot begins, blanks left out; 0 when it has none. */
  int start(int slot) {
    return isAbsent(slot) ? 0 : CefText.trimStart(bytes(slot), starts[slot], ends[slot]);
  }

  /** Where a text ends that begins at {@link #start}, blanks left out; equal to it when empty. */
  int end(int slot, int start) {
    return isAbsent(slot) ? start : CefText.trimEnd(bytes(slot), start, ends[slot]);
  }

  /** Where the text of a slot that has one begins, blanks and all. */
  int startWithBlanks(int slot) {
    return starts[slot];
  }

  /** Where it ends, blanks and all. */
  int endWithBlanks(int slot) {
    return ends[slot];
  }

  private boolean isAbsent(int slot) {
    return slot == FieldTable.NONE || kinds[slot] == ABSENT;
  }

  /** Epoch milliseconds of a {@link #TIME}. */
  long millis(int slot) {
    return millis[slot];
  }

  /** Where the next text begins. */
  int mark() {
    return used;
  }

  /** Adds a text to our own bytes; half a surrogate pair is no character and becomes {@code ?}. */
  void append(char[] source, int from, int length) {
    byte[] out = room(length * 3);
    int at = used;
    int to = from + length;
    for (int i = from; i < to; i++) {
      char c = source[i];
      if (c < 0x80) {
        out[at++] = (byte) c;
      } else if (c < 0x800) {
        out[at++] = (byte) (0xC0 | c >> 6);
        out[at++] = (byte) (0x80 | c & 0x3F);
      } else if (!Character.isSurrogate(c)) {
        out[at++] = (byte) (0xE0 | c >> 12);
        out[at++] = (byte) (0x80 | c >> 6 & 0x3F);
        out[at++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(source[i + 1])) {
        at = supplementary(out, at, Character.toCodePoint(c, source[++i]));
      } else {
        out[at++] = '?';
      }
    }
    used = at;
  }

  private static int supplementary(byte[] out, int at, int code) {
    out[at] = (byte) (0xF0 | code >> 18);
    out[at + 1] = (byte) (0x80 | code >> 12 & 0x3F);
    out[at + 2] = (byte) (0x80 | code >> 6 & 0x3F);
    out[at + 3] = (byte) (0x80 | code & 0x3F);
    return at + 4;
  }

  /** Adds bytes to our own. */
  void append(byte[] source, int from, int to) {
    System.arraycopy(source, from, room(to - from), used, to - from);
    used += to - from;
  }

  private byte[] room(int more) {
    if (own.length - used < more) {
      own = Arrays.copyOf(own, Math.max(own.length * 2, used + more));
    }
    return own;
  }

  /** Gives the text from a mark to here to a slot; the last of several wins. */
  void set(int slot, int mark, byte kind) {
    repeats |= kinds[slot] != ABSENT;
    starts[slot] = mark;
    ends[slot] = used;
    kinds[slot] = kind;
    arrays[slot] = null;
  }

  /** The same for a time. */
  void setTime(int slot, int mark, long epochMillis) {
    set(slot, mark, TIME);
    millis[slot] = epochMillis;
  }

  /** Gives a slot a text that stays where it is until the event is filled again. */
  void set(int slot, byte[] array, int from, int to) {
    set(slot, used, TEXT);
    starts[slot] = from;
    ends[slot] = to;
    arrays[slot] = array;
  }

  /** Keeps the text from a mark to here under a name that has no slot. */
  void setOther(String name, int mark) {
    if (others == otherNames.length) {
      otherNames = Arrays.copyOf(otherNames, others * 2);
      otherStarts = Arrays.copyOf(otherStarts, others * 2);
      otherEnds = Arrays.copyOf(otherEnds, others * 2);
    }
    otherNames[others] = name;
    otherStarts[others] = mark;
    otherEnds[others++] = used;
  }

  private static String string(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
