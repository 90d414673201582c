package dev.camelsiem.edge.camel.http;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code siem-http-source} answers when a later step has failed: 503 and when to come again.
 * The reason is for our log, not for the sender. Thread-safe.
 */
public final class HttpUnavailable implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(HttpUnavailable.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lastSaid = new AtomicLong(System.nanoTime() - QUIET_NANOS);
  private String retryAfter = "5";

  @Override
  public void process(Exchange exchange) {
    say(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    HttpRefusal refusal =
        new HttpRefusal(
            503,
            "the events can't be taken now: send them again",
            Map.of("Retry-After", retryAfter));
    HttpReply.refuse(exchange, refusal);
  }

  private void say(Throwable failure) {
    long count = refused.incrementAndGet();
    long last = lastSaid.get();
    long now = System.nanoTime();
    if (now - last >= QUIET_NANOS && lastSaid.compareAndSet(last, now)) {
      LOG.warn("A request was answered with 503 ({} so far): {}", count, String.valueOf(failure));
      LOG.debug("Not accepted", failure);
    }
  }

  public void setRetryAfter(int retryAfter) {
    this.retryAfter = String.valueOf(retryAfter);
  }
}
