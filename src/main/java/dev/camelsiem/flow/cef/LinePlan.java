package dev.camelsiem.flow.cef;

import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * What is the same in the lines of all events of a rule that agree on the fields which decide what
 * is written at all. Immutable.
 */
final class LinePlan {
  final IdPlan id;
  final int outcome;
  final int severity;
  final int category;

  /** The line up to the severity, or null when an event has a say in it. */
  final @Nullable Piece head;

  /** Those whose conditions hold; those that are always the same are ready. */
  final PairList pairs;

  /** What a line that is made shorter is written from. */
  final PairList allPairs;

  LinePlan(
      IdPlan id,
      int outcome,
      int severity,
      int category,
      @Nullable Piece head,
      PairList pairs,
      PairList allPairs) {
    this.id = id;
    this.outcome = outcome;
    this.severity = severity;
    this.category = category;
    this.head = head;
    this.pairs = pairs;
    this.allPairs = allPairs;
  }

  /** A plan with the values that an event must have for it. */
  static final class Known {
    private final @Nullable Text[] values;
    final LinePlan plan;

    /**
     * @param values of the deciding fields in their order, null for one that is not set
     */
    Known(@Nullable Text[] values, LinePlan plan) {
      this.values = values;
      this.plan = plan;
    }

    @SuppressWarnings("ReferenceEquality") // constants of a rule are the same objects each time
    boolean isFor(FrameValues event, int[] slots) {
      for (int i = 0; i < slots.length; i++) {
        Object value = event.value(slots[i]);
        Text wanted = values[i];
        if (value != wanted && (wanted == null || !wanted.equals(value))) {
          return false;
        }
      }
      return true;
    }
  }
}
