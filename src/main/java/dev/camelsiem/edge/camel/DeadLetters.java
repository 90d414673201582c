package dev.camelsiem.edge.camel;

import dev.camelsiem.flow.event.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.StartupListener;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a step had to stop to a dead-letter endpoint, and leaves the list on the exchange for
 * those who report it.
 *
 * <p>The body that the endpoint gets is {@code List<DeadLetter>}. When the endpoint fails, so does
 * the exchange: an event must never vanish because its dead letter could not be written.
 * Thread-safe once started.
 */
public final class DeadLetters extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  /**
   * Exchange property: {@code List<DeadLetter>}, all that the steps of this exchange have stopped
   * so far.
   */
  public static final String REJECTED = "SiemRejected";

  /** Exchange property: the route that the events of dead letters came by. */
  public static final String ROUTE = "SiemRoute";

  /**
   * Exchange property: {@code List<String>}, the names of the integrations that alone get the
   * events of a replay.
   */
  public static final String ONLY = "SiemIntegrations";

  private final String endpointUri;
  private @Nullable ProducerTemplate template;

  /**
   * @param endpointUri where dead letters go, such as {@code kamelet:siem-deadletter-sink}
   */
  public DeadLetters(String endpointUri) {
    this.endpointUri = endpointUri;
  }

  /**
   * Opens the endpoint once the context has started, so that what waits to be replayed is looked at
   * before the first letter comes.
   */
  public void open(CamelContext context) throws Exception {
    context.addStartupListener(
        new StartupListener() {
          @Override
          public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) {}

          @Override // not before: a Kamelet's route that is made while others start never does
          public void onCamelContextFullyStarted(CamelContext started, boolean alreadyStarted) {
            LOG.debug("dead letters go to {}", started.getEndpoint(endpointUri));
          }
        });
  }

  /** The integrations that alone get the events of an exchange; empty for all. */
  @SuppressWarnings("unchecked") // the property is ours
  public static List<String> only(Exchange exchange) {
    List<String> names = (List<String>) exchange.getProperty(ONLY);
    return names == null ? List.of() : names;
  }

  /** The letters of an exchange, which are for nobody but those that its events are for. */
  public static List<DeadLetter> narrowed(Exchange exchange, List<DeadLetter> letters) {
    List<String> only = only(exchange);
    return only.isEmpty()
        ? letters
        : letters.stream()
            .map(letter -> letter.integrations().isEmpty() ? letter.only(only) : letter)
            .toList();
  }

  /** Delivers the dead letters of one step; an empty list costs nothing. */
  public void send(Exchange exchange, List<DeadLetter> rejected) {
    if (rejected.isEmpty()) {
      return;
    }
    List<DeadLetter> letters = narrowed(exchange, rejected);
    remember(exchange, letters);
    Exchange sent =
        template(exchange)
            .send(
                endpointUri,
                letter -> {
                  letter.getMessage().setBody(letters);
                  letter.setProperty(ROUTE, SourceRoutes.of(exchange));
                });
    if (sent.getException() != null) {
      throw new RuntimeCamelException(
          "dead letters could not be delivered to " + endpointUri, sent.getException());
    }
  }

  /** What the steps of this exchange have stopped so far. */
  @SuppressWarnings("unchecked") // the property is ours
  public static List<DeadLetter> rejected(Exchange exchange) {
    List<DeadLetter> letters = (List<DeadLetter>) exchange.getProperty(REJECTED);
    return letters == null ? List.of() : letters;
  }

  private static void remember(Exchange exchange, List<DeadLetter> letters) {
    List<DeadLetter> all = new ArrayList<>(rejected(exchange));
    all.addAll(letters);
    exchange.setProperty(REJECTED, all);
  }

  private synchronized ProducerTemplate template(Exchange exchange) {
    if (template == null) {
      template = exchange.getContext().createProducerTemplate();
      template.start();
    }
    return template;
  }

  @Override
  protected synchronized void doStop() {
    if (template != null) {
      template.stop();
      template = null;
    }
  }
}
