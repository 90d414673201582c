package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.Outcome;

/** A family of the mapping, prepared: its outcomes by word and its keys by outcome. Immutable. */
final class FamilyPlan {
  final Family family;
  final int outcomeSlot;
  final WordTable outcomeWords = new WordTable();
  final byte[][] outcomeTokens;

  /** The keys that an event of this family may carry, by index of its outcome. */
  final KeyPlan[][] keys;

  FamilyPlan(Family family, FieldTable fields, KeyPlan[][] keys) {
    this.family = family;
    this.keys = keys;
    this.outcomeSlot = fields.slot(family.outcomes().field());
    this.outcomeTokens = new byte[family.outcomes().values().size()][];
    for (int i = 0; i < outcomeTokens.length; i++) {
      Outcome outcome = family.outcomes().values().get(i);
      outcomeTokens[i] = KeyPlan.escaped(outcome.token(), Integer.MAX_VALUE);
      outcomeWords.add(outcome.token(), i);
      for (String alias : outcome.aliases()) {
        outcomeWords.add(alias, i);
      }
    }
  }
}
