package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.LetterSum;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.UsualSize;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A batch of JSON events to a batch of CEF lines; what cannot be encoded becomes a dead letter. One
 * instance belongs to one thread.
 */
public final class BatchEncoder {
  /** Where a dead letter says that it was stopped. */
  public static final String PLACE = "cef";

  private static final int FIRST_GUESS = 480;

  private final SecurityEventReader reader;
  private final CefEncoder encoder;
  private final SecurityEvent event;
  private final CefCounters counters;
  private final UsualSize usual = new UsualSize(FIRST_GUESS);

  public BatchEncoder(CefEncoding encoding) {
    reader = encoding.newReader();
    encoder = encoding.newEncoder();
    event = encoding.newEvent();
    counters = encoding.counters();
  }

  /** Encodes events in their order; an event that is a JSON array counts as its elements. */
  public EncodedBatch encode(List<RawEvent> events, Consumer<DeadLetter> rejected) {
    EncodedBatch.Builder batch = usual.builder(events.size());
    encode(events, batch, rejected);
    usual.learn(batch.size(), batch.position());
    return batch.build();
  }

  /** As {@link #encode(List, Consumer)}, into a batch that others build. */
  public void encode(
      List<RawEvent> events, EncodedBatch.Builder batch, Consumer<DeadLetter> rejected) {
    try (LetterSum letters = new LetterSum(rejected)) {
      for (RawEvent raw : events) {
        batch.from(raw.origin());
        EventSplitter.elements(raw, element -> encode(element, batch, letters));
      }
    } finally {
      counters.countEncoded(batch.size());
    }
  }

  private void encode(RawEvent element, EncodedBatch.Builder batch, LetterSum letters) {
    Refusal refusal = encode(element, batch);
    if (refusal != null) {
      letters.add(new DeadLetter(element, refusal.reason(), refusal.detail(), PLACE));
    }
  }

  private @Nullable Refusal encode(RawEvent raw, EncodedBatch.Builder batch) {
    Refusal refusal = reader.read(raw.array(), raw.from(), raw.to(), event);
    return refusal == null ? encoder.encode(event, raw.receivedAt(), raw.id(), batch) : refusal;
  }
}
