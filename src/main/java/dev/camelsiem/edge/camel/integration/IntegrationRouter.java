package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.edge.camel.integration.Lanes.Lane;
import dev.camelsiem.edge.camel.integration.Outlets.Change;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.integration.IntegrationSet;
import dev.camelsiem.integration.IntegrationsFile;
import dev.camelsiem.integration.IntegrationsReader.Reading;
import dev.camelsiem.integration.delivery.Delivery;
import dev.camelsiem.integration.delivery.Outlet;
import dev.camelsiem.integration.delivery.OutletStatus;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step behind the Kamelet {@code siem-integrations-sink}: one batch to every integration that
 * wants some of it. An exchange completes when each of them has its part delivered or safe on disk.
 */
public final class IntegrationRouter extends ServiceSupport
    implements Processor, CamelContextAware {
  private static final Logger LOG = LoggerFactory.getLogger(IntegrationRouter.class);
  private static final Duration RETIRE = Duration.ofSeconds(5);
  private static final int TICK_MILLIS = 100;

  /** Offers share it; a change of settings takes it alone. */
  private final ReadWriteLock settings = new ReentrantReadWriteLock(true);

  private @Nullable CamelContext camelContext;
  private String config = "siem-integrations.yaml";
  private String dataDir = "data";
  private String deadLetter = "kamelet:siem-deadletter-sink";
  private String mapping = CefMappings.CONTAINER_SECURITY;
  private @Nullable String agentGroupKey;
  private long stopTimeout = 10_000;

  private volatile @Nullable Lanes lanes;
  private @Nullable Outlets outlets;
  private @Nullable DeadLetters deadLetters;
  private @Nullable ScheduledExecutorService clock;
  private @Nullable ScheduledExecutorService reloader;
  private List<OutletStatus> told = List.of();

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    List<DeadLetter> rejected = new ArrayList<>();
    Lanes current = lanes();
    Function<Lanes, List<EncodedBatch>> encoding = encoding(exchange, rejected);
    List<EncodedBatch> batches = encoding.apply(current);
    letters().send(exchange, rejected);
    Delivery delivery = offer(current, batches, encoding);
    delivery.await();
    letters().send(exchange, delivery.refused());
  }

  /** How each integration does, in the order of the file. */
  public List<OutletStatus> status() {
    Lanes current = lanes;
    return current == null
        ? List.of()
        : current.lanes().stream().map(Lane::outlet).map(Outlet::status).toList();
  }

  /** The settings in force. */
  public IntegrationSet integrations() {
    return lanes().set();
  }

  /** Reads the body once; what cannot be encoded is added to the rejected at each call. */
  private static Function<Lanes, List<EncodedBatch>> encoding(
      Exchange exchange, List<DeadLetter> rejected) {
    if (exchange.getMessage().getBody() instanceof EncodedBatch lines) {
      return lanes -> lanes.plan().relay(lines, rejected::add);
    }
    List<RawEvent> events = Bodies.rawEvents(exchange);
    return lanes -> lanes.plan().encode(events, rejected::add);
  }

  /** Offers to the outlets of the settings that are in force at that moment. */
  private Delivery offer(
      Lanes encodedFor, List<EncodedBatch> batches, Function<Lanes, List<EncodedBatch>> encoding) {
    settings.readLock().lock();
    try {
      Lanes current = lanes();
      return current.offer(current.plan() == encodedFor.plan() ? batches : encoding.apply(current));
    } finally {
      settings.readLock().unlock();
    }
  }

  @Override
  protected void doStart() throws Exception {
    CamelContext context = getCamelContext();
    IntegrationsFile file = new IntegrationsFile(config);
    Reading reading = file.read();
    IntegrationSet set = reading.set();
    if (set == null) {
      throw new IllegalArgumentException(
          reading.findings().stream()
              .map(IntegrationRouter::oneLine)
              .collect(Collectors.joining("\n")));
    }
    reading.findings().forEach(finding -> LOG.warn("{}", oneLine(finding)));
    deadLetters = new DeadLetters(deadLetter);
    deadLetters.start();
    Outlets made =
        new Outlets(
            CefMappings.load(mapping), agentGroupKey, NettyTransport::new, Path.of(dataDir));
    outlets = made;
    Change change = made.prepare(set);
    made.commit(change);
    lanes = change.lanes();
    schedule(file);
    context.getRegistry().bind("siem-integrations " + config, IntegrationRouter.class, this);
    LOG.info("delivering to {}", set.integrations());
  }

  @Override
  protected void doStop() {
    shutdown(reloader);
    shutdown(clock);
    Lanes last = lanes;
    if (last != null) {
      Map<String, Outlet> ending = new LinkedHashMap<>();
      last.lanes().forEach(lane -> ending.put(lane.id(), lane.outlet()));
      Outlets.stop(ending, Duration.ofMillis(stopTimeout));
    }
    lanes = null;
    if (deadLetters != null) {
      deadLetters.stop();
    }
    getCamelContext().getRegistry().unbind("siem-integrations " + config);
  }

  private void schedule(IntegrationsFile file) {
    ScheduledExecutorService ticks = daemon("siem-clock");
    Future<?> unused =
        ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    unused = ticks.scheduleWithFixedDelay(this::report, 1, 1, TimeUnit.MINUTES);
    clock = ticks;
    ScheduledExecutorService reloads = daemon("siem-reload");
    unused = reloads.scheduleWithFixedDelay(() -> reload(file), 1, 1, TimeUnit.SECONDS);
    reloader = reloads;
  }

  private void tick() {
    try {
      Lanes current = lanes;
      if (current != null) {
        current.lanes().forEach(lane -> lane.outlet().tick());
      }
    } catch (RuntimeException e) {
      LOG.error("a defect in the clock of the integrations", e); // and go on
    }
  }

  /** One line for each integration whose counters have moved since the last report. */
  private void report() {
    List<OutletStatus> now = status();
    for (OutletStatus status : now) {
      if (!told.contains(status)) {
        LOG.info("{}", status);
      }
    }
    told = now;
  }

  /** Takes a changed file into use whole, or says why not and keeps the last good one. */
  private void reload(IntegrationsFile file) {
    try {
      Optional<Reading> changed = file.poll();
      if (changed.isEmpty()) {
        return;
      }
      changed.get().findings().forEach(finding -> LOG.warn("{}", oneLine(finding)));
      IntegrationSet set = changed.get().set();
      if (set == null) {
        LOG.error("{} has errors: the last good settings stay in force", file);
      } else if (!set.equals(lanes().set())) {
        apply(set);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("{} was not taken into use, the last good settings stay: {}", file, e.toString());
    }
  }

  private void apply(IntegrationSet set) throws IOException {
    Outlets all = outlets;
    if (all == null) {
      return;
    }
    Change change = all.prepare(set);
    settings.writeLock().lock();
    try {
      all.commit(change);
      lanes = change.lanes();
    } finally {
      settings.writeLock().unlock();
    }
    LOG.info("new settings in force: delivering to {}", set.integrations());
    Outlets.stop(change.removed(), RETIRE);
  }

  private static String oneLine(Diagnostic finding) {
    return finding.headline() + (finding.hint() == null ? "" : " (" + finding.hint() + ")");
  }

  private static ScheduledExecutorService daemon(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void shutdown(@Nullable ScheduledExecutorService executor) {
    if (executor == null) {
      return;
    }
    executor.shutdown();
    try {
      if (!executor.awaitTermination(RETIRE.toSeconds() + 1, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private Lanes lanes() {
    Lanes current = lanes;
    if (current == null) {
      throw new IllegalStateException("the integrations are not started");
    }
    return current;
  }

  private DeadLetters letters() {
    if (deadLetters == null) {
      throw new IllegalStateException("the integrations are not started");
    }
    return deadLetters;
  }

  @Override
  public CamelContext getCamelContext() {
    if (camelContext == null) {
      throw new IllegalStateException("no Camel context was given");
    }
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    camelContext = context;
  }

  /** A path of {@code siem-integrations.yaml}, or {@code classpath:NAME}. */
  public void setConfig(String config) {
    this.config = config;
  }

  /** The folder below which spools are kept; no two routers may share one. */
  public void setDataDir(String dataDir) {
    this.dataDir = dataDir;
  }

  /** Endpoint that gets what can be neither encoded nor kept. */
  public void setDeadLetters(String deadLetter) {
    this.deadLetter = deadLetter;
  }

  /** The CEF mapping: {@code classpath:NAME} or a path. */
  public void setMapping(String mapping) {
    this.mapping = mapping;
  }

  /** Extension key that names the agent group in lines that are CEF already. */
  public void setAgentGroupKey(String agentGroupKey) {
    this.agentGroupKey = agentGroupKey;
  }

  /** How many milliseconds a stop waits for what is under way. */
  public void setStopTimeout(long stopTimeout) {
    this.stopTimeout = stopTimeout;
  }
}
