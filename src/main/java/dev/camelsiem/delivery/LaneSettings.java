package dev.camelsiem.delivery;

import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.integration.Integration;
import java.util.Locale;

/**
 * What a lane needs to know of its integration.
 *
 * @param encodingKey which lines of a record are for it
 * @param filter what it wants of them
 */
public record LaneSettings(Integration integration, long encodingKey, EventFilter filter) {
  /** The key of lines that are for this lane alone, whatever its encoding. */
  public long ownKey() {
    return EventId.source("lane " + name());
  }

  /** The lane's name, without regard to case; cursors hang on it. */
  public String name() {
    return integration.id().toLowerCase(Locale.ROOT);
  }
}
