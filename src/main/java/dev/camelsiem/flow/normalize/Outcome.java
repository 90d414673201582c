package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.event.StopReason;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event.
 *
 * @param stop null when it was normalized, else why it stopped
 * @param ruleId the rule that normalized or dropped it or failed on it, or came closest; null when
 *     there is none
 * @param detail one sentence for people, without line breaks; empty when it was normalized
 */
public record Outcome(@Nullable StopReason stop, @Nullable String ruleId, String detail) {
  static Outcome normalized(String ruleId) {
    return new Outcome(null, ruleId, "");
  }

  public boolean isNormalized() {
    return stop == null;
  }
}
