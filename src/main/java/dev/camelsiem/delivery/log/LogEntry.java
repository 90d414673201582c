package dev.camelsiem.delivery.log;

import dev.camelsiem.flow.event.EncodedBatch;
import java.util.Map;

/**
 * What one record holds.
 *
 * @param events how many events it stands for; each takes a sequence number, also one that some
 *     encoding could not write
 * @param lines the lines of each encoding, by its key; no line holds a line break
 */
public record LogEntry(int events, Map<Long, EncodedBatch> lines) {
  public LogEntry {
    lines = Map.copyOf(lines);
  }
}
