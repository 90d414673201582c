package dev.camelsiem.flow.category;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds events that reach nobody whatever one subscribes to: of a category that an earlier step has
 * given to them and no mapping of this step has, or of no category and no runtime event type.
 * Thread-safe.
 */
public final class StrangeCategories {
  /** An earlier step that makes up more is not worth remembering them. */
  private static final int MOST = 100;

  private final Set<String> known;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Set<String> toldIds = ConcurrentHashMap.newKeySet();

  public StrangeCategories(Catalogue catalogue) {
    known = Set.copyOf(catalogue.categories().keys());
  }

  /**
   * What a category that was found means, for the log.
   *
   * @param option of the step that names the mappings it knows
   */
  public static String sentence(String step, String option, String category) {
    return step
        + ": events of the category `"
        + category
        + "` reach nobody by it, since no mapping of this step has it; name the mapping of the step"
        + " that made them in the option `"
        + option
        + "`";
  }

  /** The same of an id. */
  public static String sentenceOfId(String step, String option, String id) {
    return step
        + ": events with the id "
        + Refusal.quoted(id)
        + " reach nobody, since no mapping of this step tells their category; name one that does in"
        + " the option `"
        + option
        + "`";
  }

  /** Categories of a batch that were not found before. */
  public List<String> newIn(EncodedBatch lines) {
    return found(lines, EventFacts::category, this::isNew);
  }

  /** Ids of a batch that were not found before. */
  public List<String> newIdsIn(EncodedBatch lines) {
    return found(lines, facts -> isNewId(facts) ? facts.id() : null, id -> true);
  }

  /** Whether an event has no category, and its id was not found before. */
  public boolean isNewId(EventFacts facts) {
    return facts.category() == null
        && facts.runtimeType() == null
        && toldIds.size() < MOST
        && toldIds.add(facts.id());
  }

  private boolean isNew(String category) {
    return !known.contains(category) && told.size() < MOST && told.add(category);
  }

  @SuppressWarnings("ReferenceEquality") // facts that are alike are one object, most often
  private static List<String> found(
      EncodedBatch lines, Function<EventFacts, @Nullable String> word, Predicate<String> isNew) {
    List<String> found = new ArrayList<>(0);
    EventFacts last = null;
    for (int i = 0; i < lines.size(); i++) {
      EventFacts facts = lines.facts(i);
      String told = facts == null || facts == last ? null : word.apply(facts);
      if (told != null && isNew.test(told)) {
        found.add(told);
      }
      last = facts;
    }
    return found;
  }
}
