package dev.camelsiem.flow.event;

/**
 * An event that had to stop: its bytes, its reason and the place where it stopped.
 *
 * @param event the raw event, bytes as they came
 * @param reason the kind of stop
 * @param detail one sentence for people, without line breaks
 * @param place the step that stopped it, such as {@code cef} or {@code normalize}
 */
public record DeadLetter(RawEvent event, StopReason reason, String detail, String place) {}
