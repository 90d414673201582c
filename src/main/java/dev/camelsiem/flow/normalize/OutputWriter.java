package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.lang.eval.Frame;
import org.jspecify.annotations.Nullable;

/** Writes the events that rules of one set leave in a frame. Not thread-safe. */
public interface OutputWriter {
  /**
   * Adds the event to a batch.
   *
   * @param rule number of the rule that has just normalized it
   * @param receivedAt epoch milliseconds
   * @param id of the event, or null when it has none
   * @return null when it was added, otherwise why not; the batch is then as before
   */
  @Nullable Refusal write(
      int rule, Frame frame, long receivedAt, @Nullable EventId id, EncodedBatch.Builder out);

  /** True when the last event was described by a default sentence, as its rule has none for it. */
  boolean describedByDefault();
}
