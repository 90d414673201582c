package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.http.Rejected.Problem;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.json.JsonBounds;
import dev.camelsiem.json.JsonLimits;
import dev.camelsiem.json.JsonReader;
import dev.camelsiem.json.JsonTape;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.DecodingProblem;
import dev.camelsiem.text.Lines;
import dev.camelsiem.text.Utf8;
import java.util.Objects;

/**
 * Finds the events in the body of a request: lines of JSON, one JSON array, JSON values over
 * several lines, or lines of text. What can't be taken is set aside with its reason. Only places
 * are kept, no event is made. For one request; its work grows with the body and nothing else.
 *
 * <p>The position of an event is the line it begins on, or its place in the array, from 1.
 */
final class BodySplitter {
  /** The body as a whole is limited, however many values it has. */
  private static final JsonLimits JSON =
      new JsonLimits(64, 4096, 256 * 1024, 100, 100, Integer.MAX_VALUE);

  private final byte[] bytes;
  private final int length;
  private final Accepts accepts;
  private final HttpLimits limits;
  private final JsonReader json = new JsonReader(JSON, new JsonTape());
  private final Findings found;

  /** A value that was scanned before it was its turn. */
  private int knownFrom = -1;

  private int knownEnd;

  BodySplitter(byte[] bytes, int length, Accepts accepts, HttpLimits limits, Findings.Room room) {
    this.bytes = bytes;
    this.length = length;
    this.accepts = accepts;
    this.limits = limits;
    this.found = new Findings(limits, room);
  }

  /**
   * Looks at all of the body.
   *
   * @throws HttpRefusal when it has too many events
   */
  Findings split() throws HttpRefusal {
    int start = Utf8.skipBom(bytes, 0, length);
    int first = Ascii.skipBlanks(bytes, start, length);
    if (first == length) {
      return found;
    }
    if (accepts == Accepts.text) {
      lines(start);
    } else if (bytes[first] == '[') {
      array(first);
    } else if (isSpread(first)) {
      spread(start, first);
    } else {
      lines(start);
    }
    return found;
  }

  private void lines(int start) throws HttpRefusal {
    int line = 1;
    int end;
    for (int from = start; from < length; from = end + 1, line++) {
      end = Lines.end(bytes, from, length);
      int to = Lines.textEnd(bytes, from, end);
      int begin = Ascii.skipBlanks(bytes, from, to);
      if (begin < to) {
        line(accepts == Accepts.text ? from : begin, to, line);
      }
    }
  }

  private void line(int from, int to, int position) throws HttpRefusal {
    if (to - from > limits.eventBytes()) {
      found.reject(from, to, position, tooLarge(from, to));
    } else if (accepts == Accepts.text) {
      found.add(from, to, position);
    } else {
      int end = isOfWrongKind(from) ? -1 : scan(from, to);
      if (end < 0) {
        found.reject(from, to, position, problem(from, to));
        return;
      }
      int more = Ascii.skipBlanks(bytes, end, to);
      if (more < to) {
        String what = "not one JSON value: more follows it";
        found.reject(from, to, position, new Problem(StopReason.MALFORMED, what, more - from + 1));
      } else {
        found.add(from, end, position);
      }
    }
  }

  private void array(int open) throws HttpRefusal {
    int index = 1;
    int at = Ascii.skipBlanks(bytes, open + 1, length);
    while (at < length && bytes[at] != ']') {
      int end = value(at, index, "the array breaks off here");
      if (end < 0) {
        return;
      }
      index++;
      at = Ascii.skipBlanks(bytes, end, length);
      if (at < length && bytes[at] == ',') {
        at = Ascii.skipBlanks(bytes, at + 1, length);
      } else if (at < length && bytes[at] != ']') {
        found.reject(
            at, length, index, malformed("expected , or ] before this; the rest was not read"));
        return;
      }
    }
    if (at >= length) {
      found.reject(length, length, index, malformed("the array has no closing ]"));
    } else if (Ascii.skipBlanks(bytes, at + 1, length) < length) {
      found.reject(at + 1, length, index, malformed("text follows the array"));
    }
  }

  /** True when the first value is good JSON but goes over more than one line. */
  private boolean isSpread(int first) {
    if (isOfWrongKind(first)) {
      return false;
    }
    knownFrom = first;
    knownEnd = json.skim(bytes, first, length);
    return Lines.end(bytes, first, knownEnd) < knownEnd;
  }

  private void spread(int start, int first) throws HttpRefusal {
    int line = 1 + Lines.count(bytes, start, first);
    int at = first;
    while (at < length) {
      int end = value(at, line, "not JSON: it breaks off");
      if (end < 0) {
        return;
      }
      int next = Ascii.skipBlanks(bytes, end, length);
      line += Lines.count(bytes, at, next);
      at = next;
    }
  }

  /** Takes one of several values; returns its end, or -1 when the rest can't be told apart. */
  private int value(int at, int position, String breaksOff) throws HttpRefusal {
    int end = isOfWrongKind(at) ? -1 : scan(at, length);
    boolean isGood = end >= 0;
    if (!isGood) {
      end = JsonBounds.end(bytes, at, length);
    }
    if (end < 0) {
      found.reject(at, length, position, malformed(breaksOff));
    } else if (end - at > limits.eventBytes()) {
      found.reject(at, end, position, tooLarge(at, end));
    } else if (isGood) {
      found.add(at, end, position);
    } else {
      found.reject(at, end, position, problem(at, end));
    }
    return end;
  }

  private int scan(int from, int to) {
    boolean isKnown = from == knownFrom && knownEnd >= 0 && knownEnd <= to;
    return isKnown ? knownEnd : json.skim(bytes, from, to);
  }

  private boolean isOfWrongKind(int at) {
    return accepts == Accepts.events && bytes[at] != '{';
  }

  /** Of a value that is no object where one is wanted, or whose scan has just failed. */
  private Problem problem(int from, int to) {
    if (!isOfWrongKind(from)) {
      return problem(from);
    }
    byte b = bytes[from];
    if (b == '[' || b == '"') {
      return malformed("not a JSON object but " + (b == '[' ? "an array" : "a string"));
    }
    if (json.skim(bytes, from, to) < 0) {
      return problem(from);
    }
    String kind = b == 'n' ? "null" : b == 't' || b == 'f' ? "a boolean" : "a number";
    return malformed("not a JSON object but " + kind);
  }

  /** What the reader has found in the value that it has just refused. */
  private Problem problem(int from) {
    DecodingProblem problem = Objects.requireNonNull(json.problem());
    int at = from + problem.offset();
    StopReason reason = StopReason.of(problem.kind());
    String what =
        switch (problem.kind()) {
          case LIMIT_EXCEEDED -> problem.detail();
          case INVALID_ENCODING -> "not UTF-8";
          case MALFORMED ->
              json.breaksOff()
                  ? "not JSON: it breaks off"
                  : "not JSON: %s, found %s".formatted(problem.detail(), shown(bytes[at]));
        };
    return new Problem(reason, what, problem.offset() + 1);
  }

  /** What a stranger has sent is shown only where it is plain ASCII. */
  private static String shown(byte b) {
    return b > ' ' && b < 0x7f ? "`" + (char) b + "`" : "byte " + (b & 0xff);
  }

  private static Problem malformed(String what) {
    return new Problem(StopReason.MALFORMED, what, 0);
  }

  private Problem tooLarge(int from, int to) {
    String what =
        "event of %d bytes, maxEventBytes is %d".formatted(to - from, limits.eventBytes());
    return new Problem(StopReason.TOO_LARGE, what, 0);
  }
}
