package dev.camelsiem.integration.delivery;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an outlet counts. Guarded by its outlet. */
final class OutletCounters {
  long accepted;
  long sent;
  long sentBytes;
  long spooled;
  long resent;
  long connections;
  @Nullable String lastError;
  long lastSuccess;
  private final Map<String, Long> dropped = new TreeMap<>();

  void dropped(String cause, long events) {
    dropped.merge(cause, events, Long::sum);
  }

  Map<String, Long> dropped() {
    return Map.copyOf(dropped);
  }
}
