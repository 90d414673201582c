package dev.camelsiem.flow.ruleset;

import dev.camelsiem.flow.envelope.BodyFormat;
import dev.camelsiem.flow.envelope.EnvelopeWriter;
import dev.camelsiem.flow.event.BatchPart;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.flow.normalize.Normalizer;
import dev.camelsiem.flow.normalize.NormalizerWorker;
import dev.camelsiem.flow.normalize.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Normalizes batches on one thread and decides what becomes of the events that stop: those that a
 * rule drops end here, those that no rule matches as the user wants it, all others are rejected.
 * Normalized events are described as the {@linkplain
 * dev.camelsiem.flow.normalize.NormalizerOptions#describing options} of the normalizer say.
 */
public final class BatchNormalizer {
  private static final String PLACE = "normalize";

  private final NormalizerWorker worker;
  private final @Nullable BodyFormat format;
  private final Unmatched unmatched;
  private final EnvelopeWriter envelopes = new EnvelopeWriter();

  /**
   * @param format what bodies without a MIME type are; null to look at each
   */
  public BatchNormalizer(Normalizer normalizer, @Nullable BodyFormat format, Unmatched unmatched) {
    this.worker = normalizer.newWorker();
    this.format = format;
    this.unmatched = unmatched;
  }

  /** The events that go on, in their order; the others go to {@code rejected} or end here. */
  public EncodedBatch normalize(List<RawEvent> events, Consumer<DeadLetter> rejected) {
    BatchPart whole = new BatchPart(new EncodedBatch.Builder(0), new ArrayList<>());
    normalize(events, whole);
    whole.letters().forEach(rejected);
    return whole.lines().build();
  }

  /** Does a part of a batch. */
  public void normalize(List<RawEvent> events, BatchPart part) {
    EncodedBatch.Builder out = part.lines();
    for (RawEvent event : events) {
      out.from(event.origin());
      Outcome outcome = worker.normalize(event, format, out);
      StopReason stop = outcome.stop();
      if (stop == StopReason.NO_RULE_MATCHED && unmatched == Unmatched.PASS) {
        envelopes.write(worker.envelope(), event.id(), out);
      } else if (stop != null && isRejected(stop)) {
        Outcome told = told(outcome);
        DeadLetter letter = new DeadLetter(event, stop, told.detail(), PLACE);
        part.letters().add(letter.by(told.ruleId(), worker.ruleSetVersion()));
      }
    }
  }

  /** What to tell of a stopped event; which rule came closest is asked only where it is told. */
  private Outcome told(Outcome outcome) {
    boolean ask = outcome.stop() == StopReason.NO_RULE_MATCHED && outcome.ruleId() == null;
    return ask ? worker.explainInTime(worker.envelope(), outcome) : outcome;
  }

  private boolean isRejected(StopReason stop) {
    return stop == StopReason.NO_RULE_MATCHED
        ? unmatched == Unmatched.DEADLETTER
        : stop != StopReason.DROPPED_BY_RULE;
  }
}
