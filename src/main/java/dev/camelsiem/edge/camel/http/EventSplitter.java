package dev.camelsiem.edge.camel.http;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the body of a request into events: lines of JSON, one JSON array, JSON values over several
 * lines, or lines of text. What can't be taken is set aside with its reason. For one request.
 *
 * <p>The position of an event is the line it begins on, or its place in the array, from 1. Ids are
 * new with each request: whoever sends one again sends new events.
 */
final class EventSplitter {
  private static final String PLACE = "siem-http-source";
  private static final int KEPT_BYTES = 8 * 1024;

  private final byte[] bytes;
  private final Accepts accepts;
  private final HttpLimits limits;
  private final String origin;
  private final long receivedAt;
  private final long source = EventId.newSource();
  private long lastPosition;
  private final Utf8 utf8 = new Utf8();
  private final List<RawEvent> events = new ArrayList<>();
  private final List<DeadLetter> rejected = new ArrayList<>();

  EventSplitter(byte[] bytes, Accepts accepts, HttpLimits limits, String origin, long receivedAt) {
    this.bytes = bytes;
    this.accepts = accepts;
    this.limits = limits;
    this.origin = origin;
    this.receivedAt = receivedAt;
  }

  /** The good events, in order. */
  List<RawEvent> events() {
    return events;
  }

  List<DeadLetter> rejected() {
    return rejected;
  }

  /**
   * Cuts all of the body.
   *
   * @throws HttpRefusal when it has too many events
   */
  EventSplitter split() throws HttpRefusal {
    int start = hasByteOrderMark() ? 3 : 0;
    int first = JsonValues.skipBlanks(bytes, start, bytes.length);
    if (first == bytes.length) {
      return this;
    }
    if (accepts == Accepts.text) {
      lines(start);
    } else if (bytes[first] == '[') {
      array(first);
    } else if (isSpread(first)) {
      spread(first);
    } else {
      lines(start);
    }
    return this;
  }

  private boolean hasByteOrderMark() {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  private void lines(int start) throws HttpRefusal {
    int line = 1;
    for (int from = start; from < bytes.length; line++) {
      int end = from;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
      int begin = JsonValues.skipBlanks(bytes, from, to);
      if (begin < to) {
        take(accepts == Accepts.text ? from : begin, to, line);
      }
      from = end + 1;
    }
  }

  private void array(int open) throws HttpRefusal {
    int index = 1;
    int at = JsonValues.skipBlanks(bytes, open + 1, bytes.length);
    while (at < bytes.length && bytes[at] != ']') {
      int end = JsonValues.end(bytes, at, bytes.length);
      if (end < 0) {
        reject(at, bytes.length, index, StopReason.MALFORMED, "the array breaks off here");
        return;
      }
      take(at, end, index++);
      at = JsonValues.skipBlanks(bytes, end, bytes.length);
      if (at < bytes.length && bytes[at] == ',') {
        at = JsonValues.skipBlanks(bytes, at + 1, bytes.length);
      } else if (at < bytes.length && bytes[at] != ']') {
        String detail = "expected , or ] before this; the rest of the array was not read";
        reject(at, bytes.length, index, StopReason.MALFORMED, detail);
        return;
      }
    }
    if (at >= bytes.length) {
      reject(at, at, index, StopReason.MALFORMED, "the array has no closing ]");
    } else if (JsonValues.skipBlanks(bytes, at + 1, bytes.length) < bytes.length) {
      reject(at + 1, bytes.length, index, StopReason.MALFORMED, "text follows the array");
    }
  }

  /** True when the first value is good JSON but goes over more than one line. */
  private boolean isSpread(int first) {
    int end = JsonValues.end(bytes, first, bytes.length);
    boolean overLines = false;
    for (int i = first; i < end && !overLines; i++) {
      overLines = bytes[i] == '\n';
    }
    return overLines && JsonCheck.check(bytes, first, end, false) == null;
  }

  private void spread(int first) throws HttpRefusal {
    int line = 1;
    int counted = 0;
    int at = first;
    while (at < bytes.length) {
      for (; counted < at; counted++) {
        line += bytes[counted] == '\n' ? 1 : 0;
      }
      int end = JsonValues.end(bytes, at, bytes.length);
      if (end < 0) {
        reject(at, bytes.length, line, StopReason.MALFORMED, "not JSON: it breaks off");
        return;
      }
      take(at, end, line);
      at = JsonValues.skipBlanks(bytes, end, bytes.length);
    }
  }

  private void take(int from, int to, int position) throws HttpRefusal {
    if (events.size() + rejected.size() >= limits.events()) {
      throw new HttpRefusal(
          413, "the request has over %d events: send fewer at a time".formatted(limits.events()));
    }
    if (to - from > limits.eventBytes()) {
      String detail =
          "event of %d bytes, maxEventBytes is %d".formatted(to - from, limits.eventBytes());
      reject(from, to, position, StopReason.TOO_LARGE, detail);
      return;
    }
    if (accepts == Accepts.text) {
      add(from, to, position);
    } else if (!utf8.isValid(bytes, from, to)) {
      reject(from, to, position, StopReason.INVALID_ENCODING, "not UTF-8");
    } else {
      JsonCheck.Problem problem = JsonCheck.check(bytes, from, to, accepts == Accepts.events);
      if (problem == null) {
        add(from, to, position);
      } else {
        reject(from, to, position, problem.reason(), problem.detail());
      }
    }
  }

  private void add(int from, int to, int position) {
    events.add(event(from, to, position));
  }

  /** A second event on one line is a source of its own, since its place tells nothing. */
  private RawEvent event(int from, int to, int position) {
    long own = position == lastPosition ? EventId.newSource() : source;
    lastPosition = position;
    return new RawEvent(bytes, from, to, origin, position, receivedAt, own, 0);
  }

  private void reject(int from, int to, int position, StopReason reason, String detail) {
    int kept = reason == StopReason.TOO_LARGE ? Math.min(to, from + KEPT_BYTES) : to;
    int bounded = Math.min(kept, from + limits.eventBytes());
    rejected.add(new DeadLetter(event(from, bounded, position), reason, detail, PLACE));
  }
}
