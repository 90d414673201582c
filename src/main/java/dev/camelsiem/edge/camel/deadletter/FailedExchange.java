package dev.camelsiem.edge.camel.deadletter;

import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.edge.camel.SourceRoutes;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters of whatever an exchange carries: a list of them is taken as it is; any other
 * body is one that could not be delivered, as Camel's dead letter channel hands over.
 */
final class FailedExchange {
  private static final String NO_REASON = "sent to the dead letters by the route";

  private FailedExchange() {}

  /** The letters of an exchange; none only for an empty list. */
  static List<DeadLetter> letters(Exchange exchange) {
    return DeadLetters.narrowed(exchange, all(exchange));
  }

  private static List<DeadLetter> all(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof DeadLetter letter) {
      return List.of(letter);
    }
    if (body instanceof List<?> items && items.stream().allMatch(DeadLetter.class::isInstance)) {
      return items.stream().map(DeadLetter.class::cast).toList();
    }
    String detail = detail(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    String place = place(exchange);
    List<DeadLetter> letters = new ArrayList<>();
    for (RawEvent event : events(exchange, body)) {
      letters.add(new DeadLetter(event, StopReason.UNDELIVERABLE, detail, place));
    }
    return letters;
  }

  /** The route that the events came by, or null when nobody knows. */
  static @Nullable String route(Exchange exchange) {
    String told = exchange.getProperty(DeadLetters.ROUTE, String.class);
    return told != null ? told : SourceRoutes.of(exchange);
  }

  private static List<RawEvent> events(Exchange exchange, @Nullable Object body) {
    List<RawEvent> events;
    try {
      events = Bodies.rawEvents(exchange);
    } catch (TypeConversionException e) {
      events = List.of();
    }
    return events.isEmpty() ? List.of(asText(exchange, body)) : events;
  }

  /** Nothing that Camel knows how to read: what it says of itself must do. */
  private static RawEvent asText(Exchange exchange, @Nullable Object body) {
    String origin = Bodies.origin(exchange);
    return RawEvent.of(Objects.toString(body, ""), origin, -1);
  }

  private static String detail(@Nullable Throwable failure) {
    if (failure == null) {
      return NO_REASON;
    }
    String message = Objects.toString(failure.getMessage(), "");
    return (failure.getClass().getName() + ": " + message).lines().findFirst().orElse(NO_REASON);
  }

  private static String place(Exchange exchange) {
    String route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
    return route != null ? route : Objects.toString(exchange.getFromRouteId(), "camel");
  }
}
