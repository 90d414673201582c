package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping.Condition;
import java.util.List;

/** Conditions on the fields of an event, all of which must hold; prepared. Immutable. */
final class ConditionPlan {
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

  boolean holds(SecurityEvent event) {
    for (int i = 0; i < slots.length; i++) {
      int from = event.start(slots[i]);
      if (words[i].find(event.bytes(slots[i]), from, event.end(slots[i], from)) < 0) {
        return false;
      }
    }
    return true;
  }
}
