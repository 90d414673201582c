package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.json.JsonBounds;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Lines;
import dev.camelsiem.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts a text of security events into single events: one object, an array, one object a line, or
 * objects over several lines. Only brackets and quotes are looked at; what is malformed stays one
 * event and is refused by the reader.
 */
public final class EventSplitter {
  private EventSplitter() {}

  /**
   * The events of a whole text; positions count lines from 1.
   *
   * @param origin as {@link RawEvent} wants it
   */
  public static List<RawEvent> split(byte[] bytes, String origin, long receivedAt) {
    int from = Ascii.skipBlanks(bytes, Utf8.skipBom(bytes, 0, bytes.length), bytes.length);
    List<RawEvent> events = new ArrayList<>();
    long source = EventId.newSource();
    RawEvent whole = new RawEvent(bytes, 0, bytes.length, origin, -1, receivedAt, source, 0);
    if (from < bytes.length && (bytes[from] == '[' || opensAlone(bytes, from))) {
      values(whole, from, events::add);
    } else {
      lines(whole, from, events::add);
    }
    return events;
  }

  /**
   * Hands on the event itself, or the elements when it is an array, one after the other: a line of
   * half a million elements is never half a million objects at a time. They keep its place,
   * numbered.
   */
  public static void elements(RawEvent event, Consumer<RawEvent> elements) {
    byte[] bytes = event.array();
    int from = Ascii.skipBlanks(bytes, Utf8.skipBom(bytes, event.from(), event.to()), event.to());
    if (from == event.to() || bytes[from] != '[') {
      elements.accept(event);
    } else {
      values(event, from, elements);
    }
  }

  /** True when the first line holds nothing but an opening brace: printed for people. */
  private static boolean opensAlone(byte[] bytes, int from) {
    int end = Lines.end(bytes, from, bytes.length);
    return bytes[from] == '{' && Ascii.skipBlanks(bytes, from + 1, end) == end;
  }

  private static void lines(RawEvent whole, int start, Consumer<RawEvent> events) {
    byte[] bytes = whole.array();
    long line = 1L + Lines.count(bytes, 0, start);
    int end;
    for (int from = start; from < bytes.length; from = end + 1) {
      end = Lines.end(bytes, from, bytes.length);
      add(whole, from, end, line, 0, events);
      line++;
    }
  }

  /**
   * Objects one behind the other, or the elements of one array. Those of a whole text have the
   * lines that they begin on as places.
   */
  private static void values(RawEvent whole, int start, Consumer<RawEvent> events) {
    byte[] bytes = whole.array();
    int to = whole.to();
    boolean counts = whole.position() < 0;
    boolean array = bytes[start] == '[';
    int from = array ? start + 1 : start;
    long line = counts ? 1L + Lines.count(bytes, 0, from) : whole.position();
    int element = 0;
    while (from < to) {
      int end = valueEnd(bytes, from, to, array);
      int first = Ascii.skipBlanks(bytes, from, end);
      line += counts ? Lines.count(bytes, from, first) : 0;
      element += add(whole, first, end, line, element, events) ? 1 : 0;
      line += counts ? Lines.count(bytes, first, end) : 0;
      boolean last = array && end < to && bytes[end] == ']';
      if (last) {
        array = false;
      }
      from = end + (end < to && (bytes[end] == ',' || last) ? 1 : 0);
    }
  }

  /** End of the value that begins here: behind its last bracket, or at a comma of the array. */
  private static int valueEnd(byte[] bytes, int from, int to, boolean array) {
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      if (b == '"' || b == '{' || b == '[') {
        at = JsonBounds.end(bytes, at, to);
        if (at < 0) {
          return to;
        }
        if (b != '"' && !array) {
          return at;
        }
      } else if (array ? b == ',' || b == ']' : b == '}' || b == ']') {
        return array ? at : at + 1; // a stray brace stays in its element, which is malformed then
      } else {
        at++;
      }
    }
    return to;
  }

  /** Hands on an event unless it is blank; true when it did. */
  private static boolean add(
      RawEvent whole, int from, int to, long position, int element, Consumer<RawEvent> events) {
    byte[] bytes = whole.array();
    int start = Ascii.skipBlanks(bytes, from, to);
    int end = Ascii.withoutBlanks(bytes, start, to);
    if (start < end) {
      events.accept(
          new RawEvent(
              bytes,
              start,
              end,
              whole.origin(),
              position,
              whole.receivedAt(),
              whole.source(),
              element));
    }
    return start < end;
  }
}
