package dev.camelsiem.flow.envelope;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import org.jspecify.annotations.Nullable;

/**
 * Opens events one after the other and makes once what the events of a batch have in common. Not
 * thread-safe.
 */
public final class EventOpener {
  private final Document document;
  private String origin = "";
  private long receivedAt = Long.MIN_VALUE;
  private Reception reception = Reception.of(0);
  private EnvelopeInputs common = reception.inputs();
  private EnvelopeInputs inputs = common;

  /**
   * @param document that holds each body after it was opened
   */
  public EventOpener(Document document) {
    this.document = document;
  }

  /**
   * @param format what bodies are when no MIME type says it; null to look at the body
   */
  public Envelope open(RawEvent event, @Nullable BodyFormat format) {
    if (event.receivedAt() != receivedAt || !event.origin().equals(origin)) {
      origin = event.origin();
      receivedAt = event.receivedAt();
      reception = Reception.of(event);
      common = reception.inputs();
    }
    Envelope envelope =
        Envelope.open(document, event.array(), event.from(), event.to(), format, reception);
    inputs = envelope.isWrapped() ? envelope.reception().inputs() : common;
    return envelope;
  }

  /** What rules may read of the last envelope. */
  public EnvelopeInputs inputs() {
    return inputs;
  }
}
