package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.delivery.DeliveryRouter;
import dev.camelsiem.delivery.EventFilter;
import dev.camelsiem.delivery.LaneSettings;
import dev.camelsiem.delivery.LaneStatus;
import dev.camelsiem.delivery.LogEntries;
import dev.camelsiem.delivery.log.LogEntry;
import dev.camelsiem.delivery.log.LogSettings;
import dev.camelsiem.delivery.log.LogSettings.Fsync;
import dev.camelsiem.delivery.log.LogStatus;
import dev.camelsiem.delivery.wire.Wires;
import dev.camelsiem.edge.camel.BatchWorkers;
import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.category.MappingsInForce;
import dev.camelsiem.flow.category.StrangeCategories;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.integration.EncodingPlan;
import dev.camelsiem.integration.Integration;
import dev.camelsiem.integration.IntegrationSet;
import dev.camelsiem.integration.IntegrationsFile;
import dev.camelsiem.integration.IntegrationsReader.Reading;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.supervise.SupervisedLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * The step behind the Kamelet {@code siem-integrations-sink}: encodes a batch once for all
 * integrations and puts it into their log. An exchange completes when the log has it, whatever the
 * SIEMs do.
 */
public final class IntegrationRouter extends ServiceSupport
    implements Processor, CamelContextAware {
  private static final Logger LOG = LoggerFactory.getLogger(IntegrationRouter.class);
  private static final Duration LONGEST_RELOAD = Duration.ofSeconds(10);

  private @Nullable CamelContext camelContext;
  private String config = "siem-integrations.yaml";
  private String dataDir = "data";
  private String deadLetter = "kamelet:siem-deadletter-sink";
  private @Nullable String mapping;
  private @Nullable String knownMappings;
  private @Nullable String agentGroupKey;
  private long stopTimeout = 10_000;
  private int workers = BatchWorkers.count(0);
  private String fsync = "batch";
  private long fsyncInterval = LogSettings.DEFAULT.fsyncInterval().toMillis();
  private long minFreeMegabytes = LogSettings.DEFAULT.minFreeBytes() >> 20;

  private volatile @Nullable Settings settings;
  private volatile @Nullable DeliveryRouter router;
  private @Nullable Wires wires;
  private @Nullable DeadLetters deadLetters;
  private @Nullable SupervisedLoop watch;
  private int generations;

  /** As they were when the settings were last read. */
  private List<CefMapping> mappings = List.of();

  private List<CefMapping> known = List.of();

  /** One generation of settings; swapped whole. */
  record Settings(
      int generation, IntegrationSet set, EncodingPlan plan, StrangeCategories strange) {}

  @Override
  public void process(Exchange exchange) throws IOException, InterruptedException {
    running().awaitRoom(); // else a source that tries again would write its dead letters again
    @Nullable EncodedBatch lines =
        exchange.getMessage().getBody() instanceof EncodedBatch is ? is : null;
    List<String> only = DeadLetters.only(exchange);
    List<RawEvent> raw = // once: a stream
        lines == null || !only.isEmpty() ? Bodies.rawEvents(exchange) : List.of();
    List<DeadLetter> sent = new ArrayList<>();
    boolean taken = false;
    while (!taken) {
      Settings current = settings();
      if (lines != null) {
        current.strange().newIn(lines).forEach(each -> warn(each, StrangeCategories::sentence));
      }
      int generation = current.generation();
      List<DeadLetter> rejected = new ArrayList<>();
      List<LogEntry> entries =
          only.isEmpty()
              ? encode(lines, raw, current, rejected)
              : new SomeIntegrations(current.set(), current.plan(), only).encode(raw, rejected);
      rejected.removeAll(sent);
      letters().send(exchange, rejected); // first: if this fails, nothing was taken
      sent.addAll(rejected);
      taken = running().append(entries, () -> settings().generation() == generation);
    }
  }

  /** How each integration does, in the order of the file. */
  public List<LaneStatus> status() {
    DeliveryRouter running = router;
    return running == null ? List.of() : running.status();
  }

  /** How the log does. */
  public LogStatus logStatus() {
    return running().logStatus();
  }

  /** The settings in force. */
  public IntegrationSet integrations() {
    return settings().set();
  }

  /** Ends the waiting time of an integration in outage. */
  public void retryNow(String integrationId) {
    running().retryNow(integrationId);
  }

  private List<LogEntry> encode(
      @Nullable EncodedBatch lines,
      List<RawEvent> raw,
      Settings current,
      List<DeadLetter> rejected) {
    EncodingPlan plan = current.plan();
    int events = lines == null ? raw.size() : lines.size();
    List<EncodedBatch> batches =
        lines == null
            ? plan.join(
                BatchWorkers.inParts(getCamelContext(), raw, workers, true, plan::encode),
                rejected::add)
            : plan.relay(lines, rejected::add);
    if (batches.isEmpty()) { // nobody is there to encode for
      return List.of(new LogEntry(events, Map.of()));
    }
    current
        .strange()
        .newIdsIn(batches.get(0))
        .forEach(each -> warn(each, StrangeCategories::sentenceOfId));
    return LogEntries.of(plan.keys(), batches);
  }

  @Override
  protected void doStart() throws Exception {
    CamelContext context = getCamelContext();
    IntegrationsFile file = new IntegrationsFile(config, this::catalogue);
    Reading reading = file.read();
    IntegrationSet set = reading.set();
    if (set == null) {
      throw new IllegalArgumentException(
          reading.findings().stream()
              .map(IntegrationRouter::oneLine)
              .collect(Collectors.joining("\n")));
    }
    reading.findings().forEach(finding -> LOG.warn("{}", oneLine(finding)));
    Settings first = check(set);
    deadLetters = new DeadLetters(deadLetter);
    deadLetters.start();
    deadLetters.open(context);
    boolean started = false;
    try {
      wires = new Wires();
      router = DeliveryRouter.open(Path.of(dataDir), logSettings(), wires);
      apply(first);
      started = true;
    } finally {
      if (!started) {
        doStop();
      }
    }
    warnOfOldSpool();
    watch = SupervisedLoop.start("siem-reload", new SettingsWatch(this, file)::run);
    context.getRegistry().bind(registryName(), IntegrationRouter.class, this);
    LOG.info("delivering to {}", set.integrations());
  }

  @Override
  protected void doStop() throws IOException, InterruptedException {
    SupervisedLoop watching = watch;
    DeliveryRouter ending = router;
    Wires closing = wires;
    watch = null;
    getCamelContext().getRegistry().unbind(registryName());
    try {
      if (watching != null) {
        watching.stop();
        boolean unused = watching.join(LONGEST_RELOAD); // else it may go on after the next start
      }
    } finally {
      close(ending, closing);
    }
  }

  /** By the folder, which no two share; a file of integrations may serve several. */
  private String registryName() {
    return "siem-integrations " + dataDir;
  }

  /** Also for somebody who is interrupted: the folder is to be given back. */
  private void close(@Nullable DeliveryRouter ending, @Nullable Wires closing)
      throws IOException, InterruptedException {
    router = null;
    wires = null;
    settings = null;
    try {
      if (ending != null) {
        ending.close(Duration.ofMillis(stopTimeout));
      }
    } finally {
      if (closing != null) {
        closing.close();
      }
      if (deadLetters != null) {
        deadLetters.stop();
      }
    }
  }

  private LogSettings logSettings() {
    LogSettings standard = LogSettings.DEFAULT;
    Fsync when;
    try {
      when = Fsync.valueOf(fsync.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "siem-integrations-sink: `fsync` must be `batch`, `interval` or `off`, not `"
              + fsync
              + "`",
          e);
    }
    atLeast(1, "fsyncInterval", fsyncInterval);
    atLeast(0, "minFreeMegabytes", minFreeMegabytes);
    atLeast(0, "stopTimeout", stopTimeout);
    return new LogSettings(
        when,
        Duration.ofMillis(fsyncInterval),
        standard.segmentBytes(),
        standard.cacheBytes(),
        minFreeMegabytes << 20);
  }

  private static void atLeast(long least, String key, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "siem-integrations-sink: `%s` must be at least %d, not %d".formatted(key, least, value));
    }
  }

  /** Reads the mappings, for the settings that are read next. */
  private Catalogue catalogue() {
    MappingsInForce read = MappingsInForce.load(mapping, knownMappings);
    mappings = read.mappings();
    known = read.known();
    return read.catalogue();
  }

  /** The settings, if all that they name can be used. */
  Settings check(IntegrationSet set) {
    for (Integration integration : set.integrations()) {
      if (integration.enabled()) {
        Wires.check(integration);
      }
    }
    return new Settings(
        ++generations,
        set,
        new EncodingPlan(mappings, known, agentGroupKey, set),
        new StrangeCategories(set.catalogue()));
  }

  /** Takes settings into use; when it fails it may have begun. */
  void apply(Settings next) throws IOException, InterruptedException {
    List<LaneSettings> lanes = new ArrayList<>();
    for (Integration integration : next.set().integrations()) {
      if (integration.enabled()) {
        lanes.add(
            new LaneSettings(
                integration,
                next.plan().key(integration),
                EventFilter.of(next.set().subscription(integration))));
      }
    }
    running().apply(lanes, () -> settings = next);
  }

  /** What a version before the log has left is not lost, but not sent either. */
  private void warnOfOldSpool() {
    Path spool = Path.of(dataDir, "spool");
    if (Files.isDirectory(spool)) {
      LOG.warn(
          "{} is a spool of an older version: what waits in it is not sent; deliver it with that"
              + " version, or delete the folder",
          spool);
    }
  }

  private static void warn(String found, Sentence sentence) {
    LOG.warn("{}", sentence.of("siem-integrations-sink", "knownMappings", found));
  }

  private interface Sentence {
    String of(String step, String option, String found);
  }

  static String oneLine(Diagnostic finding) {
    return finding.headline() + (finding.hint() == null ? "" : " (" + finding.hint() + ")");
  }

  private Settings settings() {
    Settings current = settings;
    if (current == null) {
      throw new IllegalStateException("the integrations are not started");
    }
    return current;
  }

  private DeliveryRouter running() {
    DeliveryRouter current = router;
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

  /** The folder of the log; no two routers may share one. */
  public void setDataDir(String dataDir) {
    this.dataDir = dataDir;
  }

  /** How many threads may encode a batch; 0 for as many as there are processors. */
  public void setWorkers(int workers) {
    this.workers = BatchWorkers.count(workers);
  }

  /** Endpoint that gets what cannot be encoded. */
  public void setDeadLetters(String deadLetter) {
    this.deadLetter = deadLetter;
  }

  /** The CEF mappings, separated by commas: {@code classpath:NAME} or a path. */
  public void setMapping(String mapping) {
    this.mapping = mapping;
  }

  /** Mappings beside those whose categories integrations may name, and that lines are read by. */
  public void setKnownMappings(String knownMappings) {
    this.knownMappings = knownMappings;
  }

  /** Extension key that names the agent group in lines that are CEF already. */
  public void setAgentGroupKey(String agentGroupKey) {
    this.agentGroupKey = agentGroupKey;
  }

  /** How many milliseconds a stop waits for what is under way. */
  public void setStopTimeout(long stopTimeout) {
    this.stopTimeout = stopTimeout;
  }

  /** When an event counts as taken: {@code batch}, {@code interval} or {@code off}. */
  public void setFsync(String fsync) {
    this.fsync = fsync;
  }

  /** Milliseconds, for {@code interval}. */
  public void setFsyncInterval(long fsyncInterval) {
    this.fsyncInterval = fsyncInterval;
  }

  /** Below so much free disk nothing is taken any more. */
  public void setMinFreeMegabytes(long minFreeMegabytes) {
    this.minFreeMegabytes = minFreeMegabytes;
  }
}
