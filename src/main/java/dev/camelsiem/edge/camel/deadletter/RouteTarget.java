package dev.camelsiem.edge.camel.deadletter;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.edge.camel.SourceRoutes;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.letters.Letter;
import dev.camelsiem.letters.ReplayTarget;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events into the route that they came by, as its own source would: its steps get a batch of
 * raw events, and cannot tell it from a fresh one.
 */
final class RouteTarget implements ReplayTarget {
  private final CamelContext context;

  RouteTarget(CamelContext context) {
    this.context = context;
  }

  @Override
  public String route(Letter letter, @Nullable String wanted)
      throws NoWayException, NotNowException {
    String id = wanted != null ? wanted : letter.route();
    Route route = id == null ? null : context.getRoute(id);
    if (SourceRoutes.isStep(route)) {
      throw new NoWayException(
          "route `" + id + "` is a step of others, made of a Kamelet: name another with --route");
    }
    if (route == null && wanted == null) {
      route = byOrigin(letter);
    }
    if (route == null) {
      throw new NoWayException(
          id == null
              ? "nobody knows the route that it came by: name one with --route"
              : "no route `" + id + "` in this pipeline: name another with --route");
    }
    if (!(route.getConsumer() instanceof DefaultConsumer)) {
      throw new NoWayException(
          "route `" + route.getRouteId() + "` takes nothing from outside of its source");
    }
    if (!context.getRouteController().getRouteStatus(route.getRouteId()).isStarted()) {
      throw new NotNowException("route `" + route.getRouteId() + "` is not started");
    }
    return route.getRouteId();
  }

  /** The only route whose source Kamelet has such origins, or null. */
  private @Nullable Route byOrigin(Letter letter) {
    String kamelet = kameletOf(letter.event().origin());
    List<Route> fitting =
        context.getRoutes().stream()
            .filter(route -> kamelet.equals(SourceRoutes.kamelet(route)))
            .toList();
    return fitting.size() == 1 ? fitting.get(0) : null;
  }

  private static String kameletOf(String origin) {
    if (origin.startsWith("http")) {
      return "siem-http-source";
    }
    if (origin.startsWith("kafka:")) {
      return "siem-kafka-source";
    }
    return origin.contains("://") ? "siem-syslog-source" : "siem-file-source";
  }

  @Override
  public void deliver(String route, List<String> integrations, List<RawEvent> events)
      throws NotNowException {
    Route found = context.getRoute(route);
    if (found == null || !(found.getConsumer() instanceof DefaultConsumer consumer)) {
      throw new NotNowException("route `" + route + "` is gone");
    }
    Exchange exchange = consumer.createExchange(false);
    try {
      SourceRoutes.begin(exchange);
      exchange.getMessage().setBody(events);
      if (!integrations.isEmpty()) {
        exchange.setProperty(DeadLetters.ONLY, integrations);
      }
      consumer.getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    } finally {
      consumer.releaseExchange(exchange, false);
    }
    check(route, exchange);
  }

  private static void check(String route, Exchange exchange) throws NotNowException {
    if (exchange.getException() != null) {
      Throwable root = exchange.getException();
      while (root.getCause() != null && root.getCause() != root) {
        root = root.getCause();
      }
      throw new NotNowException("route `" + route + "` took no events: " + root);
    }
    if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
      throw new NotNowException("route `" + route + "` rolled back");
    }
  }
}
