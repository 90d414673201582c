package dev.camelsiem.edge.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Tells the route of a user from the one that a source Kamelet is made of: exchanges begin in the
 * inner one, whose name is new at each start.
 */
public final class SourceRoutes {
  private static final int DEEPEST = 10;

  private SourceRoutes() {}

  /**
   * To be called where an exchange begins: Camel gives an exchange the names of the Kamelets that
   * it passes through.
   */
  public static void begin(Exchange exchange) {
    exchange.setProperty(DeadLetters.ROUTE, of(exchange));
  }

  /** The route that an exchange came by, or null when it came by none or nobody knows. */
  public static @Nullable String of(Exchange exchange) {
    String begun = exchange.getProperty(DeadLetters.ROUTE, String.class);
    if (begun != null) {
      return begun;
    }
    String id = exchange.getFromRouteId();
    String outer = id == null ? null : outer(exchange.getContext(), id);
    return outer == null || isStep(exchange.getContext().getRoute(outer)) ? null : outer;
  }

  /** Whether a route is what an action or a sink Kamelet is made of. */
  public static boolean isStep(@Nullable Route route) {
    return route != null && route.getEndpoint().getEndpointUri().startsWith("kamelet://source");
  }

  private static String outer(CamelContext context, String inner) {
    String id = inner;
    for (int depth = 0; depth < DEEPEST; depth++) {
      String around = around(context, id);
      if (around == null) {
        return id;
      }
      id = around;
    }
    return id;
  }

  private static @Nullable String around(CamelContext context, String inner) {
    for (Route route : context.getRoutes()) {
      if (route.getEndpoint() instanceof KameletEndpoint kamelet
          && inner.equals(kamelet.getRouteId())) {
        return route.getRouteId();
      }
    }
    return null;
  }

  /** The source Kamelet that a route begins with, or null when it begins with none. */
  public static @Nullable String kamelet(Route route) {
    return route.getEndpoint() instanceof KameletEndpoint kamelet ? kamelet.getTemplateId() : null;
  }
}
