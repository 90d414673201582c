package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.LogEntry;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts batches into records that readers can take one at a time. */
public final class LogEntries {
  private static final int MOST_EVENTS = 500;
  private static final int MOST_BYTES = 1 << 20;

  private static final EncodedBatch NOTHING = new EncodedBatch.Builder(0).build();

  /** Marks a record that is for some lanes alone. */
  static final long ONLY_SOME = EventId.source("for some lanes alone");

  private LogEntries() {}

  /**
   * The records of one batch: at most 500 events and, but for single larger ones, 1 MiB each.
   *
   * @param keys the encoding of each batch
   * @param batches the same events, but for those that an encoding has refused
   */
  public static List<LogEntry> of(List<Long> keys, List<EncodedBatch> batches) {
    int size = batches.stream().mapToInt(EncodedBatch::size).max().orElse(0);
    List<LogEntry> entries = new ArrayList<>(size / MOST_EVENTS + 1);
    int from = 0;
    while (from < size) {
      int to = from;
      for (EncodedBatch batch : batches) {
        to = Math.max(to, end(batch, from));
      }
      Map<Long, EncodedBatch> lines = new HashMap<>();
      for (int i = 0; i < batches.size(); i++) {
        lines.put(keys.get(i), part(batches.get(i), from, to)); // also none: all were refused
      }
      entries.add(new LogEntry(to - from, lines));
      from = to;
    }
    return entries;
  }

  /**
   * The records of a batch for some lanes alone: the others find nothing in it, as if they had
   * filtered it out.
   *
   * @param all the encodings of all lanes
   * @param lines by {@link LaneSettings#ownKey}
   */
  public static List<LogEntry> only(List<Long> all, Map<Long, EncodedBatch> lines) {
    List<Long> keys = List.copyOf(lines.keySet());
    List<LogEntry> entries = new ArrayList<>();
    for (LogEntry entry : of(keys, keys.stream().map(lines::get).toList())) {
      Map<Long, EncodedBatch> sections = new HashMap<>(entry.lines());
      all.forEach(key -> sections.put(key, NOTHING));
      sections.put(ONLY_SOME, NOTHING);
      entries.add(new LogEntry(entry.events(), sections));
    }
    return entries;
  }

  /** Where a record that begins here ends, for one batch; at least one event further on. */
  private static int end(EncodedBatch batch, int from) {
    int most = Math.min(batch.size(), from + MOST_EVENTS);
    int to = Math.min(batch.size(), from + 1);
    while (to < most && batch.end(to) - batch.start(from) <= MOST_BYTES) {
      to++;
    }
    return to;
  }

  private static EncodedBatch part(EncodedBatch batch, int from, int to) {
    int begin = Math.min(from, batch.size());
    return batch.slice(begin, Math.min(to, batch.size()));
  }
}
