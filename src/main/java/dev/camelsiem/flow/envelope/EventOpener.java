package dev.camelsiem.flow.envelope;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import org.jspecify.annotations.Nullable;

/**
 * Opens events one after the other and makes once what the events of a batch have in common. Not
 * thread-safe.
 */
public final class EventOpener {
  private String origin = "";
  private long receivedAt = Long.MIN_VALUE;
  private Reception reception = Reception.of(0);
  private @Nullable Reception known;
  private EnvelopeInputs inputs = EnvelopeInputs.receivedAt(0);

  /**
   * @param format what bodies are when no MIME type says it; null to look at the body
   */
  public Envelope open(RawEvent event, @Nullable BodyFormat format) {
    if (event.receivedAt() != receivedAt || !event.origin().equals(origin)) {
      origin = event.origin();
      receivedAt = event.receivedAt();
      reception = Reception.of(event);
    }
    return Envelope.open(event.array(), event.from(), event.to(), format, reception);
  }

  /** What rules may read of an envelope. */
  public EnvelopeInputs inputs(Envelope envelope) {
    if (!envelope.reception().equals(known)) {
      known = envelope.reception();
      inputs = known.inputs();
    }
    return inputs;
  }
}
