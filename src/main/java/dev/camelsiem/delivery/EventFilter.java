package dev.camelsiem.delivery;

import dev.camelsiem.flow.category.Subscription;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the log a lane wants; asked when they are read, so a change reaches the backlog.
 */
@FunctionalInterface
public interface EventFilter {
  /** Wants whatever there is. */
  EventFilter EVERYTHING = facts -> true;

  /**
   * Whether to deliver an event.
   *
   * @param facts null when the encoder knew nothing of the event
   */
  boolean wants(@Nullable EventFacts facts);

  /** The filter of an integration: an event that nothing is known of belongs to no category. */
  static EventFilter of(Subscription subscription) {
    return facts -> facts != null && subscription.wants(facts);
  }

  /** The lines that it wants; facts that stand in a row are asked for once. */
  default EncodedBatch select(EncodedBatch lines) {
    Memory memory = new Memory(this);
    int wanted = 0;
    while (wanted < lines.size() && memory.wants(lines.facts(wanted))) {
      wanted++;
    }
    int begin = wanted;
    return wanted == lines.size() // nothing to copy, as most often
        ? lines
        : lines.select(i -> i < begin || memory.wants(lines.facts(i)));
  }

  /** The last answer, since events of a kind come in runs and share their facts. */
  final class Memory {
    private final EventFilter filter;
    private @Nullable EventFacts last;
    private boolean answer;
    private boolean asked;

    private Memory(EventFilter filter) {
      this.filter = filter;
    }

    @SuppressWarnings("ReferenceEquality") // the same object is the usual case, and cheap to see
    boolean wants(@Nullable EventFacts facts) {
      if (!asked || facts != last) {
        answer = filter.wants(facts);
        last = facts;
        asked = true;
      }
      return answer;
    }
  }
}
