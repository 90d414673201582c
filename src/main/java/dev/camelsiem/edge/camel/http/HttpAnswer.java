package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.event.DeadLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.SynchronizationRouteAware;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request when its route is at its end, however it got there: also when a later step
 * has stopped the exchange or marked it for rollback.
 */
final class HttpAnswer extends SynchronizationAdapter implements SynchronizationRouteAware {
  private static final Logger LOG = LoggerFactory.getLogger(HttpAnswer.class);

  private final String routeId;
  private final int received;
  private final List<DeadLetter> rejected;
  private final DeadLetters keeper;
  private final String retryAfter;

  /**
   * @param routeId the route of the intake: where the answer is made
   * @param received events of the request, bad ones included
   * @param rejected those that were not passed on
   * @param keeper where the bad lines of a request go whose good lines were taken
   */
  HttpAnswer(
      String routeId,
      int received,
      List<DeadLetter> rejected,
      DeadLetters keeper,
      String retryAfter) {
    this.routeId = routeId;
    this.received = received;
    this.rejected = rejected;
    this.keeper = keeper;
    this.retryAfter = retryAfter;
  }

  @Override
  public SynchronizationRouteAware getRouteSynchronization() {
    return this;
  }

  @Override
  public void onBeforeRoute(Route route, Exchange exchange) {
    // the answer is made at the end
  }

  @Override
  public void onAfterRoute(Route route, Exchange exchange) {
    if (!route.getRouteId().equals(routeId)) {
      return;
    }
    boolean taken =
        exchange.getException() == null
            && !exchange.isRollbackOnly()
            && !exchange.isRollbackOnlyLast()
            && exchange.getProperty(HttpFailure.PROPERTY) == null;
    if (!taken || !report(exchange)) {
      exchange.setException(null);
      exchange.setRollbackOnly(false);
      exchange.setRollbackOnlyLast(false);
      HttpReply.refuse(exchange, HttpRefusal.unavailable(retryAfter));
    }
  }

  /** Says line by line what became of the request; false when its bad lines could not be kept. */
  private boolean report(Exchange exchange) {
    List<DeadLetter> all = new ArrayList<>(rejected);
    all.addAll(DeadLetters.rejected(exchange));
    all.sort(Comparator.comparingLong(letter -> letter.event().position()));
    if (all.size() >= received) {
      HttpReply.report(exchange, 400, received, all);
      return true;
    }
    try {
      // Only now: a request that is sent again because of an outage must not leave copies each
      // time.
      keeper.send(exchange, rejected);
    } catch (RuntimeException e) {
      LOG.warn("The bad lines of a request could not be kept, it was answered with 503", e);
      return false;
    }
    HttpReply.report(exchange, 202, received, all);
    return true;
  }
}
