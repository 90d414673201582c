package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.text.Lines;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are CEF or LEEF already, passed on byte by byte with the facts that the category
 * filter reads. Only line breaks inside a line, which would end its frame, are changed. One
 * instance belongs to one thread.
 */
public final class LineRelay {
  private final CefFacts facts;

  /**
   * @param mappings as {@link CefFacts} wants them
   * @param agentGroupKey as {@link CefFacts} wants it
   */
  public LineRelay(List<CefMapping> mappings, @Nullable String agentGroupKey) {
    facts = new CefFacts(mappings, agentGroupKey);
  }

  /** Passes lines on in their order; what is not of the mapping's format becomes a dead letter. */
  public EncodedBatch relay(List<RawEvent> lines, Consumer<DeadLetter> rejected) {
    int total = 0;
    for (RawEvent line : lines) {
      total += line.length() + 1;
    }
    EncodedBatch.Builder batch = new EncodedBatch.Builder(total, lines.size());
    relay(lines, batch, rejected);
    return batch.build();
  }

  /** As {@link #relay(List, Consumer)}, into a batch that others build. */
  public void relay(
      List<RawEvent> lines, EncodedBatch.Builder batch, Consumer<DeadLetter> rejected) {
    for (RawEvent line : lines) {
      CefFacts.Result result = facts.of(line.array(), line.from(), line.to());
      Refusal refusal = result.refusal();
      if (refusal == null) {
        batch.from(line.origin());
        append(batch, line.array(), line.from(), line.to(), result.facts(), line.id());
      } else {
        rejected.accept(
            new DeadLetter(line, refusal.reason(), refusal.detail(), BatchEncoder.PLACE));
      }
    }
  }

  /** Adds a line to a batch as it is, but for line breaks, which would end its frame. */
  public static void append(
      EncodedBatch.Builder batch,
      byte[] bytes,
      int from,
      int end,
      @Nullable EventFacts facts,
      @Nullable EventId id) {
    int to = end;
    while (to > from && (bytes[to - 1] == '\n' || bytes[to - 1] == '\r')) {
      to--;
    }
    if (!Lines.hasBreak(bytes, from, to)) {
      batch.addLine(bytes, from, to, facts, id);
      return;
    }
    byte[] target = batch.room((to - from) * 2);
    batch.endLine(unbroken(bytes, from, to, target, batch.position()), facts, id);
  }

  /**
   * Copies a line; a break is a blank up to the last pipe of the header, then an escape; in LEEF,
   * which has no escapes, always a blank. A backslash in front of a break is no escape: it is
   * doubled, so that it does not undo the break's own.
   */
  private static int unbroken(byte[] bytes, int from, int to, byte[] target, int start) {
    int at = start;
    int header = CefFacts.start(bytes, from, to); // pipes of a syslog header are none of CEF's
    boolean blanks = LeefLine.comesFirst(bytes, from, to);
    int pipes = 0;
    boolean escaped = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b != '\n' && b != '\r') {
        target[at++] = b;
        pipes += b == '|' && !escaped && i > header ? 1 : 0;
        escaped = b == '\\' && !escaped;
        continue;
      }
      boolean pair = b == '\r' && i + 1 < to && bytes[i + 1] == '\n';
      i += pair ? 1 : 0;
      if (escaped && !blanks) {
        target[at++] = '\\';
        escaped = false;
      }
      if (blanks || pipes < 7) {
        target[at++] = ' ';
      } else {
        target[at++] = '\\';
        target[at++] = (byte) (b == '\n' || pair ? 'n' : 'r');
      }
    }
    return at;
  }
}
