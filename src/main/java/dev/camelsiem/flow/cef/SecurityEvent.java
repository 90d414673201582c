package dev.camelsiem.flow.cef;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A security event with its fields in slots; filled by {@link SecurityEventReader}, read by the
 * encoder.
 *
 * <p>Made to be filled again and again: the texts of one event lie side by side in one array, so
 * reading an event allocates nothing. A field of a nested object is known by its path ({@code
 * container.name}) as if its key were that, the items of an array are joined with blanks. Fields
 * that the mapping does not know are kept too. Not thread-safe.
 */
public final class SecurityEvent {
  /** No value, or null. */
  static final byte ABSENT = 0;

  static final byte TEXT = 1;

  /** A JSON number as it was written. */
  static final byte NUMBER = 2;

  private final FieldTable table;
  private final int[] starts;
  private final int[] ends;
  private final byte[] kinds;
  private char[] chars = new char[2048];
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
  }

  FieldTable table() {
    return table;
  }

  /** The value of a field as text, null when the event has none. */
  public @Nullable String text(String field) {
    int slot = table.slot(field);
    if (slot != FieldTable.NONE) {
      return kinds[slot] == ABSENT ? null : string(starts[slot], ends[slot]);
    }
    for (int i = others - 1; i >= 0; i--) {
      if (otherNames[i].equals(field)) {
        return string(otherStarts[i], otherEnds[i]);
      }
    }
    return null;
  }

  /** All fields with a value, those of the mapping first. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int slot = 0; slot < kinds.length; slot++) {
      if (kinds[slot] != ABSENT) {
        fields.put(table.name(slot), string(starts[slot], ends[slot]));
      }
    }
    for (int i = 0; i < others; i++) {
      fields.put(otherNames[i], string(otherStarts[i], otherEnds[i]));
    }
    return fields;
  }

  void clear() {
    Arrays.fill(kinds, ABSENT);
    used = 0;
    others = 0;
    repeats = false;
  }

  /** True when a field of the mapping was there twice: whoever reads the first one sees another. */
  boolean repeats() {
    return repeats;
  }

  char[] chars() {
    return chars;
  }

  byte kind(int slot) {
    return kinds[slot];
  }

  int start(int slot) {
    return starts[slot];
  }

  int end(int slot) {
    return ends[slot];
  }

  /** Where the next text begins. */
  int mark() {
    return used;
  }

  void append(char[] source, int from, int length) {
    if (chars.length - used < length) {
      chars = Arrays.copyOf(chars, Math.max(chars.length * 2, used + length));
    }
    System.arraycopy(source, from, chars, used, length);
    used += length;
  }

  /** Gives the text from a mark to here to a slot; the last of several wins. */
  void set(int slot, int mark, byte kind) {
    repeats |= kinds[slot] != ABSENT;
    starts[slot] = mark;
    ends[slot] = used;
    kinds[slot] = kind;
  }

  void unset(int slot) {
    kinds[slot] = ABSENT;
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

  /** A piece of text as a view that is good until the event is filled again. */
  CharSequence view(int slot) {
    return CharBuffer.wrap(chars, starts[slot], ends[slot] - starts[slot]);
  }

  private String string(int from, int to) {
    return new String(chars, from, to - from);
  }
}
