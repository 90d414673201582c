package dev.camelsiem.check.describe;

import dev.camelsiem.content.i18n.Language;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one event is described.
 *
 * @param tried all criteria of the rule, in their order
 * @param sentences by language
 */
public record EventDescription(List<TriedCriteria> tried, Map<Language, String> sentences) {
  /** The criteria that have chosen the sentences; null when none hold. */
  public @Nullable TriedCriteria chosen() {
    return tried.stream().filter(TriedCriteria::hold).findFirst().orElse(null);
  }

  /** The criteria of which the fewest comparisons fail; null when the rule has none. */
  public @Nullable TriedCriteria closest() {
    return tried.stream().min(Comparator.comparing(one -> one.failed().size())).orElse(null);
  }
}
