package dev.camelsiem.edge.camel.xp;

import dev.camelsiem.edge.camel.BatchWorkers;
import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.edge.camel.cef.LineSettings;
import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.envelope.BodyFormat;
import dev.camelsiem.flow.event.BatchPart;
import dev.camelsiem.flow.event.BatchParts;
import dev.camelsiem.flow.event.BatchResult;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.normalize.Normalizer;
import dev.camelsiem.flow.normalize.NormalizerOptions;
import dev.camelsiem.flow.normalize.NormalizerStats;
import dev.camelsiem.flow.normalize.OutputForm;
import dev.camelsiem.flow.output.EventOutput;
import dev.camelsiem.flow.output.LineForm;
import dev.camelsiem.flow.ruleset.BatchNormalizer;
import dev.camelsiem.flow.ruleset.RuleSetLoader;
import dev.camelsiem.flow.ruleset.Unmatched;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * The step of {@code xp-normalize-action}: a batch of raw events becomes an {@link
 * dev.camelsiem.flow.event.EncodedBatch} of normalized events: one JSON object each, or a line by a
 * mapping with what the category filter needs to know. Thread-safe once started.
 */
public final class XpNormalizeAction extends LineSettings implements Processor, CamelContextAware {
  private static final Logger LOG = LoggerFactory.getLogger(XpNormalizeAction.class);
  private static final String AUTO = "auto";
  private static final int MOST_SHOWN = 5;

  private @Nullable CamelContext context;
  private String rules = "";
  private @Nullable BodyFormat format;
  private boolean appendix = true;
  private Unmatched unmatched = Unmatched.DEADLETTER;
  private Describe describe = Describe.NONE;
  private EventOutput output = EventOutput.JSON;
  private int workers = BatchWorkers.count(0);
  private DeadLetters deadLetters = new DeadLetters("kamelet:siem-deadletter-sink");

  private volatile @Nullable Normalizer normalizer;
  private final BatchParts parts = new BatchParts();

  /** Of the present start: a batch under way at a stop must not leave a worker to the next one. */
  private volatile Queue<BatchNormalizer> idle = new ConcurrentLinkedQueue<>();

  @Override
  public void process(Exchange exchange) {
    Queue<BatchNormalizer> workersOfStart = idle;
    Normalizer running = normalizer;
    if (running == null) {
      throw new IllegalStateException("xp-normalize-action was used before it was started");
    }
    BatchResult done =
        parts.join(
            BatchWorkers.inParts(
                exchange.getContext(),
                Bodies.rawEvents(exchange),
                workers,
                false,
                part -> normalize(running, workersOfStart, part)));
    exchange.getMessage().setBody(done.batch());
    deadLetters.send(exchange, done.letters());
  }

  private BatchPart normalize(
      Normalizer running, Queue<BatchNormalizer> free, List<RawEvent> events) {
    BatchNormalizer polled = free.poll();
    BatchNormalizer worker =
        polled == null ? new BatchNormalizer(running, format, unmatched) : polled;
    BatchPart part = parts.begin(events.size());
    worker.normalize(events, part);
    free.add(worker);
    return part;
  }

  @Override
  protected void doStart() throws Exception {
    CamelContext camel = context;
    if (camel == null || rules.isBlank()) {
      throw new IllegalArgumentException(
          "option rules: name a folder with rules, such as file:rules or classpath:rules");
    }
    List<Path> folders =
        Arrays.stream(rules.split(",", -1))
            .map(String::strip)
            .map(location -> RuleLocation.folder(camel, location))
            .toList();
    NormalizerOptions options = options();
    RuleSetLoader.Loaded loaded =
        RuleSetLoader.load(folders, appendix, options.output().describe());
    if (!loaded.errors().isEmpty()) {
      throw new IllegalArgumentException(complaint(loaded.errors()));
    }
    normalizer = new Normalizer(loaded.rules(), options);
    deadLetters.open(camel);
    LOG.info(
        "xp-normalize-action: {} rules, version {}, from {}; format={} appendix={} unmatched={}"
            + " output={} {}",
        loaded.rules().size(),
        loaded.rules().version(),
        rules,
        format == null ? AUTO : format,
        appendix,
        unmatched,
        output,
        output == EventOutput.JSON
            ? options.output()
            : "mapping=" + mapping(output.mapping()) + " " + options.output());
  }

  private NormalizerOptions options() {
    NormalizerOptions standard = NormalizerOptions.DEFAULT;
    if (output == EventOutput.JSON) {
      if (firstSet() != null) {
        throw new IllegalArgumentException(
            "option " + firstSet() + ": needs output=cef or output=leef; JSON has none");
      }
      return standard.describing(describe);
    }
    if (describe != Describe.NONE) {
      throw new IllegalArgumentException(
          "option describe: with output="
              + output
              + " the mapping says what is described;"
              + " name description.en or name.en there, and leave the option out");
    }
    if (unmatched == Unmatched.PASS) {
      throw new IllegalArgumentException(
          "option unmatched: pass needs output=json, as no mapping knows what is not normalized;"
              + " write drop or deadletter");
    }
    return standard.writing(new LineForm(output.checked(newEncoding(output.mapping()))));
  }

  private String complaint(List<Diagnostic> errors) {
    StringBuilder text = new StringBuilder("the rules in " + rules + " have errors:");
    for (Diagnostic error : errors.subList(0, Math.min(MOST_SHOWN, errors.size()))) {
      text.append("\n  ").append(error.headline());
      text.append(error.hint() == null ? "" : " (" + error.hint() + ")");
    }
    int more = errors.size() - MOST_SHOWN;
    return text + (more > 0 ? "\n  and " + more + " more; run `siem validate`" : "");
  }

  @Override
  protected void doStop() {
    deadLetters.stop();
    Normalizer running = normalizer;
    if (running != null) {
      NormalizerStats stats = running.stats();
      OutputForm form = running.options().output();
      LOG.info(
          "xp-normalize-action: {} normalized{}, {} stopped",
          stats.normalized(),
          form.describe() == Describe.NONE
              ? ""
              : " (" + stats.describedByDefault() + " described by default)",
          stops(stats));
      if (!form.oddities().isEmpty()) {
        LOG.info("xp-normalize-action: lines: {}", form.oddities());
      }
    }
    normalizer = null;
    idle = new ConcurrentLinkedQueue<>();
  }

  private static String stops(NormalizerStats stats) {
    StringBuilder text = new StringBuilder();
    for (var reason : dev.camelsiem.flow.event.StopReason.values()) {
      if (stats.stopped(reason) > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(stats.stopped(reason));
        text.append(' ').append(reason.code());
      }
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  /** Folders with rules, separated by commas: paths, {@code file:...} or {@code classpath:...}. */
  public void setRules(String rules) {
    this.rules = rules;
  }

  /** {@code auto}, or what bodies without a MIME type are. */
  public void setFormat(String name) {
    BodyFormat known = BodyFormat.ofName(name);
    if (known == null && !name.equals(AUTO)) {
      throw new IllegalArgumentException(
          "option format: expected auto, " + BodyFormat.names() + ", found `" + name + "`");
    }
    this.format = known;
  }

  /** Whether host fields and importance are filled in after each rule. */
  public void setAppendix(boolean appendix) {
    this.appendix = appendix;
  }

  /**
   * What becomes of events that no rule matches: {@code pass}, {@code drop}, {@code deadletter}.
   */
  public void setUnmatched(String name) {
    try {
      this.unmatched = Unmatched.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "option unmatched: expected pass, drop or deadletter, found `" + name + "`", e);
    }
  }

  /** The languages of descriptions: {@code none}, {@code ru}, {@code en}, {@code both}. */
  public void setDescribe(String name) {
    Describe known = Describe.ofName(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "option describe: expected none, ru, en or both, found `" + name + "`");
    }
    this.describe = known;
  }

  /** What events become: {@code json}, or lines of a mapping, {@code cef} or {@code leef}. */
  public void setOutput(String name) {
    EventOutput known = EventOutput.ofName(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "option output: expected json, cef or leef, found `" + name + "`");
    }
    this.output = known;
  }

  /** How many threads may be at work on a batch; 0 for as many as there are processors. */
  public void setWorkers(int workers) {
    this.workers = BatchWorkers.count(workers);
  }

  /** Endpoint for events that cannot be normalized. */
  public void setDeadLetters(String endpointUri) {
    this.deadLetters = new DeadLetters(endpointUri);
  }

  /** What was counted since the start; null before. */
  public @Nullable NormalizerStats stats() {
    Normalizer running = normalizer;
    return running == null ? null : running.stats();
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
