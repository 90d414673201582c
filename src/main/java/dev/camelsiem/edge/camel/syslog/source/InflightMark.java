package dev.camelsiem.edge.camel.syslog.source;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.InflightRepository;
import org.jspecify.annotations.Nullable;

/**
 * Tells Camel that events are on their way before they are an exchange, so that a graceful stop
 * waits for half-read lines and half-filled batches.
 *
 * <p>Counts: as many {@link #end} as {@link #begin}. Thread-safe.
 */
final class InflightMark {
  private final InflightRepository repository;
  private final String routeId;
  private final Supplier<Exchange> exchanges;
  private int holders;
  private @Nullable Exchange mark;

  InflightMark(CamelContext context, String routeId, Supplier<Exchange> exchanges) {
    this.repository = context.getInflightRepository();
    this.routeId = routeId;
    this.exchanges = exchanges;
  }

  synchronized void begin() {
    if (holders++ == 0) {
      mark = exchanges.get();
      repository.add(mark, routeId);
    }
  }

  synchronized void end() {
    if (--holders == 0 && mark != null) {
      repository.remove(mark, routeId);
      mark = null;
    }
  }
}
