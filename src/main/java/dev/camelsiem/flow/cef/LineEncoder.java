package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.ComputedValue;
import dev.camelsiem.flow.cef.mapping.ValueType;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of one mapping, straight into a batch. Belongs to one thread; in its steady
 * state an event allocates nothing.
 */
final class LineEncoder {
  private final CefCounters counters;
  private final IdTable ids;
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
  private final byte[] ownIdLead;

  private IdPlan id;
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
    this.ownIdLead = notation.lead(KeyPlan.EXTERNAL_ID);
    this.id = new IdPlan("", plan.anyFamily(), plan);
  }

  /**
   * Adds the line of one event to a batch.
   *
   * @param plan of the event's id
   * @return null when it was added, otherwise why not; the batch is then as before
   */
  @Nullable Refusal encode(
      SecurityEvent event,
      IdPlan plan,
      long arrivedAt,
      @Nullable EventId eventId,
      EncodedBatch.Builder batch) {
    Refusal refusal = prepare(event, plan, arrivedAt);
    if (refusal != null) {
      return refusal;
    }
    externalId = sendsEventId ? eventId : null;
    return write(event, eventId, batch);
  }

  private @Nullable Refusal prepare(SecurityEvent event, IdPlan plan, long arrivedAt) {
    id = plan;
    time = time(event, arrivedAt);
    FamilyPlan family = plan.family;
    outcome = outcome(event, family);
    if (outcome < 0) {
      return unknownOutcome(event, family);
    }
    severity = id.severity(event, outcome);
    category = family.category == CategoryPlan.NONE ? categories.of(event) : family.category;
    return null;
  }

  private static int outcome(SecurityEvent event, FamilyPlan family) {
    int slot = family.outcomeSlot;
    int from = event.start(slot);
    int found = family.outcomeWords.find(event.bytes(slot), from, event.end(slot, from));
    return found < 0 ? family.family.outcomes().otherwise() : found;
  }

  private static Refusal unknownOutcome(SecurityEvent event, FamilyPlan family) {
    CefMapping.OutcomeSet outcomes = family.family.outcomes();
    StringBuilder expected = new StringBuilder();
    for (CefMapping.Outcome value : outcomes.values()) {
      expected.append(expected.length() == 0 ? "" : " or ").append(value.token());
    }
    String text = event.text(outcomes.field());
    return new Refusal(
        StopReason.INVALID_FIELD,
        outcomes.field()
            + (text == null ? " is missing" : " is " + Refusal.quoted(text))
            + ", expected "
            + expected);
  }

  private long time(SecurityEvent event, long arrivedAt) {
    if (event.kind(timeSlot) == SecurityEvent.TIME) {
      return event.millis(timeSlot);
    }
    int from = event.start(timeSlot);
    int to = event.end(timeSlot, from);
    if (from == to) {
      return arrivedAt;
    }
    long parsed = EventTime.parse(event.bytes(timeSlot), from, to);
    if (parsed == EventTime.UNREADABLE) {
      counters.countTimeReplaced();
      return arrivedAt;
    }
    return parsed;
  }

  private @Nullable Refusal write(
      SecurityEvent event, @Nullable EventId eventId, EncodedBatch.Builder batch) {
    sink.begin(batch);
    line(event, 0);
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
    batch.endEvent(sink.at(), facts(event), eventId);
    counters.countEncoded();
    return null;
  }

  private EventFacts facts(SecurityEvent event) {
    int from = event.start(groupSlot);
    int to = event.end(groupSlot, from);
    return from == to
        ? id.facts(severity, category)
        : ids.facts(id, severity, category, event.bytes(groupSlot), from, to);
  }

  /** Writes the whole line; later steps leave less of it. */
  private void line(SecurityEvent event, int step) {
    header.write(sink, event, time, severity, id.messageId);
    id.writeHead(sink, event, severity);
    extension(event, step);
  }

  private void extension(SecurityEvent event, int step) {
    int start = sink.at();
    EventId ownId = externalId;
    KeyPlan[] keys = id.family.keys[outcome];
    for (int i = 0; i < keys.length; i++) {
      KeyPlan key = keys[i];
      if (step < key.dropFrom && pair(event, key, step, start)) {
        ownId = key.isExternalId ? null : ownId;
        while (i + 1 < keys.length && keys[i + 1].key.equals(key.key)) {
          i++; // another entry for the same key: this one had a value
        }
      }
    }
    if (ownId != null) {
      externalId(ownId, start);
    }
  }

  /** What {@link EventId#toString} says, without the string. */
  private void externalId(EventId own, int start) {
    int skipped = sink.at() == start ? 1 : 0;
    sink.put(ownIdLead, skipped, ownIdLead.length - skipped);
    sink.putHex(own.source(), 16);
    sink.put('-');
    sink.putHex(own.offset(), 1);
    if (own.element() > 0) {
      sink.put('.');
      sink.putNumber(own.element());
    }
  }

  /** Writes one pair with its label; false when there is nothing to send. */
  private boolean pair(SecurityEvent event, KeyPlan key, int step, int start) {
    if (key.slot != FieldTable.NONE && event.kind(key.slot) == SecurityEvent.ABSENT) {
      return false;
    }
    if (!key.when.holds(event)) {
      return false;
    }
    int before = sink.at();
    int skipped = before == start ? 1 : 0;
    sink.put(key.lead, skipped, key.lead.length - skipped);
    boolean written = value(event, key, step);
    if (written) {
      sink.put(key.tail);
    } else {
      sink.end(before);
    }
    return written;
  }

  private boolean value(SecurityEvent event, KeyPlan key, int step) {
    if (key.slot != FieldTable.NONE) {
      return field(event, key, step);
    }
    return key.computed == null ? constant(key.constant) : computed(event, key, key.computed);
  }

  private boolean field(SecurityEvent event, KeyPlan key, int step) {
    byte[] bytes = event.bytes(key.slot);
    int from = event.start(key.slot);
    int to = event.end(key.slot, from);
    if (from == to) {
      return false;
    }
    if (key.words != null) {
      return word(key, bytes, from, to, step);
    }
    sink.put(key.prefix);
    if (key.type == ValueType.TIMESTAMP && event.kind(key.slot) == SecurityEvent.TIME) {
      sink.putNumber(event.millis(key.slot));
      return true;
    }
    if (key.keepsBlanks) {
      from = event.startWithBlanks(key.slot);
      to = event.endWithBlanks(key.slot);
    }
    int limit = step >= key.cutFrom ? Math.min(cutCharacters, key.limit) : key.limit;
    ValueWriter.Result result =
        values.write(sink, key, bytes, from, to, event.kind(key.slot), limit);
    if (result == ValueWriter.Result.UNSENDABLE && step == 0) {
      key.dropped.increment();
    }
    return result == ValueWriter.Result.WRITTEN;
  }

  private boolean word(KeyPlan key, byte[] bytes, int from, int to, int step) {
    int found = key.words == null ? -1 : key.words.find(bytes, from, to);
    if (found < 0) {
      if (step == 0) {
        key.dropped.increment();
      }
      return false;
    }
    sink.put(key.wordBytes[found]);
    return true;
  }

  private boolean computed(SecurityEvent event, KeyPlan key, ComputedValue value) {
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
