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
    event.find(idSlot);
    IdPlan plan = ids.find(event.bytes, event.from, event.to);
    Refusal refusal =
        plan == null
            ? ids.refusal()
            : lines[plan.mapping].encode(event, plan, plan.family.pairs, arrivedAt, eventId, batch);
    count(refusal);
    if (event.repeats() && counters.countRepeated()) {
      LOG.warn(
          "An event has a field twice; the last one counts. Others may read the first: look at what"
              + " sends it. Such events are counted from now on, not told");
    }
    return refusal;
  }

  /**
   * The same for an event that a rule has left in a frame.
   *
   * @param rule the plan of that rule
   */
  public @Nullable Refusal encode(
      RulePlan rule,
      FrameValues event,
      long arrivedAt,
      @Nullable EventId eventId,
      EncodedBatch.Builder batch) {
    LinePlan known = rule.find(event);
    Refusal refusal =
        known == null
            ? encodeUnknown(rule, event, arrivedAt, eventId, batch)
            : lines[known.id.mapping].encode(event, known, arrivedAt, eventId, batch);
    count(refusal);
    return refusal;
  }

  private @Nullable Refusal encodeUnknown(
      RulePlan rule,
      FrameValues event,
      long arrivedAt,
      @Nullable EventId eventId,
      EncodedBatch.Builder batch) {
    event.find(idSlot);
    IdPlan plan = ids.find(event.bytes, event.from, event.to);
    if (plan == null) {
      return ids.refusal();
    }
    LineEncoder encoder = lines[plan.mapping];
    LinePlan made = rule.isWanted(event) ? encoder.plan(event, plan, rule) : null;
    if (made != null) {
      rule.keep(event, made);
    }
    return encoder.encode(event, plan, rule.pairs(plan.family), arrivedAt, eventId, batch);
  }

  private void count(@Nullable Refusal refusal) {
    if (refusal != null) {
      counters.countRefused();
    }
  }
}
