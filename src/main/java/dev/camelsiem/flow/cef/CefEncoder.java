package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes security events as lines of the mapping that is theirs, straight into a batch. One
 * encoder belongs to one thread; in its steady state an event allocates nothing.
 */
public final class CefEncoder {
  private static final Logger LOG = LoggerFactory.getLogger(CefEncoder.class);

  private final CefCounters counters;
  private final IdTable ids;
  private final int idSlot;
  private final LineEncoder[] lines;

  CefEncoder(CefEncoding encoding) {
    this.counters = encoding.counters();
    this.ids = new IdTable(encoding.plans(), encoding.idField());
    this.idSlot = encoding.fields().slot(encoding.idField());
    this.lines =
        encoding.plans().stream()
            .map(plan -> new LineEncoder(plan, ids))
            .toArray(LineEncoder[]::new);
  }

  /**
   * Adds the line of one event to a batch.
   *
   * @param arrivedAt epoch milliseconds, sent when the event has no readable time
   * @param eventId the event's name, or null when it has none
   * @return null when it was added, otherwise why not; the batch is then as before
   */
  public @Nullable Refusal encode(
      SecurityEvent event, long arrivedAt, @Nullable EventId eventId, EncodedBatch.Builder batch) {
    int from = event.start(idSlot);
    IdPlan plan = ids.find(event.bytes(idSlot), from, event.end(idSlot, from));
    Refusal refusal =
        plan == null
            ? ids.refusal()
            : lines[plan.mapping].encode(event, plan, arrivedAt, eventId, batch);
    if (refusal != null) {
      counters.countRefused();
    }
    if (event.repeats() && counters.countRepeated()) {
      LOG.warn(
          "An event has a field twice; the last one counts. Others may read the first: look at what"
              + " sends it. Such events are counted from now on, not told");
    }
    return refusal;
  }
}
