package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.dispatch.Candidates;
import dev.camelsiem.flow.envelope.BodyFormat;
import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.flow.envelope.EventOpener;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.flow.normalize.Normalizer.Active;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.EvaluationFailure;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.text.DecodingProblem;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Normalizes events, one after the other, on one thread.
 *
 * <p>Every event has exactly one outcome, and nothing but an {@link Error} that is not about the
 * event gets out. A rule that fails is passed over: when a later one matches, that one's result
 * counts, otherwise the event has failed. An event that a rule has normalized and that cannot be
 * written has failed, whatever rules come later. When all rules together have used up what there is
 * for one event, it has failed, too: no event costs more than that.
 */
public final class NormalizerWorker {
  private static final Logger LOG = LoggerFactory.getLogger(NormalizerWorker.class);

  private final Normalizer normalizer;
  private final NormalizerOptions options;
  private final Document document;
  private final Frame frame;
  private final Frame secondFrame;
  private final Candidates candidates = new Candidates();
  private final EventOpener opener;
  private final Evaluations evaluations;
  private final TimeShare explaining;
  private Envelope envelope = Envelope.EMPTY;
  private int untilSample;

  /** What the writer and the counts are for. */
  private Active written;

  private OutputWriter writer;
  private WorkerCounts counts;
  private String version = "";

  NormalizerWorker(Normalizer normalizer) {
    this.normalizer = normalizer;
    this.options = normalizer.options();
    this.document = new Document(options.documentLimits());
    this.opener = new EventOpener(document);
    this.frame = new Frame(options.evaluationLimits());
    this.secondFrame = new Frame(options.evaluationLimits());
    this.written = normalizer.active();
    this.writer = options.output().newWriter(written.set, options.outputBytes());
    this.counts = normalizer.stats().counts(written.counters, null);
    this.evaluations = new Evaluations(normalizer, document, candidates.walk());
    this.explaining = new TimeShare(normalizer.clock());
    this.untilSample = options.ambiguitySample();
  }

  /**
   * Normalizes an event as a source gives it; an envelope around it is opened.
   *
   * @param format null to look at each body
   * @param out gets the normalized event; nothing when the event stops
   */
  public Outcome normalize(RawEvent event, @Nullable BodyFormat format, EncodedBatch.Builder out) {
    Active active = normalizer.active();
    version = active.set.version();
    Outcome outcome;
    try {
      document.expect(active.set.index().paths());
      envelope = opener.open(event, format);
      outcome = decide(active, opener.inputs(), event.id(), out);
    } catch (RuntimeException | StackOverflowError defect) {
      long defects = normalizer.stats().countDefect();
      if (Long.bitCount(defects) == 1) { // seldom enough, however many such events come
        LOG.warn("The engine failed on an event, {} so far; this is a defect", defects, defect);
      }
      outcome =
          new Outcome(
              StopReason.EVALUATION_FAILED, null, EvaluationFailure.INTERNAL_ERROR.message());
    }
    normalizer.stats().count(outcome);
    return outcome;
  }

  /** What the last event was opened to. */
  public Envelope envelope() {
    return envelope;
  }

  /** The version of the rules that the last event met. */
  public String ruleSetVersion() {
    return version;
  }

  private Outcome decide(
      Active active, EnvelopeInputs inputs, @Nullable EventId id, EncodedBatch.Builder out) {
    if (envelope.to() - envelope.from() > options.documentLimits().bytes()) {
      return new Outcome(
          StopReason.TOO_LARGE,
          null,
          "the event is larger than " + options.documentLimits().bytes() + " bytes");
    }
    Set<HeadKind> heads = envelope.format().heads();
    active.set.index().find(document, heads, inputs.receivedAt(), candidates);
    evaluations.begin();
    Outcome failure = null;
    for (int i = 0; i < candidates.size(); i++) {
      if (evaluations.isSpent()) {
        return evaluations.spent(failure);
      }
      int number = candidates.get(i);
      RuleOutcome result = evaluations.evaluate(active, number, inputs, frame, null);
      switch (result) {
        case NO_MATCH -> {}
        case NORMALIZED -> {
          Outcome refused = write(active, number, inputs.receivedAt(), id, out);
          if (refused != null) {
            return refused; // it is this rule's event, and no later one's
          }
          counts.normalized(number);
          sample(active, i, inputs);
          return active.normalized[number];
        }
        case DROPPED -> {
          active.counters[number].dropped.increment();
          String ruleId = active.set.get(number).id();
          return new Outcome(StopReason.DROPPED_BY_RULE, ruleId, "the rule drops such events");
        }
        case FAILED -> {
          failure = evaluations.failed(active, number, frame, failure);
          if (evaluations.endsEvent()) {
            return failure;
          }
        }
      }
    }
    return failure != null ? failure : unmatched(active, heads, inputs);
  }

  /** Writes the fields; returns a failure when that cannot be. */
  private @Nullable Outcome write(
      Active active, int number, long receivedAt, @Nullable EventId id, EncodedBatch.Builder out) {
    if (written != active) {
      written = active;
      writer = options.output().newWriter(active.set, options.outputBytes());
      counts = normalizer.stats().counts(active.counters, counts);
    }
    Refusal refusal = writer.write(number, frame, receivedAt, id, out);
    if (refusal != null) {
      active.counters[number].failed.increment();
      return new Outcome(refusal.reason(), active.set.get(number).id(), refusal.detail());
    }
    if (writer.describedByDefault()) {
      normalizer.stats().countDescribedByDefault();
    }
    return null;
  }

  /** Looks, for one event in many, whether a later rule matches what an earlier one took. */
  private void sample(Active active, int winner, EnvelopeInputs inputs) {
    if (untilSample == 0 || --untilSample > 0) {
      return;
    }
    untilSample = options.ambiguitySample();
    String first = active.set.get(candidates.get(winner)).id();
    for (int i = winner + 1; i < candidates.size() && !evaluations.isSpent(); i++) {
      NamedRule other = active.set.get(candidates.get(i));
      RuleOutcome result =
          evaluations.evaluate(active, candidates.get(i), inputs, secondFrame, null);
      boolean matches = result == RuleOutcome.NORMALIZED || result == RuleOutcome.DROPPED;
      if (matches && normalizer.stats().countAmbiguous(first, other.id())) {
        LOG.warn("Rules {} and {} match one event; the first one takes it", first, other.id());
      }
    }
  }

  /** Which rule comes close is told as long as that takes a small part of the thread's time. */
  private Outcome unmatched(Active active, Set<HeadKind> heads, EnvelopeInputs inputs) {
    DecodingProblem problem = heads.contains(HeadKind.TEXT) ? null : problem(heads);
    if (problem != null) {
      return new Outcome(StopReason.of(problem.kind()), null, problem.detail());
    }
    active.set.index().findSimilar(document, heads, candidates);
    ClosestRule closest = new ClosestRule();
    if (candidates.size() == 0) {
      return closest.outcome();
    }
    if (!explaining.begin()) {
      closest.notLookedFor();
      return closest.outcome();
    }
    for (int i = 0; i < candidates.size() && !evaluations.isSpent(); i++) {
      attempt(active, candidates.get(i), closest, inputs);
    }
    explaining.end();
    return closest.outcome();
  }

  private void attempt(Active active, int number, ClosestRule closest, EnvelopeInputs inputs) {
    closest.next(active.set.get(number).id());
    evaluations.evaluate(active, number, inputs, frame, closest);
  }

  private @Nullable DecodingProblem problem(Set<HeadKind> heads) {
    if (heads.contains(HeadKind.JSON) || heads.contains(HeadKind.TABULAR)) {
      return document.problem(DocumentFormat.JSON);
    }
    return heads.contains(HeadKind.XML)
        ? document.problem(DocumentFormat.XML)
        : document.problem(DocumentFormat.EVENTLOG);
  }

  /**
   * The same as {@link #explain}, as long as it takes a small part of the thread's time.
   *
   * @param outcome of the event; stays when there is no time left to explain it
   */
  public Outcome explainInTime(Envelope envelope, Outcome outcome) {
    if (!explaining.begin()) {
      return outcome;
    }
    Outcome explained = explain(envelope);
    explaining.end();
    return explained;
  }

  /**
   * Explains the event that came last and that no rule matches, by trying all rules of its format,
   * not only the candidates, as long as its budget lasts. Slow; for people who ask.
   */
  public Outcome explain(Envelope envelope) {
    Active active = normalizer.active();
    version = active.set.version();
    document.load(envelope.array(), envelope.from(), envelope.to());
    ClosestRule closest = new ClosestRule();
    EnvelopeInputs inputs = envelope.reception().inputs();
    for (int i = 0; i < active.set.size(); i++) {
      if (evaluations.isSpent()) {
        closest.endedEarly();
        break;
      }
      if (envelope.format().heads().contains(active.set.rule(i).headKind())) {
        attempt(active, i, closest, inputs);
      }
    }
    return closest.outcome();
  }
}
