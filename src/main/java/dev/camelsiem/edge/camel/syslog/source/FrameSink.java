package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.flow.syslog.Frames;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes events and dead letters of one sender's frames and passes them on read by read. Not
 * thread-safe.
 */
final class FrameSink implements Frames {
  private static final String PLACE = "syslog-source";

  private final int maxFrame;

  /** One for each connection and each UDP socket: where nothing can be read again, ids are new. */
  private final long source = EventId.newSource();

  private String origin = "";
  private long position;
  private long receivedAt;
  private WhyGivenUp whyGivenUp = WhyGivenUp.BYTES;
  private int most = BatchQueue.MOST_EVENTS;
  private List<RawEvent> events = new ArrayList<>();
  private final List<DeadLetter> rejected = new ArrayList<>();

  FrameSink(int maxFrame) {
    this.maxFrame = maxFrame;
  }

  /** Begins a read; events take the sender and the time from here. */
  void begin(String sender, long now) {
    origin = sender;
    receivedAt = now;
  }

  /** From now on it is full with so many events and dead letters. */
  void most(int found) {
    most = found;
  }

  /** What is given up from now on is given up for this. */
  void givesUp(WhyGivenUp why) {
    whyGivenUp = why;
  }

  /** How many events and dead letters there were so far. */
  long found() {
    return position;
  }

  /** Passes on what was found since the last time. */
  void passOn(BatchQueue queue) {
    if (!events.isEmpty() || !rejected.isEmpty()) {
      queue.add(events, rejected);
      events = new ArrayList<>();
      rejected.clear();
    }
  }

  @Override
  public void frame(byte[] bytes, int from, int to) {
    events.add(new RawEvent(bytes, from, to, origin, ++position, receivedAt, source, 0));
  }

  @Override
  public void oversized(byte[] firstBytes, long length) {
    String detail = "the event has %d bytes, the limit is %d".formatted(length, maxFrame);
    if (firstBytes.length == length) {
      reject(letter(firstBytes, StopReason.TOO_LARGE, detail));
      return;
    }
    String kept = "; the first %d are kept".formatted(firstBytes.length);
    reject(letter(firstBytes, StopReason.TOO_LARGE, detail + kept).cutFrom(length, null));
  }

  /** Cut, too: where it ends nobody knows. */
  @Override
  public void broken(byte[] firstBytes, String why) {
    reject(letter(firstBytes, StopReason.MALFORMED, why).cutFrom(firstBytes.length, null));
  }

  /** Cut even when all that came is kept: there was more to come. */
  @Override
  public void givenUp(byte[] firstBytes, long length) {
    String detail =
        "its connection was closed when %d bytes had come and no end: %s; the first %d are kept"
            .formatted(length, whyGivenUp.text, firstBytes.length);
    reject(letter(firstBytes, whyGivenUp.reason, detail).cutFrom(length, null));
  }

  @Override
  public boolean isFull() {
    return events.size() + rejected.size() >= most;
  }

  private DeadLetter letter(byte[] bytes, StopReason reason, String detail) {
    RawEvent event =
        new RawEvent(bytes, 0, bytes.length, origin, ++position, receivedAt, source, 0);
    return new DeadLetter(event, reason, detail, PLACE);
  }

  private void reject(DeadLetter letter) {
    rejected.add(letter);
  }
}
