package dev.camelsiem.flow.cef;

import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A security event with its fields in slots, in UTF-8; filled by {@link SecurityEventReader}, read
 * by the encoder.
 *
 * <p>Made to be filled again and again: the texts of an event stay where they are, and what has to
 * be made of them lies side by side in one array, so reading an event allocates nothing but for
 * fields that the mapping does not know, which are kept too. A field of a nested object is known by
 * its path ({@code container.name}) as if its key were that, the items of an array are joined with
 * blanks. Not thread-safe.
 */
public final class SecurityEvent extends EventValues {
  private final FieldTable table;
  private final int[] starts;
  private final int[] ends;
  private final byte[] kinds;

  /** Whether the text of a slot is one of {@link #own}; else it stands in {@link #json}. */
  private final boolean[] made;

  private byte[] json = NOTHING;
  private final ByteOutput own = new ByteOutput(2048);
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
    this.table = table;
    starts = new int[table.size()];
    ends = new int[table.size()];
    kinds = new byte[table.size()];
    made = new boolean[table.size()];
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
    return new String(array(slot), starts[slot], ends[slot] - starts[slot], StandardCharsets.UTF_8);
  }

  private byte[] array(int slot) {
    return made[slot] ? own.array() : json;
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

  /**
   * Forgets the last event.
   *
   * @param newJson holds the texts of the next one
   */
  void clear(byte[] newJson) {
    forget();
    json = newJson;
    Arrays.fill(kinds, ABSENT);
    own.clear();
    others.clear();
    repeats = false;
  }

  /** True when a field of the mapping was there twice: whoever reads the first one sees another. */
  boolean repeats() {
    return repeats;
  }

  byte kind(int slot) {
    return kinds[slot];
  }

  @Override
  boolean has(int slot) {
    return slot != FieldTable.NONE && kinds[slot] != ABSENT;
  }

  @Override
  boolean see(int slot) {
    return has(slot) ? text(kinds[slot], array(slot), starts[slot], ends[slot]) : nothing();
  }

  /** All values are texts. */
  @Override
  void spell() {}

  /** Where texts go that have to be made; {@link #setOwn} gives them to a slot. */
  ByteOutput own() {
    return own;
  }

  /** Gives a slot a text of the JSON; the last one wins. */
  void set(int slot, int from, int to, byte kind) {
    repeats |= kinds[slot] != ABSENT;
    starts[slot] = from;
    ends[slot] = to;
    kinds[slot] = kind;
    made[slot] = false;
  }

  /** The same for what was made since {@link #own} had a length. */
  void setOwn(int slot, int from, byte kind) {
    set(slot, from, own.length(), kind);
    made[slot] = true;
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
    set(slot, 0, 0, ABSENT);
  }
}
