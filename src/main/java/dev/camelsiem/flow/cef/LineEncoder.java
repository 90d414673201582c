package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.ComputedValue;
import dev.camelsiem.flow.cef.mapping.ValueType;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of one mapping, straight into a batch. Belongs to one thread; in its steady
 * state an event allocates nothing.
 */
final class LineEncoder {
  /** A step before the first, in which nothing is counted. */
  private static final int TRIAL = -1;

  private final CefCounters counters;
  private final IdTable ids;
  private final EventTime times = new EventTime();
  private final ValueWriter values = new ValueWriter();
  private final ByteSink sink = new ByteSink();
  private final LineHeader header;
  private final CategoryPlan categories;
  private final int timeSlot;
  private final int groupSlot;
  private final int mostBytes;
  private final int cutCharacters;
  private final int lastStep;
  private final boolean sendsEventId;
  private final Notation notation;
  private final Piece ownIdLead;

  // Of the event that is written.
  private IdPlan id;
  private PairList pairs;
  private PairList allPairs;
  private @Nullable Piece head;
  private int outcome;
  private int severity;
  private int category;
  private long time;
  private @Nullable EventId externalId;

  /**
   * @param ids gives the facts of events that are alike
   */
  LineEncoder(MappingPlan plan, IdTable ids) {
    CefMapping mapping = plan.mapping();
    CefOptions options = plan.options();
    this.counters = plan.counters();
    this.ids = ids;
    this.header = new LineHeader(mapping, options, plan.fields());
    this.categories = plan.categories();
    this.timeSlot = plan.fields().slot(mapping.event().time());
    this.groupSlot = plan.fields().slot(mapping.event().agentGroup());
    this.mostBytes = options.maxMessageBytes(mapping);
    this.cutCharacters = mapping.limits().characters();
    this.lastStep = plan.steps().last();
    this.sendsEventId = options.eventId();
    this.notation = plan.notation();
    this.ownIdLead = new Piece(notation.lead(KeyPlan.EXTERNAL_ID));
    this.id = new IdPlan("", plan.anyFamily(), plan);
    this.allPairs = id.family.pairs[0];
    this.pairs = allPairs;
  }

  /**
   * Adds the line of one event to a batch.
   *
   * @param plan of the event's id
   * @param byOutcome what the event may carry
   * @return null when it was added, otherwise why not; the batch is then as before
   */
  @Nullable Refusal encode(
      EventValues event,
      IdPlan plan,
      PairList[] byOutcome,
      long arrivedAt,
      @Nullable EventId eventId,
      EncodedBatch.Builder batch) {
    time = time(event, arrivedAt);
    if (!decide(event, plan)) {
      return unknownOutcome(event, plan.family);
    }
    head = null;
    allPairs = byOutcome[outcome];
    pairs = allPairs;
    return write(event, eventId, batch);
  }

  /** The same for an event of which everything was decided with another one. */
  @Nullable Refusal encode(
      EventValues event,
      LinePlan plan,
      long arrivedAt,
      @Nullable EventId eventId,
      EncodedBatch.Builder batch) {
    time = time(event, arrivedAt);
    id = plan.id;
    head = plan.head;
    pairs = plan.pairs;
    allPairs = plan.allPairs;
    outcome = plan.outcome;
    severity = plan.severity;
    category = plan.category;
    return write(event, eventId, batch);
  }

  /**
   * Decides all that can be decided for events of a rule that are like this one; null when none of
   * them becomes a line.
   */
  @Nullable LinePlan plan(EventValues event, IdPlan plan, RulePlan rule) {
    if (!decide(event, plan)) {
      return null;
    }
    sink.begin(new EncodedBatch.Builder(0));
    List<KeyPlan> planned = new ArrayList<>();
    PairList all = rule.pairs(id.family)[outcome];
    for (int i = 0; i < all.keys.length; ) {
      KeyPlan key = all.keys[i];
      boolean same = isSame(key, rule);
      boolean ready = same && isWritten(event, key);
      if (ready) {
        addReady(planned, key, new Piece(sink.copy()));
      } else if (key.when.holds(event) && !(same && isAbsent(event, key))) {
        planned.add(key.unconditional());
      }
      i = ready ? all.next[i] : i + 1;
    }
    Piece known = null;
    if (rule.headIsSteady) {
      sink.rewind();
      id.writeHead(sink, event, severity);
      known = new Piece(sink.copy());
    }
    return new LinePlan(id, outcome, severity, category, known, new PairList(planned), all);
  }

  /** Pairs that are always there side by side become one. */
  private static void addReady(List<KeyPlan> planned, KeyPlan key, Piece pair) {
    int last = planned.size() - 1;
    KeyPlan before = last < 0 ? null : planned.get(last);
    boolean first = last < 1 || !planned.get(last - 1).key.equals(planned.get(last).key);
    if (before != null && before.isReady && first && !before.isExternalId && !key.isExternalId) {
      planned.set(last, before.ready(before.lead.and(pair)));
    } else {
      planned.add(key.ready(pair));
    }
  }

  /** Whether what stands under a key is the same in all events of a rule that are alike. */
  private static boolean isSame(KeyPlan key, RulePlan rule) {
    return key.slot != FieldTable.NONE
        ? rule.decides(key.slot)
        : key.computed == null
            || key.computed == ComputedValue.CATEGORY
            || key.computed == ComputedValue.OUTCOME
            || key.computed == ComputedValue.SEVERITY;
  }

  private static boolean isAbsent(EventValues event, KeyPlan key) {
    return key.slot != FieldTable.NONE && !event.has(key.slot);
  }

  /** Writes a pair and nothing before it. */
  private boolean isWritten(EventValues event, KeyPlan key) {
    sink.rewind();
    return pair(event, key, TRIAL, -1);
  }

  private boolean decide(EventValues event, IdPlan plan) {
    id = plan;
    FamilyPlan family = plan.family;
    outcome = outcome(event, family);
    if (outcome < 0) {
      return false;
    }
    severity = id.severity(event, outcome);
    category = family.category == CategoryPlan.NONE ? categories.of(event) : family.category;
    return true;
  }

  private static int outcome(EventValues event, FamilyPlan family) {
    event.find(family.outcomeSlot);
    int found = family.outcomeWords.find(event.bytes, event.from, event.to);
    return found < 0 ? family.family.outcomes().otherwise() : found;
  }

  private static Refusal unknownOutcome(EventValues event, FamilyPlan family) {
    CefMapping.OutcomeSet outcomes = family.family.outcomes();
    StringBuilder expected = new StringBuilder();
    for (CefMapping.Outcome value : outcomes.values()) {
      expected.append(expected.length() == 0 ? "" : " or ").append(value.token());
    }
    event.find(family.outcomeSlot);
    String text = event.string();
    return new Refusal(
        StopReason.INVALID_FIELD,
        outcomes.field()
            + (text == null ? " is missing" : " is " + Refusal.quoted(text))
            + ", expected "
            + expected);
  }

  private long time(EventValues event, long arrivedAt) {
    if (!event.see(timeSlot)) {
      return arrivedAt;
    }
    if (event.kind == EventValues.TIME) {
      return event.number;
    }
    event.demandText();
    long parsed = times.read(event.bytes, event.from, event.to);
    if (parsed == EventTime.UNREADABLE) {
      counters.countTimeReplaced();
      return arrivedAt;
    }
    return parsed;
  }

  private @Nullable Refusal write(
      EventValues event, @Nullable EventId eventId, EncodedBatch.Builder batch) {
    externalId = sendsEventId ? eventId : null;
    sink.begin(batch);
    line(event, 0);
    pairs = allPairs;
    for (int step = 1; sink.length() > mostBytes; step++) {
      if (step > lastStep) {
        return new Refusal(
            StopReason.TOO_LARGE,
            "the line has " + sink.length() + " bytes even when shortened, over " + mostBytes);
      }
      sink.rewind();
      line(event, step);
      if (sink.length() <= mostBytes) {
        counters.countShortened();
      }
    }
    batch.endLine(sink.at(), facts(event), eventId);
    return null;
  }

  private EventFacts facts(EventValues event) {
    return event.find(groupSlot)
        ? ids.facts(id, severity, category, event.bytes, event.from, event.to)
        : id.facts(severity, category);
  }

  /** Writes the whole line; later steps leave less of it. */
  private void line(EventValues event, int step) {
    header.write(sink, event, time, severity, id.messageId);
    if (head == null) {
      id.writeHead(sink, event, severity);
    } else {
      sink.put(head);
    }
    extension(event, step);
  }

  private void extension(EventValues event, int step) {
    int start = sink.at();
    EventId ownId = externalId;
    KeyPlan[] keys = pairs.keys;
    for (int i = 0; i < keys.length; ) {
      KeyPlan key = keys[i];
      boolean written = step < key.dropFrom && pair(event, key, step, start);
      ownId = written && key.isExternalId ? null : ownId;
      i = written ? pairs.next[i] : i + 1;
    }
    if (ownId != null) {
      externalId(ownId, start);
    }
  }

  /** What {@link EventId#toString} says, without the string. */
  private void externalId(EventId own, int start) {
    sink.put(ownIdLead, sink.at() == start ? 1 : 0);
    sink.putHex(own.source(), 16);
    sink.put('-');
    sink.putHex(own.offset(), 1);
    if (own.element() > 0) {
      sink.put('.');
      sink.putNumber(own.element());
    }
  }

  /**
   * Writes one pair with its label; false when there is nothing to send.
   *
   * @param start where the first pair stands, which has no separator before it
   */
  private boolean pair(EventValues event, KeyPlan key, int step, int start) {
    if (key.isConditional && (isAbsent(event, key) || !key.when.holds(event))) {
      return false;
    }
    if (key.slot != FieldTable.NONE && (!event.see(key.slot) || key.isForTwin(event.address))) {
      return false;
    }
    int before = sink.at();
    sink.put(key.lead, before == start ? 1 : 0);
    if (key.isReady) {
      return true;
    }
    boolean written = value(event, key, step);
    if (!written) {
      sink.end(before);
    } else if (key.tail.length > 0) {
      sink.put(key.tail);
    }
    return written;
  }

  private boolean value(EventValues event, KeyPlan key, int step) {
    if (key.slot != FieldTable.NONE) {
      return field(event, key, step);
    }
    return key.computed == null ? constant(key.constant) : computed(event, key, key.computed);
  }

  private boolean field(EventValues event, KeyPlan key, int step) {
    if (key.words != null) {
      event.demandText();
      return word(key, event, step);
    }
    if (key.type == ValueType.TIMESTAMP && event.kind == EventValues.TIME) {
      sink.putNumber(event.number);
      return true;
    }
    int limit = step >= key.cutFrom ? Math.min(cutCharacters, key.limit) : key.limit;
    ValueWriter.Result result = values.write(sink, key, event, limit);
    if (result == ValueWriter.Result.UNSENDABLE && step == 0) {
      key.dropped.increment();
    }
    return result == ValueWriter.Result.WRITTEN;
  }

  private boolean word(KeyPlan key, EventValues event, int step) {
    int found = key.words == null ? -1 : key.words.find(event.bytes, event.from, event.to);
    if (found < 0) {
      if (step == 0) {
        key.dropped.increment();
      }
      return false;
    }
    sink.put(key.wordBytes[found]);
    return true;
  }

  private boolean computed(EventValues event, KeyPlan key, ComputedValue value) {
    switch (value) {
      case TIME -> sink.putNumber(time);
      case SEVERITY -> sink.putNumber(notation.severity(severity));
      case HOST -> header.writeHost(sink, event, key.limit);
      case NAME -> id.writeName(sink, event, key.limit);
      case OUTCOME -> {
        return constant(id.family.outcomeTokens[outcome]);
      }
      case CATEGORY -> {
        return category != CategoryPlan.NONE && constant(key.categories[category]);
      }
    }
    return true;
  }

  private boolean constant(byte[] bytes) {
    sink.put(bytes);
    return bytes.length > 0;
  }
}
