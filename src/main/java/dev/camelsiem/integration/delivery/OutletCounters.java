package dev.camelsiem.integration.delivery;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What an outlet counts. Plain numbers are guarded by the outlet, the others by themselves. */
final class OutletCounters {
  /** More causes than this share one name: they come from outside. */
  private static final int MOST_CAUSES = 20;

  final AtomicLong connections = new AtomicLong();
  final LongAdder filtered = new LongAdder();
  long accepted;
  long sent;
  long sentBytes;
  long spooled;
  long resent;
  long lastSuccess;
  volatile @Nullable String lastError;
  private final Map<String, Long> dropped = new ConcurrentHashMap<>();

  void dropped(String cause, long events) {
    boolean known = dropped.containsKey(cause) || dropped.size() < MOST_CAUSES;
    dropped.merge(known ? cause : "other", events, Long::sum);
  }

  Map<String, Long> dropped() {
    return Collections.unmodifiableMap(new TreeMap<>(dropped));
  }
}
