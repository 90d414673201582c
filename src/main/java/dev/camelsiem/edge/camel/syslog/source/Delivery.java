package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.delivery.log.LogFullException;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.edge.camel.SourceRoutes;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.supervise.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches through the route, again and again when it fails, then to the dead letters.
 *
 * <p>Syslog cannot tell its sender that an event was not taken; all a receiver can do is not to
 * read on while it tries.
 */
final class Delivery implements BatchQueue.Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String PLACE = "syslog-source";

  private final DefaultConsumer consumer;
  private final DeadLetters deadLetters;
  private final int retries;
  private final Backoff pauses;

  /**
   * @param retries how often a batch is tried again; -1 is for ever, and so is a full log
   * @param firstPauseMillis at most before the first of them; doubles up to a minute
   */
  Delivery(DefaultConsumer consumer, DeadLetters deadLetters, int retries, long firstPauseMillis) {
    this.consumer = consumer;
    this.deadLetters = deadLetters;
    this.retries = retries;
    Duration first = Duration.ofMillis(Math.max(1, firstPauseMillis));
    this.pauses = new Backoff(first, first.compareTo(LONGEST_PAUSE) > 0 ? first : LONGEST_PAUSE);
  }

  @Override
  public void batch(List<RawEvent> events) {
    int counted = 0;
    for (int attempt = 0; ; attempt++) {
      Throwable failure = route(events);
      if (failure == null) {
        return;
      }
      counted += isFull(failure) ? 0 : 1; // a full disk is no fault of the events
      LOG.warn(
          "a batch of {} events failed ({}. attempt): {}",
          events.size(),
          attempt + 1,
          text(failure));
      boolean lastAttempt = retries >= 0 && counted > retries;
      if (lastAttempt || !pause(attempt + 1)) {
        rejected(undeliverable(events, failure));
        return;
      }
    }
  }

  /** Tries until the dead letters are kept: there is no other place left for them. */
  @Override
  public void rejected(List<DeadLetter> letters) {
    for (int attempt = 1; ; attempt++) {
      Throwable failure = deadLetter(letters);
      if (failure == null) {
        return;
      }
      LOG.error("{} dead letters could not be kept: {}", letters.size(), text(failure));
      if (!pause(attempt)) {
        LOG.error("{} events are lost: stopped before a dead letter was kept", letters.size());
        return;
      }
    }
  }

  private @Nullable Throwable route(List<RawEvent> events) {
    Exchange exchange = consumer.createExchange(false);
    SourceRoutes.begin(exchange);
    exchange.getMessage().setBody(events);
    try {
      consumer.createUoW(exchange);
      consumer.getProcessor().process(exchange);
    } catch (Throwable e) { // whatever a route may throw: the batch comes again
      exchange.setException(e);
    }
    Throwable failure = failureOf(exchange);
    consumer.doneUoW(exchange);
    consumer.releaseExchange(exchange, false);
    return failure;
  }

  private @Nullable Throwable deadLetter(List<DeadLetter> letters) {
    Exchange exchange = consumer.createExchange(false);
    SourceRoutes.begin(exchange);
    try {
      deadLetters.send(exchange, letters);
      return null;
    } catch (Throwable e) {
      return e;
    } finally {
      consumer.releaseExchange(exchange, false);
    }
  }

  private static boolean isFull(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof LogFullException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof LogFullException;
  }

  private static @Nullable Throwable failureOf(Exchange exchange) {
    if (exchange.getException() != null) {
      return exchange.getException();
    }
    return exchange.isFailed() ? new IllegalStateException("the exchange was rolled back") : null;
  }

  private static List<DeadLetter> undeliverable(List<RawEvent> events, Throwable failure) {
    String detail = "the route failed: " + text(failure);
    List<DeadLetter> letters = new ArrayList<>(events.size());
    for (RawEvent event : events) {
      letters.add(new DeadLetter(event, StopReason.UNDELIVERABLE, detail, PLACE));
    }
    return letters;
  }

  /** The innermost message, on one line. */
  private static String text(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return (cause.getClass().getSimpleName() + message).lines().findFirst().orElse("");
  }

  /** False when the listener is being stopped: then nothing is tried again. */
  private boolean pause(int failures) {
    long pause = pauses.delay(failures);
    long end = System.nanoTime() + pause;
    try {
      while (consumer.isRunAllowed() && end - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.sleep(Math.min(pause, LOOK_NANOS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return consumer.isRunAllowed();
  }
}
