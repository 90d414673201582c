package dev.camelsiem.letters;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EventId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The events that are being replayed right now: when one becomes a letter again, that letter knows
 * when it was one first and how often. Thread-safe.
 */
final class Retries {
  private final Map<EventId, Before> underWay = new ConcurrentHashMap<>();
  private final AtomicLong again = new AtomicLong();

  /** What a letter remembers of the one before it. */
  record Before(Instant firstTime, int attempts) {}

  void begin(Map<EventId, Before> batch) {
    underWay.putAll(batch);
  }

  void end(Map<EventId, Before> batch) {
    underWay.keySet().removeAll(batch.keySet());
  }

  /** How many events have become letters again since the start. */
  long again() {
    return again.get();
  }

  /** Some have become letters again, which are on disk. */
  void failedAgain(long events) {
    long unused = again.addAndGet(events);
  }

  /** The letter that is written for a dead letter. */
  Letter letter(DeadLetter dead, long number, Instant now, @Nullable String route) {
    EventId id = dead.event().id();
    Before before = underWay.get(id);
    if (before == null && id.element() > 0) { // it came as an array, which was refused as a whole
      before = underWay.get(new EventId(id.source(), id.offset(), 0));
    }
    return new Letter(
        number,
        now,
        before == null ? now : before.firstTime(),
        before == null ? 1 : before.attempts() + 1,
        RawCut.event(dead),
        dead.count(),
        dead.parts(),
        LetterEvents.shape(dead, dead.parts()),
        dead.reason().code(),
        dead.detail(),
        dead.stage(),
        dead.rule(),
        dead.ruleSet(),
        dead.integrations(),
        route,
        RawCut.cut(dead));
  }
}
