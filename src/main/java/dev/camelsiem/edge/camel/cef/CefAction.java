package dev.camelsiem.edge.camel.cef;

import dev.camelsiem.edge.camel.BatchWorkers;
import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.category.MappingsInForce;
import dev.camelsiem.flow.cef.EventSplitter;
import dev.camelsiem.flow.cef.LineRelay;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.BatchPart;
import dev.camelsiem.flow.event.BatchResult;
import dev.camelsiem.flow.event.RawEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of {@code siem-cef-action}: a batch of security events becomes an {@link EncodedBatch}
 * of lines of their mappings, CEF or LEEF; what cannot become one goes to the dead letters. With
 * {@code input=cef} the lines are such already and pass through. Thread-safe once started.
 */
public final class CefAction extends EncoderSettings implements Processor, CamelContextAware {
  private static final Logger LOG = LoggerFactory.getLogger(CefAction.class);
  private static final String EVENTS = "events";
  private static final String CEF = "cef";

  private @Nullable CamelContext context;
  private String input = EVENTS;
  private int workers = BatchWorkers.count(0);

  /** Of the present start: a batch under way at a stop must not leave a relay to the next one. */
  private volatile Queue<LineRelay> idle = new ConcurrentLinkedQueue<>();

  private volatile List<CefMapping> known = List.of();
  private @Nullable String agentGroupKey;
  private DeadLetters deadLetters = new DeadLetters("kamelet:siem-deadletter-sink");

  @Override
  public void process(Exchange exchange) {
    boolean lines = input.equals(CEF);
    Queue<LineRelay> relays = idle;
    List<RawEvent> events = lines ? Bodies.rawEvents(exchange) : events(exchange);
    BatchResult done =
        parts.join(
            BatchWorkers.inParts(
                exchange.getContext(),
                events,
                workers,
                true,
                part -> lines ? relay(relays, part) : encode(part)));
    exchange.getMessage().setBody(done.batch());
    deadLetters.send(exchange, done.letters());
  }

  private BatchPart relay(Queue<LineRelay> free, List<RawEvent> lines) {
    LineRelay polled = free.poll();
    LineRelay relay = polled == null ? new LineRelay(known, agentGroupKey) : polled;
    BatchPart part = parts.begin(lines.size());
    relay.relay(lines, part.lines(), part.letters()::add);
    free.add(relay);
    return part;
  }

  /** A text may hold an array or an object over several lines; batches hold single events. */
  private static List<RawEvent> events(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    String origin = Bodies.origin(exchange);
    if (body instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return EventSplitter.split(bytes, origin, System.currentTimeMillis());
    }
    return body instanceof byte[] bytes
        ? EventSplitter.split(bytes, origin, System.currentTimeMillis())
        : Bodies.rawEvents(exchange);
  }

  @Override
  protected void doStart() throws Exception {
    CamelContext camel = context;
    if (camel != null) {
      deadLetters.open(camel);
    }
    if (input.equals(CEF)) {
      boolean named = !mapping("").isEmpty();
      known = named ? encoding().mappings() : MappingsInForce.load(null).known();
    }
    LOG.info(
        "siem-cef-action: input={} mapping={} {}",
        input,
        mapping(CefMappings.CONTAINER_SECURITY),
        encoding().settings());
  }

  @Override
  protected void doStop() {
    deadLetters.stop();
    idle = new ConcurrentLinkedQueue<>();
    if (!counters().oddities().isEmpty()) {
      LOG.info("siem-cef-action: {} encoded, {}", counters().encoded(), counters().oddities());
    }
  }

  /** {@code events} or {@code cef}. */
  public void setInput(String input) {
    if (!input.equals(EVENTS) && !input.equals(CEF)) {
      throw new IllegalArgumentException(
          "option input: expected events or cef, found `" + input + "`");
    }
    this.input = input;
  }

  /** Key of the extension that names the agent group of a line, for {@code input=cef}. */
  public void setAgentGroupKey(String key) {
    this.agentGroupKey = key.isBlank() ? null : key;
  }

  /** How many threads may be at work on a batch; 0 for as many as there are processors. */
  public void setWorkers(int workers) {
    this.workers = BatchWorkers.count(workers);
  }

  /** Endpoint for events that cannot be encoded. */
  public void setDeadLetters(String endpointUri) {
    this.deadLetters = new DeadLetters(endpointUri);
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.context = camelContext;
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return context;
  }
}
