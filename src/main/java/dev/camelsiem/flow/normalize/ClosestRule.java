package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.eval.Trace;
import dev.camelsiem.lang.pattern.Match;
import dev.camelsiem.lang.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/** Listens to rules that do not match and remembers which got furthest in the text, and why. */
final class ClosestRule implements Trace {
  private static final String NOT_LOOKED_FOR =
      "no rule matches; which comes closest was not looked for, since so many events are for none";

  private static final int SHOWN = 24;

  private String current = "";
  private @Nullable String rule;
  private int furthest = -1;
  private String why = "";
  private boolean early;
  private boolean skipped;
  private boolean headMatched;

  /** The next rule that is tried. */
  void next(String id) {
    current = id;
    headMatched = false;
  }

  /** That no rule matches, and which came closest. */
  Outcome outcome() {
    if (skipped) {
      return new Outcome(StopReason.NO_RULE_MATCHED, null, NOT_LOOKED_FOR);
    }
    String detail =
        rule == null ? "no rule is for such events" : "closest was " + rule + ": " + why;
    String some = early ? "; not all rules were tried, since the event is too costly" : "";
    return new Outcome(StopReason.NO_RULE_MATCHED, rule, detail + some);
  }

  /** No rule was tried, though some come close. */
  void notLookedFor() {
    skipped = true;
  }

  /** Some rules were not tried. */
  void endedEarly() {
    early = true;
  }

  @Override
  public void pattern(
      TextPattern pattern, byte[] bytes, int from, int to, Match match, boolean matched) {
    if (matched) {
      headMatched = true;
    } else if (!headMatched && match.furthest() - from > furthest) {
      rule = current;
      furthest = match.furthest() - from;
      why = "expected " + match.expected() + " at offset " + furthest + found(bytes, match, to);
    }
  }

  private static String found(byte[] bytes, Match match, int to) {
    int end = Math.min(to, match.furthest() + SHOWN);
    if (end == match.furthest()) {
      return ", found the end";
    }
    StringBuilder shown = new StringBuilder(", found `");
    for (int i = match.furthest(); i < end; i++) {
      shown.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
    }
    return shown.append('`').toString();
  }

  @Override
  public void structured(Span head, boolean matched) {
    headMatched |= matched;
  }

  @Override
  public void condition(Span part, boolean holds, java.util.List<Operand> operands) {
    if (headMatched && !holds && furthest < Integer.MAX_VALUE) {
      rule = current;
      furthest = Integer.MAX_VALUE;
      why = "its head matches, its condition does not hold";
    }
  }
}
