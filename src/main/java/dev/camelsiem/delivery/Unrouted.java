package dev.camelsiem.delivery;

import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events that came while no integration was enabled: counted, and told each time they double. */
final class Unrouted {
  private static final Logger LOG = LoggerFactory.getLogger(Unrouted.class);

  private final LongAdder events = new LongAdder();

  void add(long more) {
    events.add(more);
    long sum = events.sum();
    if (Long.highestOneBit(sum) != Long.highestOneBit(sum - more)) {
      LOG.error("no integration is enabled: {} events were delivered to nobody so far", sum);
    }
  }

  long events() {
    return events.sum();
  }
}
