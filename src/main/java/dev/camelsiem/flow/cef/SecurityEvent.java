package dev.camelsiem.flow.cef;

import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A security event with its fields in slots, in UTF-8; filled by {@link SecurityEventReader} or
 * from what a rule has found, read by the encoder.
 *
 * <p>Made to be filled again and again: the texts of an event stay where they are, and what has to
 * be made of them lies side by side in one array, so reading an event allocates nothing but for
 * fields that the mapping does not know, which are kept too. A field of a nested object is known by
 * its path ({@code container.name}) as if its key were that, the items of an array are joined with
 * blanks. Not thread-safe.
 */
public final class SecurityEvent {
  /** No value, or null. */
  static final byte ABSENT = 0;

  static final byte TEXT = 1;

  /** A JSON number as it was written. */
  static final byte NUMBER = 2;

  /** A point in time, which {@link #millis} tells; its text is its ISO form. */
  static final byte TIME = 3;

  private static final byte[] NOTHING = {};

  private final FieldTable table;
  private final int[] starts;
  private final int[] ends;
  private final byte[] kinds;

  /** What holds the texts; null for a time that nobody has asked for as text yet. */
  private final byte[] @Nullable [] arrays;

  private final @Nullable DateTime[] times;
  private final ByteOutput own;
  private final List<OtherField> others = new ArrayList<>();
  private boolean repeats;

  /**
   * A field that no slot is for.
   *
   * @param parent path of the object that it lies in, empty at the top
   */
  private record OtherField(String parent, Text key, Text value) {
    String name() {
      return parent.isEmpty() ? key.toString() : parent + "." + key;
    }
  }

  SecurityEvent(FieldTable table) {
    this(table, Integer.MAX_VALUE);
  }

  /**
   * @param most bytes of all that is made for the event
   */
  SecurityEvent(FieldTable table, int most) {
    this.table = table;
    own = new ByteOutput(2048, most);
    starts = new int[table.size()];
    ends = new int[table.size()];
    kinds = new byte[table.size()];
    arrays = new byte[table.size()][];
    times = new DateTime[table.size()];
    clear();
  }

  FieldTable table() {
    return table;
  }

  /** The value of a field as text, null when the event has none. */
  public @Nullable String text(String field) {
    int slot = table.slot(field);
    if (slot != FieldTable.NONE) {
      return kinds[slot] == ABSENT ? null : text(slot);
    }
    String text = null;
    for (OtherField other : others) {
      text = other.name().equals(field) ? other.value().toString() : text;
    }
    return text;
  }

  private String text(int slot) {
    byte[] bytes = bytes(slot);
    return new String(bytes, starts[slot], ends[slot] - starts[slot], StandardCharsets.UTF_8);
  }

  /** All fields with a value, those of the mapping first. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int slot = 0; slot < kinds.length; slot++) {
      if (kinds[slot] != ABSENT) {
        fields.put(table.name(slot), text(slot));
      }
    }
    others.forEach(other -> fields.put(other.name(), other.value().toString()));
    return fields;
  }

  void clear() {
    Arrays.fill(kinds, ABSENT);
    Arrays.fill(arrays, NOTHING); // what they belong to may be large
    own.clear();
    others.clear();
    repeats = false;
  }

  /** True when a field of the mapping was there twice: whoever reads the first one sees another. */
  boolean repeats() {
    return repeats;
  }

  /** What holds the text of a slot, until the event is filled again. */
  byte[] bytes(int slot) {
    byte[] array = slot == FieldTable.NONE ? NOTHING : arrays[slot];
    return array == null ? printed(slot) : array;
  }

  private byte[] printed(int slot) {
    DateTime time = times[slot];
    Text text = time == null ? Text.EMPTY : time.text();
    starts[slot] = text.from();
    ends[slot] = text.to();
    arrays[slot] = text.array();
    return text.array();
  }

  byte kind(int slot) {
    return kinds[slot];
  }

  /** Where the text of a slot begins, blanks left out; 0 when it has none. */
  int start(int slot) {
    if (isAbsent(slot)) {
      return 0;
    }
    byte[] bytes = bytes(slot);
    return CefText.trimStart(bytes, starts[slot], ends[slot]);
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
    DateTime time = times[slot];
    return time == null ? 0 : time.epochMillis();
  }

  /** Where texts go that have to be made; {@link #setOwn} gives them to a slot. */
  ByteOutput own() {
    return own;
  }

  /** Gives a slot a text that stays where it is until the event is filled again; the last wins. */
  void set(int slot, byte[] array, int from, int to, byte kind) {
    repeats |= kinds[slot] != ABSENT;
    starts[slot] = from;
    ends[slot] = to;
    kinds[slot] = kind;
    arrays[slot] = array;
  }

  /** The same for what was made since {@link #own} had a length. */
  void setOwn(int slot, int from, byte kind) {
    set(slot, own.array(), from, own.length(), kind);
  }

  /** The same for a time. */
  void setTime(int slot, DateTime time) {
    set(slot, NOTHING, 0, 0, TIME);
    arrays[slot] = null;
    times[slot] = time;
  }

  /**
   * Keeps a text that stays where it is under a name that has no slot.
   *
   * @param parent path of the object that it lies in, empty at the top
   */
  void addOther(String parent, Text key, byte[] array, int from, int to) {
    others.add(new OtherField(parent, key, Text.of(array, from, to)));
  }

  /** The field is there and has no value, whatever it had before. */
  void setAbsent(int slot) {
    set(slot, NOTHING, 0, 0, ABSENT);
  }
}
