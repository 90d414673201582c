package dev.camelsiem.flow.category;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds categories that an earlier step has given to events and nobody can subscribe to, since no
 * mapping of this step has them. Thread-safe.
 */
public final class StrangeCategories {
  /** An earlier step that makes up more is not worth remembering them. */
  private static final int MOST = 100;

  private final Set<String> known;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  public StrangeCategories(Catalogue catalogue) {
    known = Set.copyOf(catalogue.categories().keys());
  }

  /** What it means, for the log. */
  public static String sentence(String step, String category) {
    return step
        + ": events of the category `"
        + category
        + "` reach nobody by it, since no mapping of this step has it; name the mapping of the step"
        + " that made them in the option `mapping`";
  }

  /** Those of a batch that were not found before. */
  @SuppressWarnings("ReferenceEquality") // facts that are alike are one object, most often
  public List<String> newIn(EncodedBatch lines) {
    List<String> found = new ArrayList<>(0);
    EventFacts last = null;
    for (int i = 0; i < lines.size(); i++) {
      EventFacts facts = lines.facts(i);
      if (facts != null && facts != last && isNew(facts.category())) {
        found.add(facts.category());
      }
      last = facts;
    }
    return found;
  }

  private boolean isNew(@Nullable String category) {
    return category != null
        && !known.contains(category)
        && told.size() < MOST
        && told.add(category);
  }
}
