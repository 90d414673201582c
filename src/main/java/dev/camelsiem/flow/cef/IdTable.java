package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.HeaderLimits;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.StopReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ids that one encoder has met, found by their characters without making a string. Bounded: a
 * flood of invented ids empties it and goes on. Not thread-safe.
 */
final class IdTable {
  private static final int SIZE = 4096;
  private static final int MOST = SIZE / 2;
  private static final int FACTS = 1024;

  /** Facts with a longer agent group are not kept: they would be as much memory as is sent. */
  private static final int LONGEST_KEPT = 256;

  private final CefEncoding encoding;
  private final @Nullable IdPlan[] plans = new IdPlan[SIZE];
  private final @Nullable EventFacts[] facts = new EventFacts[FACTS];
  private int count;
  private Refusal refusal = new Refusal(StopReason.MISSING_ID, "");

  IdTable(CefEncoding encoding) {
    this.encoding = encoding;
  }

  /** The plan of an id, already trimmed; null when it is refused, see {@link #refusal()}. */
  @Nullable IdPlan find(char[] chars, int from, int to) {
    int at = hash(chars, from, to) & SIZE - 1;
    for (IdPlan plan = plans[at]; plan != null; plan = plans[at]) {
      if (equal(plan.id, chars, from, to)) {
        return plan;
      }
      at = at + 1 & SIZE - 1;
    }
    IdPlan plan = make(chars, from, to);
    if (plan != null) {
      keep(plan, chars, from, to);
    }
    return plan;
  }

  /** Why the last id was refused. */
  Refusal refusal() {
    return refusal;
  }

  /** Facts with an agent group, shared by the events that are alike. */
  EventFacts facts(IdPlan plan, int severity, char[] chars, int from, int to) {
    int at = (hash(chars, from, to) * 31 + plan.id.hashCode() * 11 + severity) & FACTS - 1;
    EventFacts known = facts[at];
    if (known != null
        && known.severity() == severity
        && known.id().equals(plan.id)
        && known.agentGroup() != null
        && equal(known.agentGroup(), chars, from, to)) {
      return known;
    }
    EventFacts made = plan.facts(severity, new String(chars, from, to - from));
    if (to - from <= LONGEST_KEPT) {
      facts[at] = made;
    }
    return made;
  }

  private void keep(IdPlan plan, char[] chars, int from, int to) {
    if (count == MOST) {
      Arrays.fill(plans, null);
      count = 0;
    }
    int at = hash(chars, from, to) & SIZE - 1;
    while (plans[at] != null) {
      at = at + 1 & SIZE - 1;
    }
    plans[at] = plan;
    count++;
  }

  private @Nullable IdPlan make(char[] chars, int from, int to) {
    if (from == to) {
      refusal = new Refusal(StopReason.MISSING_ID, "the event has no " + idField());
      return null;
    }
    String id = new String(chars, from, Math.min(to - from, HeaderLimits.ID));
    if (to - from > HeaderLimits.ID || !isPlain(id)) {
      refusal =
          new Refusal(
              StopReason.INVALID_FIELD,
              idField() + " must be letters, digits, `-`, `_`, `.`, found " + Refusal.quoted(id));
      return null;
    }
    int end = id.indexOf(encoding.mapping().event().familySeparator());
    FamilyPlan family = encoding.family(end < 0 ? id : id.substring(0, end));
    if (family == null) {
      refusal =
          new Refusal(
              StopReason.UNKNOWN_FAMILY,
              "no family of the mapping begins the " + idField() + " " + Refusal.quoted(id));
      return null;
    }
    return new IdPlan(id, family, encoding.mapping(), encoding.options());
  }

  private String idField() {
    return encoding.mapping().event().id();
  }

  private boolean isPlain(String id) {
    char separator = encoding.mapping().event().familySeparator();
    return id.chars()
        .allMatch(
            c ->
                Ascii.isLetterOrDigit(c)
                    || c == '-'
                    || c == '_'
                    || c == '.'
                    || (c == separator && c > ' ' && c < 0x7F && c != '\\'));
  }

  private static int hash(char[] chars, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + chars[i];
    }
    return hash ^ hash >>> 15;
  }

  private static boolean equal(String text, char[] chars, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != chars[from + i]) {
        return false;
      }
    }
    return true;
  }
}
