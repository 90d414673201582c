package dev.camelsiem.flow.event;

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
 */
public record DeadLetter(
    RawEvent event, StopReason reason, String detail, String stage, int count) {
  public DeadLetter {
    if (count < 1) {
      throw new IllegalArgumentException("a dead letter of " + count + " events");
    }
  }

  /** The letter of one event. */
  public DeadLetter(RawEvent event, StopReason reason, String detail, String stage) {
    this(event, reason, detail, stage, 1);
  }
}
