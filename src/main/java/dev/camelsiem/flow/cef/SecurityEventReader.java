package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.json.JsonLimits;
import dev.camelsiem.json.JsonReader;
import dev.camelsiem.json.JsonStrings;
import dev.camelsiem.json.JsonTape;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.DecodingProblem;
import dev.camelsiem.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object at a time into a {@link SecurityEvent}. Never throws for the sake of the
 * data: what cannot be read comes back with its reason.
 *
 * <p>The field {@code a.b.c} of a mapping may be one key with dots, objects inside each other, or a
 * mixture; of several the last one counts. Half a surrogate pair is no character and becomes {@code
 * ?}.
 *
 * <p>Limits: 1 MiB an event, 64 levels, 4096 fields, 1024 characters the names on the way to a
 * field together, texts of 256 KiB, numbers of 100 digits, 100,000 values with all items of arrays.
 * Not thread-safe; an event leaves nothing behind for the next.
 */
public final class SecurityEventReader {
  /** Longest event in bytes. */
  public static final int LONGEST_EVENT = 1 << 20;

  private static final int DEEPEST = 64;
  private static final int MOST_FIELDS = 4096;
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_TEXT = 256 * 1024;
  private static final int MOST_VALUES = 100_000;

  /** Each field that no mapping knows is kept with its whole path, so paths must not be long. */
  private static final int LONGEST_PATH = 1024;

  private static final JsonLimits LIMITS =
      new JsonLimits(
          DEEPEST, MOST_VALUES, LONGEST_EVENT, LONGEST_NUMBER, LONGEST_NUMBER, MOST_VALUES);

  private final FieldPaths paths;
  private final JsonTape tape = new JsonTape();
  private final JsonReader json = new JsonReader(LIMITS, tape);
  private int fields;

  /** The limit that the event is over, or null. */
  private @Nullable String exceeded;

  SecurityEventReader(FieldTable table) {
    paths = new FieldPaths(table);
  }

  /**
   * Fills an event from the bytes of one JSON object; it keeps to these bytes until it is filled
   * again.
   *
   * @return null when it was read, otherwise why not; the event is then undefined
   */
  public @Nullable Refusal read(byte[] bytes, int from, int to, SecurityEvent event) {
    int start = Utf8.skipBom(bytes, from, to);
    if (to - start > LONGEST_EVENT) {
      return new Refusal(
          StopReason.TOO_LARGE, "the event has " + (to - start) + " bytes, over " + LONGEST_EVENT);
    }
    event.clear(bytes);
    DecodingProblem problem = json.read(bytes, start, to, paths.tree());
    if (problem != null) {
      return refusal(problem, bytes, from, start, to);
    }
    if (tape.kind(0) != JsonTape.OBJECT) {
      return new Refusal(StopReason.MALFORMED, "not a JSON object");
    }
    fields = 0;
    exceeded = to - start > LONGEST_TEXT ? longText() : null;
    return exceeded == null && object(0, "", event)
        ? null
        : new Refusal(StopReason.LIMIT_EXCEEDED, String.valueOf(exceeded));
  }

  private Refusal refusal(DecodingProblem problem, byte[] bytes, int from, int start, int to) {
    int bad = Utf8.firstInvalid(bytes, start, to);
    if (bad >= 0) {
      return new Refusal(
          StopReason.INVALID_ENCODING, "not valid UTF-8 at byte " + (bad - from + 1));
    }
    if (problem.kind() == DecodingProblem.Kind.LIMIT_EXCEEDED) {
      return new Refusal(StopReason.LIMIT_EXCEEDED, problem.detail());
    }
    int first = Ascii.skipBlanks(bytes, start, to);
    if (first == to) {
      return new Refusal(StopReason.MALFORMED, "an empty event");
    }
    int at = start + Math.max(0, problem.offset());
    return new Refusal(
        StopReason.MALFORMED,
        json.breaksOff() && bytes[first] == '{'
            ? "the JSON object has no end"
            : "not JSON at byte " + (at - from + 1) + ": " + problem.detail());
  }

  /** What is to be said when any text is over its limit, else null. */
  private @Nullable String longText() {
    for (int row = 0; row < tape.count(); row++) {
      int kind = tape.kind(row);
      boolean text = kind == JsonTape.STRING || kind == JsonTape.ESCAPED_STRING;
      if (text && tape.text(row).length() > LONGEST_TEXT) {
        return "a text of more than " + LONGEST_TEXT + " bytes";
      }
    }
    return null;
  }

  /** Takes the fields of an object; false when they are over a limit. */
  private boolean object(int object, String path, SecurityEvent event) {
    int end = tape.next(object);
    for (int row = object + 1; row < end; row = tape.next(row)) {
      if (++fields > MOST_FIELDS) {
        exceeded = "more than " + MOST_FIELDS + " fields";
        return false;
      }
      FieldPaths.Place child = paths.place(tape.node(row));
      if (child == null && isTooLong(path, row)) {
        exceeded = "a path of more than " + LONGEST_PATH + " characters";
        return false;
      }
      if (tape.kind(row) == JsonTape.OBJECT) {
        String name = child == null ? name(path, row) : child.path;
        if (!object(row, name, event)) {
          return false;
        }
      } else if (child != null && child.slot() != FieldTable.NONE) {
        field(row, child.slot(), event);
      } else {
        other(row, path, event);
      }
    }
    return true;
  }

  private boolean isTooLong(String path, int row) {
    int most = path.length() + tape.keyEnd(row) - tape.keyStart(row);
    return most >= LONGEST_PATH
        && path.length() + tape.key(row).toString().length() >= LONGEST_PATH;
  }

  private String name(String path, int row) {
    String key = tape.key(row).toString();
    return path.isEmpty() ? key : path + "." + key;
  }

  private void field(int row, int slot, SecurityEvent event) {
    int kind = tape.kind(row);
    switch (kind) {
      case JsonTape.NULL -> event.setAbsent(slot);
      case JsonTape.ESCAPED_STRING, JsonTape.ARRAY ->
          event.setOwn(slot, make(row, kind, event.own()), SecurityEvent.TEXT);
      case JsonTape.INTEGER, JsonTape.DECIMAL ->
          event.set(slot, tape.start(row), tape.end(row), SecurityEvent.NUMBER);
      default -> event.set(slot, tape.start(row), tape.end(row), SecurityEvent.TEXT);
    }
  }

  private void other(int row, String path, SecurityEvent event) {
    int kind = tape.kind(row);
    ByteOutput own = event.own();
    switch (kind) {
      case JsonTape.NULL -> {}
      case JsonTape.ESCAPED_STRING, JsonTape.ARRAY -> {
        int from = make(row, kind, own);
        event.addOther(path, tape.key(row), own.array(), from, own.length());
      }
      default -> event.addOther(path, tape.key(row), tape.bytes(), tape.start(row), tape.end(row));
    }
  }

  /** Appends a text that does not stand in the JSON as it is; returns where it begins. */
  private int make(int row, int kind, ByteOutput own) {
    int from = own.length();
    if (kind == JsonTape.ARRAY) {
      items(row, own);
    } else {
      put(row, kind, own);
    }
    return from;
  }

  /** Joins the plain items of an array with blanks; objects and arrays in it are passed over. */
  private void items(int array, ByteOutput own) {
    int from = own.length();
    int end = tape.next(array);
    for (int row = array + 1; row < end; row = tape.next(row)) {
      int kind = tape.kind(row);
      if (kind != JsonTape.NULL && kind != JsonTape.OBJECT && kind != JsonTape.ARRAY) {
        if (own.length() > from) {
          own.put(' ');
        }
        put(row, kind, own);
      }
    }
  }

  private void put(int row, int kind, ByteOutput own) {
    if (kind == JsonTape.ESCAPED_STRING) {
      JsonStrings.unescape(own, tape.bytes(), tape.start(row), tape.end(row), '?');
    } else {
      own.put(tape.bytes(), tape.start(row), tape.end(row));
    }
  }
}
