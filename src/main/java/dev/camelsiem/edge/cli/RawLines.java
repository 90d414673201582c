package dev.camelsiem.edge.cli;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.text.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a stream into lines, many at a time, with as little copying as possible. A line that is
 * longer than the limit keeps its first bytes, so that whoever looks at it sees that it is too
 * large; the rest of it is skipped.
 */
final class RawLines {
  /** Above what the engine takes, so that such a line stops as too large. */
  static final int LONGEST_LINE = (4 << 20) + 1;

  private final InputStream in;
  private final String origin;
  private byte[] rest = new byte[0];
  private boolean end;
  private long line;
  private boolean skipping;

  /**
   * @param origin of the events
   */
  RawLines(InputStream in, String origin) {
    this.in = in;
    this.origin = origin;
  }

  /**
   * The next lines, blank ones left out; empty at the end of the stream. Waits for at least one
   * line, not for a full batch.
   */
  List<RawEvent> next(int batchBytes) throws IOException {
    List<RawEvent> events = new ArrayList<>();
    while (events.isEmpty() && !(end && rest.length == 0)) {
      byte[] buffer = Arrays.copyOf(rest, rest.length + (end ? 0 : batchBytes));
      int filled = rest.length;
      if (!end) {
        int read = in.read(buffer, filled, batchBytes);
        end = read < 0;
        filled += Math.max(0, read);
      }
      cut(buffer, rest.length, filled, events);
    }
    return events;
  }

  private void cut(byte[] buffer, int scanned, int filled, List<RawEvent> events) {
    long now = System.currentTimeMillis();
    int from = 0;
    int feed;
    for (int i = scanned; (feed = Lines.end(buffer, i, filled)) < filled; i = from) {
      line(buffer, from, feed, now, events);
      from = feed + 1;
    }
    if (end && from < filled) {
      line(buffer, from, filled, now, events);
      from = filled;
    }
    if (filled - from >= LONGEST_LINE) {
      if (!skipping) {
        line(buffer, from, from + LONGEST_LINE, now, events);
      }
      skipping = true;
      from = filled;
    }
    rest = Arrays.copyOfRange(buffer, from, filled);
  }

  private void line(byte[] buffer, int from, int to, long now, List<RawEvent> events) {
    if (skipping) {
      skipping = false;
      return;
    }
    line++;
    int last = Lines.textEnd(buffer, from, to);
    if (!Lines.isBlank(buffer, from, last)) {
      events.add(new RawEvent(buffer, from, last, origin, line, now));
    }
  }
}
