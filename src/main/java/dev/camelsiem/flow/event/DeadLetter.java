package dev.camelsiem.flow.event;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event that had to stop, or several that stand side by side and had to stop for the same
 * reason: the bytes, the reason and the stage that stopped them.
 *
 * @param event the raw event, bytes as they came; of several, the stretch from the first to the
 *     last
 * @param reason the kind of stop
 * @param detail one sentence for people, without line breaks; of several, what it says of the first
 * @param stage the step that stopped it, such as {@code cef} or {@code normalize}
 * @param count how many events it stands for, at least 1
 * @param rule the rule that stopped it or came closest, or null
 * @param ruleSet the version of the rules or of the mapping that it met, or null
 * @param integrations those that alone refused it, while the others got it; empty when it stopped
 *     for all
 * @param cut what the bytes are the beginning of, or null when they are all that came
 * @param parts the events that the bytes hold one behind the other, each followed by a line feed;
 *     empty when there is one, or when the bytes are a stretch of their source
 */
public record DeadLetter(
    RawEvent event,
    StopReason reason,
    String detail,
    String stage,
    int count,
    @Nullable String rule,
    @Nullable String ruleSet,
    List<String> integrations,
    @Nullable Cut cut,
    List<Part> parts) {
  /**
   * The whole of what is kept in part.
   *
   * @param length its bytes
   * @param sha256 of the whole, in hex; null when nobody has read it to its end
   */
  public record Cut(long length, @Nullable String sha256) {}

  /**
   * One of several events of a letter that do not stand side by side.
   *
   * @param offset as in {@link EventId}
   * @param element as in {@link EventId}
   * @param length in bytes
   */
  public record Part(long offset, int element, int length) {}

  public DeadLetter {
    if (count < 1) {
      throw new IllegalArgumentException("a dead letter of " + count + " events");
    }
    integrations = List.copyOf(integrations);
    parts = List.copyOf(parts);
  }

  /** The letter of several events that no rule and no single integration has stopped. */
  public DeadLetter(RawEvent event, StopReason reason, String detail, String stage, int count) {
    this(event, reason, detail, stage, count, null, null, List.of(), null, List.of());
  }

  /** The letter of one event. */
  public DeadLetter(RawEvent event, StopReason reason, String detail, String stage) {
    this(event, reason, detail, stage, 1);
  }

  /** The same, with the rule that stopped it and the version of the rules that it met. */
  public DeadLetter by(@Nullable String stoppingRule, @Nullable String version) {
    return new DeadLetter(
        event, reason, detail, stage, count, stoppingRule, version, integrations, cut, parts);
  }

  /** The same, for some integrations that alone refused it. */
  public DeadLetter only(List<String> refusing) {
    return new DeadLetter(event, reason, detail, stage, count, rule, ruleSet, refusing, cut, parts);
  }

  /** The same, whose bytes are the beginning of more. */
  public DeadLetter cutFrom(long length, @Nullable String sha256) {
    return new DeadLetter(
        event,
        reason,
        detail,
        stage,
        count,
        rule,
        ruleSet,
        integrations,
        new Cut(length, sha256),
        parts);
  }

  /** The same for more events side by side, of which this stands for the first. */
  public DeadLetter spanning(RawEvent stretch, int events) {
    return new DeadLetter(
        stretch, reason, detail, stage, events, rule, ruleSet, integrations, cut, List.of());
  }

  /** The same for several events, of which this stands for the first. */
  public DeadLetter joining(RawEvent all, List<Part> events) {
    return new DeadLetter(
        all, reason, detail, stage, events.size(), rule, ruleSet, integrations, cut, events);
  }

  /**
   * Whether another one of the same source stopped for the same reason, at the same stage, by the
   * same rule and for the same integrations, so that one letter can stand for both.
   */
  public boolean isLike(DeadLetter other) {
    return cut == null
        && other.cut == null
        && event.source() == other.event.source()
        && event.origin().equals(other.event.origin())
        && stoppedLike(other);
  }

  /** Whether another one, wherever it is from, stopped for the same reason in every respect. */
  public boolean stoppedLike(DeadLetter other) {
    return reason == other.reason
        && stage.equals(other.stage)
        && Objects.equals(rule, other.rule)
        && Objects.equals(ruleSet, other.ruleSet)
        && integrations.equals(other.integrations);
  }
}
