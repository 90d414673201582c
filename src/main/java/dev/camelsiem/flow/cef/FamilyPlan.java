package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.Outcome;

/** A family of the mapping, prepared: its outcomes by word and its pairs by outcome. Immutable. */
final class FamilyPlan {
  final Family family;

  /** Where an event says how it ended, or {@link FieldTable#NONE}: then all end alike. */
  final int outcomeSlot;

  /** Where an event says its severity, or {@link FieldTable#NONE}. */
  final int severitySlot;

  /** Severities of the words that may stand there. */
  final WordTable severityWords = new WordTable();

  /** The category of all events, or {@link CategoryPlan#NONE}. */
  final int category;

  final WordTable outcomeWords = new WordTable();
  final byte[][] outcomeTokens;

  /** What an event of this family may carry, by index of its outcome. */
  final PairList[] pairs;

  FamilyPlan(Family family, FieldTable fields, int category, PairList[] pairs, Notation notation) {
    this.family = family;
    this.pairs = pairs;
    this.outcomeSlot =
        family.outcomes().isNone() ? FieldTable.NONE : fields.slot(family.outcomes().field());
    this.severitySlot =
        family.severityField() == null ? FieldTable.NONE : fields.slot(family.severityField());
    family.severityWords().forEach(severityWords::add);
    this.category = category;
    this.outcomeTokens = new byte[family.outcomes().values().size()][];
    for (int i = 0; i < outcomeTokens.length; i++) {
      Outcome outcome = family.outcomes().values().get(i);
      outcomeTokens[i] = notation.value(outcome.token(), Integer.MAX_VALUE);
      outcomeWords.add(outcome.token(), i);
      for (String alias : outcome.aliases()) {
        outcomeWords.add(alias, i);
      }
    }
  }
}
