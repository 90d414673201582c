package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.LogLimit;
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
  private static final LogLimit FAILURES = new LogLimit();

  @Override
  public void process(Exchange exchange) {
    exchange.setProperty(PROPERTY, true);
    log(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }

  /** Says at most once a minute why something was not accepted. */
  static void log(@Nullable Throwable failure) {
    if (FAILURES.count()) {
      LOG.warn(
          "A request was answered with 503 ({} so far): {}",
          FAILURES.total(),
          String.valueOf(failure));
      LOG.debug("Not accepted", failure);
    }
  }
}
