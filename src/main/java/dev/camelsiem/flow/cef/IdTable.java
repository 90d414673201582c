package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.HeaderLimits;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids that one encoder has met, found by their bytes without making a string. Bounded: a flood
 * of invented ids empties it and goes on. Not thread-safe.
 */
final class IdTable {
  private static final int SIZE = 4096;
  private static final int MOST = SIZE / 2;
  private static final int FACTS = 1024;

  /** Facts with a longer agent group are not kept: they would be as much memory as is sent. */
  private static final int LONGEST_KEPT = 256;

  private final List<MappingPlan> mappings;
  private final String idField;
  private final @Nullable IdPlan[] plans = new IdPlan[SIZE];
  private final @Nullable GroupFacts[] facts = new GroupFacts[FACTS];
  private int count;
  private Refusal refusal = new Refusal(StopReason.MISSING_ID, "");

  /** Facts with the name of their agent group in UTF-8. */
  private static final class GroupFacts {
    final EventFacts facts;
    final int category;
    final byte[] group;

    GroupFacts(EventFacts facts, int category, byte[] group) {
      this.facts = facts;
      this.category = category;
      this.group = group;
    }
  }

  /**
   * @param mappings in the order in which they are asked
   * @param idField what the field with the id is called
   */
  IdTable(List<MappingPlan> mappings, String idField) {
    this.mappings = mappings;
    this.idField = idField;
  }

  /** The plan of an id, already trimmed; null when it is refused, see {@link #refusal()}. */
  @Nullable IdPlan find(byte[] bytes, int from, int to) {
    int at = hash(bytes, from, to) & SIZE - 1;
    for (IdPlan plan = plans[at]; plan != null; plan = plans[at]) {
      if (equal(plan.id, bytes, from, to)) {
        return plan;
      }
      at = at + 1 & SIZE - 1;
    }
    IdPlan plan = make(bytes, from, to);
    if (plan != null) {
      keep(plan, bytes, from, to);
    }
    return plan;
  }

  /** Why the last id was refused. */
  Refusal refusal() {
    return refusal;
  }

  /** Facts with an agent group, shared by the events that are alike. */
  EventFacts facts(IdPlan plan, int severity, int category, byte[] bytes, int from, int to) {
    int at =
        ((hash(bytes, from, to) * 31 + plan.id.hashCode()) * 11 + severity * 31 + category)
            & FACTS - 1;
    GroupFacts known = facts[at];
    if (known != null
        && known.category == category
        && known.facts.severity() == severity
        && known.facts.id().equals(plan.id)
        && Arrays.equals(known.group, 0, known.group.length, bytes, from, to)) {
      return known.facts;
    }
    byte[] group = Arrays.copyOfRange(bytes, from, to);
    EventFacts made = plan.facts(severity, category, new String(group, StandardCharsets.UTF_8));
    if (group.length <= LONGEST_KEPT) {
      facts[at] = new GroupFacts(made, category, group);
    }
    return made;
  }

  private void keep(IdPlan plan, byte[] bytes, int from, int to) {
    if (count == MOST) {
      Arrays.fill(plans, null);
      count = 0;
    }
    int at = hash(bytes, from, to) & SIZE - 1;
    while (plans[at] != null) {
      at = at + 1 & SIZE - 1;
    }
    plans[at] = plan;
    count++;
  }

  private @Nullable IdPlan make(byte[] bytes, int from, int to) {
    if (from == to) {
      refusal = new Refusal(StopReason.MISSING_ID, "the event has no " + idField);
      return null;
    }
    String id =
        new String(bytes, from, Math.min(to - from, HeaderLimits.ID), StandardCharsets.UTF_8);
    boolean plain = to - from <= HeaderLimits.ID;
    for (MappingPlan mapping : mappings) {
      FamilyPlan family = plain && isPlain(id, mapping) ? mapping.family(id) : null;
      if (family != null) {
        return new IdPlan(id, family, mapping);
      }
    }
    plain &= mappings.stream().anyMatch(each -> isPlain(id, each));
    refusal = plain ? unknown(id) : notPlain(id);
    return null;
  }

  private Refusal unknown(String id) {
    boolean theirs = mappings.stream().anyMatch(each -> each.isFor(id));
    String which =
        mappings.size() == 1
            ? theirs ? "no family of the mapping has" : "the mapping is not for"
            : theirs ? "no mapping has a family for" : "no mapping is for";
    return new Refusal(
        StopReason.UNKNOWN_FAMILY, which + " the " + idField + " " + Refusal.quoted(id));
  }

  private Refusal notPlain(String id) {
    return new Refusal(
        StopReason.INVALID_FIELD,
        idField + " must be letters, digits, `-`, `_`, `.`, found " + Refusal.quoted(id));
  }

  private static boolean isPlain(String id, MappingPlan plan) {
    char separator = plan.mapping().event().familySeparator();
    return id.chars()
        .allMatch(
            c ->
                Ascii.isAlphanumeric(c)
                    || c == '-'
                    || c == '_'
                    || c == '.'
                    || (c == separator && c > ' ' && c < 0x7F && c != '\\'));
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ hash >>> 15;
  }

  private static boolean equal(String text, byte[] bytes, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}
