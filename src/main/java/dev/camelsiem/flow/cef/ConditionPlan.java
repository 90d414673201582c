package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping.Condition;
import java.util.List;
import java.util.function.IntPredicate;

/** Conditions on the fields of an event, all of which must hold; prepared. Immutable. */
final class ConditionPlan {
  /** None, so that they hold for every event. */
  static final ConditionPlan NONE = new ConditionPlan(List.of(), new FieldTable(List.of()));

  private final int[] slots;
  private final WordTable[] words;

  ConditionPlan(List<Condition> conditions, FieldTable fields) {
    slots = new int[conditions.size()];
    words = new WordTable[slots.length];
    for (int i = 0; i < slots.length; i++) {
      WordTable table = new WordTable();
      conditions.get(i).words().forEach(word -> table.add(word, 0));
      slots[i] = fields.slot(conditions.get(i).field());
      words[i] = table;
    }
  }

  boolean holds(EventValues event) {
    for (int i = 0; i < slots.length; i++) {
      event.find(slots[i]);
      if (words[i].find(event.bytes, event.from, event.to) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether they may hold for events that have some of the fields at most. */
  boolean mayHold(IntPredicate has) {
    for (int i = 0; i < slots.length; i++) {
      if (!has.test(slots[i]) && words[i].find(EventValues.NOTHING, 0, 0) < 0) {
        return false;
      }
    }
    return true;
  }
}
