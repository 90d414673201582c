package dev.camelsiem.flow.cef;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.json.StrangersJson;
import dev.camelsiem.text.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object at a time into a {@link SecurityEvent}. Never throws for the sake of the
 * data: what cannot be read comes back with its reason.
 *
 * <p>The field {@code a.b.c} of a mapping may be one key with dots, objects inside each other, or a
 * mixture; of several the last one counts.
 *
 * <p>Limits: 1 MiB an event, 64 levels, 4096 fields, 1024 characters the names on the way to a
 * field together, texts of 256 KiB, numbers of 100 digits. Not thread-safe; one parser serves many
 * events, so that an event costs no set-up, and none of them leaves anything behind for the next.
 */
public final class SecurityEventReader {
  /** Longest event in bytes. */
  public static final int LONGEST_EVENT = 1 << 20;

  private static final int DEEPEST = 64;
  private static final int MOST_FIELDS = 4096;
  private static final int LONGEST_NUMBER = 100;
  private static final int MOST_PATHS = 1024;

  /** Each field that no mapping knows is kept with its whole path, so paths must not be long. */
  private static final int LONGEST_PATH = 1024;

  /** Places that no mapping knows are remembered between events if their paths are no longer. */
  private static final int LONGEST_REMEMBERED = 64;

  private static final StrangersJson JSON =
      new StrangersJson(
          StreamReadConstraints.builder()
              .maxNestingDepth(DEEPEST)
              .maxStringLength(256 * 1024)
              .maxNumberLength(LONGEST_NUMBER)
              .maxNameLength(LONGEST_PATH)
              .build());

  private final Path root;
  private int paths;
  private @Nullable JsonParser parser;
  private long fed;
  private int fields;

  /** The limit that the event is over, or null. */
  private @Nullable String exceeded;

  SecurityEventReader(FieldTable table) {
    root = new Path("", FieldTable.NONE);
    for (int slot = 0; slot < table.size(); slot++) {
      root.descendant(table.name(slot).split("\\.", -1)).slot = slot;
    }
  }

  /** A place in the tree of nested objects; the known ones have slots. */
  private static final class Path {
    private final String name;
    private final Map<String, Path> children = new HashMap<>();
    private int slot;

    Path(String name, int slot) {
      this.name = name;
      this.slot = slot;
    }

    Path child(String step, int newSlot) {
      return children.computeIfAbsent(
          step, key -> new Path(name.isEmpty() ? key : name + "." + key, newSlot));
    }

    /**
     * The place at the end of some steps. Each place on the way knows it, and those before it, also
     * by all steps from there in one key with dots.
     */
    Path descendant(String[] steps) {
      List<Path> passed = new ArrayList<>();
      List<String> keys = new ArrayList<>();
      Path last = this;
      for (String step : steps) {
        passed.add(last);
        keys.add("");
        last = last.child(step, FieldTable.NONE);
        for (int i = 0; i < keys.size(); i++) {
          String key = i == keys.size() - 1 ? step : keys.get(i) + "." + step;
          keys.set(i, key);
          passed.get(i).children.putIfAbsent(key, last);
        }
      }
      return last;
    }
  }

  /**
   * Fills an event from the bytes of one JSON object.
   *
   * @return null when it was read, otherwise why not; the event is then undefined
   */
  public @Nullable Refusal read(byte[] bytes, int from, int to, SecurityEvent event) {
    int start = Utf8.skipBom(bytes, from, to);
    if (to - start > LONGEST_EVENT) {
      return new Refusal(
          StopReason.TOO_LARGE, "the event has " + (to - start) + " bytes, over " + LONGEST_EVENT);
    }
    int bad = Utf8.firstInvalid(bytes, start, to);
    if (bad >= 0) {
      return new Refusal(
          StopReason.INVALID_ENCODING, "not valid UTF-8 at byte " + (bad - from + 1));
    }
    event.clear();
    try {
      Refusal refusal = parse(bytes, start, to, event);
      if (refusal != null) {
        discard();
      }
      return refusal;
    } catch (StreamConstraintsException e) {
      discard();
      return new Refusal(StopReason.LIMIT_EXCEEDED, firstLine(e));
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset() - fed;
      discard();
      return new Refusal(
          StopReason.MALFORMED, "not JSON at byte " + Math.max(1, at) + ": " + firstLine(e));
    } catch (IOException e) {
      discard();
      return new Refusal(StopReason.MALFORMED, "not JSON: " + e.getMessage());
    }
  }

  private @Nullable Refusal parse(byte[] bytes, int from, int to, SecurityEvent event)
      throws IOException {
    JsonParser json = parser();
    int end = EventSplitter.withoutBlanks(bytes, from, to);
    ((ByteArrayFeeder) json.getNonBlockingInputFeeder()).feedInput(bytes, from, end);
    fields = 0;
    exceeded = null;
    JsonToken first = json.nextToken();
    if (first != JsonToken.START_OBJECT) {
      return new Refusal(
          StopReason.MALFORMED,
          first == JsonToken.NOT_AVAILABLE ? "an empty event" : "not a JSON object");
    }
    if (!object(json, root, event)) {
      return exceeded == null
          ? new Refusal(StopReason.MALFORMED, "the JSON object has no end")
          : new Refusal(StopReason.LIMIT_EXCEEDED, exceeded);
    }
    // Not asked for a next token: half a one would go on in the next event.
    if (json.currentLocation().getByteOffset() - fed != end - from) {
      return new Refusal(StopReason.MALFORMED, "something follows the JSON object");
    }
    fed += end - from;
    return null;
  }

  /** Reads up to the end of an object; false when the bytes end before it or it is too wide. */
  private boolean object(JsonParser json, Path path, SecurityEvent event) throws IOException {
    while (true) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.END_OBJECT) {
        return true;
      }
      if (token == JsonToken.NOT_AVAILABLE) {
        return false;
      }
      if (++fields > MOST_FIELDS) {
        exceeded = "more than " + MOST_FIELDS + " fields";
        return false;
      }
      if (!field(json, path, json.currentName(), event)) {
        return false;
      }
    }
  }

  private boolean field(JsonParser json, Path parent, String name, SecurityEvent event)
      throws IOException {
    Path path = parent.children.get(name);
    JsonToken token = json.nextToken();
    if (path == null && parent.name.length() + name.length() >= LONGEST_PATH) {
      exceeded = "a path of more than " + LONGEST_PATH + " characters";
      return false;
    }
    if (token == JsonToken.START_OBJECT) {
      return object(json, path == null ? newPath(parent, name) : path, event);
    }
    int mark = event.mark();
    byte kind = SecurityEvent.TEXT;
    if (token == JsonToken.START_ARRAY) {
      if (!items(json, mark, event)) {
        return false;
      }
    } else if (token == JsonToken.NOT_AVAILABLE || isTooLong(token, json)) {
      return false;
    } else if (token == JsonToken.VALUE_NULL) {
      kind = SecurityEvent.ABSENT;
    } else {
      event.append(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
      kind = token.isNumeric() ? SecurityEvent.NUMBER : SecurityEvent.TEXT;
    }
    keep(parent, path, name, mark, kind, event);
    return true;
  }

  private boolean isTooLong(JsonToken token, JsonParser json) throws IOException {
    boolean tooLong = token.isNumeric() && json.getTextLength() > LONGEST_NUMBER;
    if (tooLong) {
      exceeded = "a number of more than " + LONGEST_NUMBER + " digits";
    }
    return tooLong;
  }

  private static void keep(
      Path parent, @Nullable Path path, String name, int mark, byte kind, SecurityEvent event) {
    if (path != null && path.slot != FieldTable.NONE) {
      event.set(path.slot, mark, kind);
    } else if (kind != SecurityEvent.ABSENT) {
      event.setOther(parent.name.isEmpty() ? name : parent.name + "." + name, mark);
    }
  }

  /** Joins the plain items of an array with blanks; objects and arrays in it are passed over. */
  private boolean items(JsonParser json, int mark, SecurityEvent event) throws IOException {
    int depth = 1;
    while (true) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.NOT_AVAILABLE || isTooLong(token, json)) {
        return false;
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        if (--depth == 0) {
          return true;
        }
      } else if (depth == 1 && token != JsonToken.VALUE_NULL) {
        if (event.mark() > mark) {
          event.append(BLANK, 0, 1);
        }
        event.append(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
      }
    }
  }

  private static final char[] BLANK = {' '};

  /** Nested objects that no mapping asks for; remembered so that usual ones cost nothing. */
  private Path newPath(Path parent, String name) {
    String full = parent.name.isEmpty() ? name : parent.name + "." + name;
    if (paths >= MOST_PATHS || full.length() > LONGEST_REMEMBERED) {
      return new Path(full, FieldTable.NONE);
    }
    paths++;
    return parent.child(name, FieldTable.NONE);
  }

  private JsonParser parser() throws IOException {
    JsonParser current = parser;
    if (current == null || fed > StrangersJson.REMEMBERED_BYTES) {
      discard();
      current = JSON.feedable();
      parser = current;
    }
    return current;
  }

  /** A parser that met an error or half an event is of no use for the next one. */
  private void discard() {
    JsonParser old = parser;
    parser = null;
    fed = 0;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        throw new IllegalStateException("a parser of bytes in memory failed to close", e);
      }
    }
  }

  private static String firstLine(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    int end = message.indexOf('\n');
    return printable(end < 0 ? message : message.substring(0, end));
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < 200; i++) {
      shown.append(Character.isISOControl(text.charAt(i)) ? '?' : text.charAt(i));
    }
    return shown.toString();
  }
}
