package dev.camelsiem.edge.camel.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step of {@code siem-http-source} after a later step has failed: the reason goes to our log, never
 * to the sender. Thread-safe.
 */
public final class HttpFailure implements Processor {
  /** Exchange property that tells {@link HttpConsumer} of a failure that was caught. */
  static final String PROPERTY = "SiemHttpFailure";

  private static final Logger LOG = LoggerFactory.getLogger(HttpFailure.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final AtomicLong FAILURES = new AtomicLong();
  private static final AtomicLong LAST_SAID = new AtomicLong(System.nanoTime() - QUIET_NANOS);

  @Override
  public void process(Exchange exchange) {
    exchange.setProperty(PROPERTY, true);
    log(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }

  /** Says at most every ten seconds why something was not accepted. */
  static void log(@Nullable Throwable failure) {
    long count = FAILURES.incrementAndGet();
    long last = LAST_SAID.get();
    long now = System.nanoTime();
    if (now - last >= QUIET_NANOS && LAST_SAID.compareAndSet(last, now)) {
      LOG.warn("A request was answered with 503 ({} so far): {}", count, String.valueOf(failure));
      LOG.debug("Not accepted", failure);
    }
  }
}
