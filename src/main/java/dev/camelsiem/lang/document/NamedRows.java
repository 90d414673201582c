package dev.camelsiem.lang.document;

import dev.camelsiem.json.JsonTape;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@link NamedData} is, straight on the tape, for the usual case: every element of the array
 * is an object with a plain string as its name and, at most, a {@code text} beside it. Makes no
 * values but those that are asked for.
 */
final class NamedRows implements MapValue {
  private static final Text NAME = Text.of("Name");
  private static final Text TEXT = Text.of("text");

  // Columns of an entry.
  private static final int HASH = 0;
  private static final int START = 1;
  private static final int END = 2;

  /** Row of the text, or -1. */
  private static final int PAYLOAD = 3;

  private static final int COLUMNS = 4;

  /** As for {@link JsonObject}. */
  private static final int MOST_WALKS = 16;

  private static final int ALWAYS_WALKED = 1024;

  private final JsonValues values;
  private final JsonTape tape;
  private final int[] entries;
  private final int length;
  private long walked;
  private @Nullable Map<Text, Integer> index;

  private NamedRows(JsonValues values, int[] entries, int length) {
    this.values = values;
    this.tape = values.tape();
    this.entries = entries;
    this.length = length;
  }

  /**
   * Null when an element is anything else than a plain pair. Only one can exist at a time: an event
   * has one list of data.
   */
  static @Nullable NamedRows of(JsonValues values, int array) {
    JsonTape tape = values.tape();
    int length = tape.children(array) * COLUMNS;
    int[] entries = values.namedRoom(length);
    int row = array + 1;
    for (int at = 0; at < length; at += COLUMNS) {
      if (!read(tape, row, entries, at)) {
        return null;
      }
      row = tape.next(row);
    }
    return length == 0 ? null : new NamedRows(values, entries, length);
  }

  private static boolean read(JsonTape tape, int row, int[] entries, int at) {
    if (tape.kind(row) != JsonTape.OBJECT) {
      return false;
    }
    int name = tape.member(row, NAME);
    int text = tape.member(row, TEXT);
    int members = text < 0 ? 1 : 2;
    if (name < 0 || tape.kind(name) != JsonTape.STRING || tape.children(row) != members) {
      return false;
    }
    byte[] bytes = tape.bytes();
    int start = tape.start(name);
    int end = tape.end(name);
    boolean plain = end > start && !Ascii.isSpace(bytes[start]) && !Ascii.isSpace(bytes[end - 1]);
    entries[at + HASH] = JsonTape.hash(bytes, start, end);
    entries[at + START] = start;
    entries[at + END] = end;
    entries[at + PAYLOAD] = text;
    return plain;
  }

  @Override
  public @Nullable Object get(Text key) {
    int at = index == null ? walk(key) : index.getOrDefault(key, -1);
    return at < 0 ? null : payload(at);
  }

  private int walk(Text key) {
    byte[] wanted = key.array();
    int hash = JsonTape.hash(wanted, key.from(), key.to());
    int cost = 0;
    int found = -1;
    for (int at = 0; found < 0 && at < length; at += COLUMNS) {
      cost++;
      if (entries[at + HASH] == hash) {
        int start = entries[at + START];
        int end = entries[at + END];
        cost += end - start >> 4;
        found = Arrays.equals(tape.bytes(), start, end, wanted, key.from(), key.to()) ? at : found;
      }
    }
    tape.look(cost);
    walked += cost;
    if (walked > ALWAYS_WALKED + (long) MOST_WALKS * size()) {
      index = index();
    }
    return found;
  }

  private Map<Text, Integer> index() {
    Map<Text, Integer> made = new HashMap<>(2 * size());
    for (int at = 0; at < length; at += COLUMNS) {
      made.putIfAbsent(name(at), at);
    }
    tape.look(size());
    return made;
  }

  private Text name(int at) {
    return Text.of(tape.bytes(), entries[at + START], entries[at + END]);
  }

  private @Nullable Object payload(int at) {
    return entries[at + PAYLOAD] < 0 ? null : values.value(entries[at + PAYLOAD]);
  }

  @Override
  public int size() {
    return length / COLUMNS;
  }

  @Override
  public void forEach(BiConsumer<Text, @Nullable Object> visitor) {
    for (int at = 0; at < length; at += COLUMNS) {
      visitor.accept(name(at), payload(at));
    }
  }
}
