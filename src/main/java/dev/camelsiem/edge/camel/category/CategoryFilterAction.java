package dev.camelsiem.edge.camel.category;

import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.category.CategoryFilter;
import dev.camelsiem.flow.category.Choices;
import dev.camelsiem.flow.category.LicenceLevel;
import dev.camelsiem.flow.category.MappingsInForce;
import dev.camelsiem.flow.category.StrangeCategories;
import dev.camelsiem.flow.category.Subscription;
import dev.camelsiem.flow.cef.CefFacts;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.integration.FieldProblem;
import dev.camelsiem.integration.FieldRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps of a batch what an integration would subscribe to. Events of which the encoder left no
 * facts are read as CEF; what is not CEF passes or becomes a dead letter. Leaves an {@link
 * EncodedBatch}, which may be empty.
 */
public final class CategoryFilterAction extends ServiceSupport implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(CategoryFilterAction.class);
  private static final String STEP = "siem-category-filter-action";
  private static final String OPTION = "mapping";
  private static final String PLACE = "category";
  private static final String ALL = "all";

  private final LongAdder passed = new LongAdder();
  private final LongAdder filtered = new LongAdder();

  private String categories = ALL;
  private String runtimeEventTypes = "";
  private String agentGroups = "";
  private int minSeverity;
  private String licence = LicenceLevel.ADVANCED.name();
  private String unknown = "refuse";
  private @Nullable String mapping;
  private @Nullable String agentGroupKey;
  private String deadLetter = "kamelet:siem-deadletter-sink";

  private final Queue<CefFacts> idle = new ConcurrentLinkedQueue<>();
  private @Nullable Subscription subscription;
  private @Nullable StrangeCategories strange;
  private @Nullable List<CefMapping> loaded;
  private @Nullable DeadLetters deadLetters;

  @Override
  public void process(Exchange exchange) {
    Subscription wanted = subscription;
    List<CefMapping> known = loaded;
    StrangeCategories unknownOnes = strange;
    if (wanted == null || known == null || unknownOnes == null || deadLetters == null) {
      throw new IllegalStateException("the category filter is not started");
    }
    EncodedBatch batch = Bodies.encoded(exchange);
    unknownOnes
        .newIn(batch)
        .forEach(each -> LOG.warn("{}", StrangeCategories.sentence(STEP, OPTION, each)));
    unknownOnes.newIdsIn(batch).forEach(CategoryFilterAction::warnOfId);
    List<DeadLetter> refused = new ArrayList<>();
    CefFacts free = idle.poll();
    CefFacts facts = free == null ? new CefFacts(known, agentGroupKey) : free;
    boolean pass = unknown.equalsIgnoreCase("pass");
    CategoryFilter filter =
        new CategoryFilter(
            wanted,
            (lines, i) -> {
              CefFacts.Result result = facts.of(lines.array(), lines.start(i), lines.end(i));
              if (result.refusal() != null && !pass) {
                refused.add(letter(lines, i, result.refusal()));
              }
              if (result.facts() != null && unknownOnes.isNewId(result.facts())) {
                warnOfId(result.facts().id());
              }
              return result.facts();
            },
            pass);
    EncodedBatch kept = filter.filter(batch);
    idle.add(facts);
    passed.add(kept.size());
    filtered.add(batch.size() - kept.size() - refused.size());
    deadLetters.send(exchange, refused);
    exchange.getMessage().setBody(kept);
  }

  /** Events that passed since the start. */
  public long passed() {
    return passed.sum();
  }

  /** Events that nobody here wanted, since the start. */
  public long filtered() {
    return filtered.sum();
  }

  private static void warnOfId(String id) {
    LOG.warn("{}", StrangeCategories.sentenceOfId(STEP, OPTION, id));
  }

  private static DeadLetter letter(EncodedBatch lines, int index, Refusal why) {
    RawEvent raw = RawEvent.of(lines, index, "camel", System.currentTimeMillis());
    return new DeadLetter(raw, why.reason(), why.detail(), PLACE);
  }

  @Override
  protected void doStart() {
    demand(unknown, "unknown", List.of("pass", "refuse"));
    demand(licence, "licence", List.of("STANDARD", "ADVANCED"));
    require(FieldRules.check("minSeverity", Integer.toString(minSeverity)));
    MappingsInForce inForce = MappingsInForce.load(mapping);
    loaded = inForce.known();
    Catalogue catalogue = inForce.catalogue();
    strange = new StrangeCategories(catalogue);
    Set<String> categoryKeys = keys("categories", categories, catalogue.categories());
    Set<String> runtimeKeys =
        keys("runtimeEventTypes", runtimeEventTypes, catalogue.runtimeTypes());
    if (categoryKeys.isEmpty() && runtimeKeys.isEmpty()) {
      require(FieldRules.checkSet("categories", List.of(), catalogue.categories()));
    }
    subscription =
        Subscription.of(
            true,
            categoryKeys,
            runtimeKeys,
            Set.copyOf(list(agentGroups)),
            minSeverity,
            LicenceLevel.valueOf(licence.strip().toUpperCase(Locale.ROOT)),
            catalogue);
    deadLetters = new DeadLetters(deadLetter);
    deadLetters.start();
  }

  @Override
  protected void doStop() {
    if (deadLetters != null) {
      deadLetters.stop();
    }
    idle.clear();
  }

  private static void demand(String value, String option, List<String> known) {
    if (known.stream().noneMatch(value.strip()::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          STEP
              + ": "
              + option
              + " must be one of "
              + String.join(", ", known)
              + ", not `"
              + value
              + "`");
    }
  }

  private static void require(@Nullable FieldProblem problem) {
    if (problem != null) {
      throw new IllegalArgumentException(STEP + ": " + problem.sentence());
    }
  }

  /** Keys between commas; {@code all} stands for all that there are. */
  private static Set<String> keys(String option, String commaSeparated, Choices known) {
    if (commaSeparated.strip().equalsIgnoreCase(ALL)) {
      return Set.copyOf(known.keys());
    }
    Set<String> keys = new LinkedHashSet<>();
    for (String word : list(commaSeparated)) {
      require(FieldRules.checkSet(option, List.of(word), known));
      String key = known.find(word);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Words between commas or blanks; {@code none} stands for nothing. */
  private static List<String> list(String text) {
    if (text.strip().equalsIgnoreCase("none")) {
      return List.of();
    }
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  /** Export categories, separated by commas; {@code all} or {@code none}. */
  public void setCategories(String categories) {
    this.categories = categories;
  }

  /** Runtime event types, separated by commas; {@code all} or {@code none}. */
  public void setRuntimeEventTypes(String runtimeEventTypes) {
    this.runtimeEventTypes = runtimeEventTypes;
  }

  /** Linked agent groups, separated by commas. */
  public void setAgentGroups(String agentGroups) {
    this.agentGroups = agentGroups;
  }

  /** Lowest CEF severity that passes. */
  public void setMinSeverity(int minSeverity) {
    this.minSeverity = minSeverity;
  }

  /** {@code STANDARD} or {@code ADVANCED}. */
  public void setLicence(String licence) {
    this.licence = licence;
  }

  /** {@code pass} or {@code refuse}: what happens to events that are not CEF. */
  public void setUnknown(String unknown) {
    this.unknown = unknown;
  }

  /** The mappings that know the categories, separated by commas. */
  public void setMapping(String mapping) {
    this.mapping = mapping;
  }

  /** Extension key that names the agent group in lines that came as CEF. */
  public void setAgentGroupKey(String agentGroupKey) {
    this.agentGroupKey = agentGroupKey;
  }

  /** Endpoint that gets refused events. */
  public void setDeadLetters(String deadLetter) {
    this.deadLetter = deadLetter;
  }
}
