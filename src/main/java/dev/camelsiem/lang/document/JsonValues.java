package dev.camelsiem.lang.document;

import dev.camelsiem.json.JsonReader;
import dev.camelsiem.json.JsonStrings;
import dev.camelsiem.json.JsonTape;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of the language that the rows of a tape stand for, made when somebody asks. */
final class JsonValues {
  /** Values beyond which the memory is given back after the event. */
  private static final int KEPT = 16_384;

  private final JsonTape tape;
  private final JsonReader reader;
  private @Nullable Object[] values = new Object[128];
  private int[] namedRoom = new int[128];

  JsonValues(JsonTape tape, JsonReader reader) {
    this.tape = tape;
    this.reader = reader;
  }

  JsonTape tape() {
    return tape;
  }

  /** Forgets all; to be called before the tape takes another text. */
  void clear() {
    if (values.length > KEPT) {
      values = new Object[128];
      namedRoom = new int[128];
    } else {
      Arrays.fill(values, 0, Math.min(tape.count(), values.length), null);
    }
  }

  /** The row of a partial container with all that is in it. */
  int readWhole(int row) {
    return reader.readWhole(row);
  }

  /** Room for one {@link NamedRows}, which lives as long as the values are not cleared. */
  int[] namedRoom(int size) {
    if (namedRoom.length < size) {
      namedRoom = new int[Math.max(size, 2 * namedRoom.length)];
    }
    return namedRoom;
  }

  /** The value of a row: made once, null for JSON null. String leaves are trimmed (xp 2.3.2). */
  @Nullable Object value(int row) {
    int kind = tape.kind(row);
    if (kind == JsonTape.NULL) {
      return null;
    }
    if (row >= values.length) {
      values = Arrays.copyOf(values, Math.max(row + 1, Math.min(tape.count(), values.length * 2)));
    }
    Object value = values[row];
    if (value == null) {
      value = make(row, kind);
      values[row] = value;
    }
    return value;
  }

  private Object make(int row, int kind) {
    return switch (kind) {
      case JsonTape.TRUE -> true;
      case JsonTape.FALSE -> false;
      case JsonTape.STRING -> plain(tape.bytes(), tape.start(row), tape.end(row));
      case JsonTape.ESCAPED_STRING -> escaped(tape.bytes(), tape.start(row), tape.end(row));
      case JsonTape.INTEGER, JsonTape.DECIMAL ->
          JsonNumbers.value(tape.bytes(), tape.start(row), tape.end(row), kind == JsonTape.INTEGER);
      case JsonTape.OBJECT -> new JsonObject(this, row);
      default -> new JsonArray(this, row);
    };
  }

  private static Text plain(byte[] bytes, int start, int end) {
    int from = Ascii.skipSpace(bytes, start, end);
    return Text.ofQuotable(bytes, from, Ascii.trimEnd(bytes, from, end));
  }

  private static Text escaped(byte[] bytes, int start, int end) {
    Text text = JsonStrings.unescape(bytes, start, end);
    Text trimmed = Ascii.trimmed(text.array(), text.from(), text.to());
    return trimmed.length() == text.length() ? text : trimmed;
  }
}
