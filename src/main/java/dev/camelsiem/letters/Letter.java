package dev.camelsiem.letters;

import dev.camelsiem.flow.event.DeadLetter.Cut;
import dev.camelsiem.flow.event.DeadLetter.Part;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it stands in the file.
 *
 * @param number goes up with each letter of a file; 0 in letters of a version that had none
 * @param time when it was written
 * @param firstTime when the event became a dead letter first
 * @param attempts how often it has failed, from 1
 * @param event its bytes and its place; of several events, the place of the first
 * @param count how many events it stands for
 * @param parts the events that its bytes hold one behind the other, each followed by a line feed;
 *     empty when there is one, or when the bytes are a stretch of their source
 * @param shape of a stretch of several events: how they stand in it; null when nobody has said
 * @param reason as {@link dev.camelsiem.flow.event.StopReason#code}, or what a newer version wrote
 * @param route the route that it came by, or null when nobody knew
 * @param cut as in {@link dev.camelsiem.flow.event.DeadLetter}, as are the others
 */
public record Letter(
    long number,
    Instant time,
    Instant firstTime,
    int attempts,
    RawEvent event,
    int count,
    List<Part> parts,
    @Nullable Shape shape,
    String reason,
    String detail,
    String stage,
    @Nullable String rule,
    @Nullable String ruleSet,
    List<String> integrations,
    @Nullable String route,
    @Nullable Cut cut) {
  /** How several events stand in their bytes. */
  public enum Shape {
    /** Elements of one array, commas between them. */
    ELEMENTS,
    /** One on each line. */
    LINES
  }

  public Letter {
    parts = List.copyOf(parts);
    integrations = List.copyOf(integrations);
  }

  /** What people call it: its number, or the id of its event where it has none. */
  public String name() {
    return number > 0 ? Long.toString(number) : event.id().toString();
  }

  /** Its events, each with the id that it had; none when its bytes cannot be told apart. */
  public List<RawEvent> events() {
    return LetterEvents.of(this);
  }

  /** What the ledger knows an event by: its id, and whom it is for. */
  long key(EventId id) {
    return EventId.source(
        integrations.isEmpty() ? id.toString() : id + " " + String.join(",", integrations));
  }
}
