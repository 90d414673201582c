package dev.camelsiem.edge.camel.intake;

import java.util.HashMap;
import java.util.Map;

/**
 * What waits complete, in all and of each sender. A sender may have as much more as is left of all
 * when its own is taken off once again: alone it fills half, two fill a third each, and so on. So
 * whoever comes next still finds as much room as each of those has who fill it. Not thread-safe.
 */
final class WaitingBytes {
  private final long limit;
  private final Map<Object, Long> bySender = new HashMap<>();
  private long all;

  /**
   * @param limit bytes of all senders together
   */
  WaitingBytes(long limit) {
    this.limit = limit;
  }

  /** Whether a sender may have so much more. */
  boolean isRoom(Object sender, long more) {
    return bySender.getOrDefault(sender, 0L) + more <= limit - all;
  }

  /** There is more of a sender, or less. */
  void add(Object sender, long more) {
    all += more;
    if (more != 0) {
      bySender.merge(sender, more, (one, other) -> one + other == 0 ? null : one + other);
    }
  }
}
