package dev.camelsiem.flow.category;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one kind that an integration may subscribe to, in the order of the mappings.
 * Immutable.
 *
 * @param all each once; no two are the same without regard to case
 */
public record Choices(List<Choice> all) {
  public Choices {
    all = List.copyOf(all);
  }

  /**
   * What the mappings have between them.
   *
   * @param kind for people, such as {@code category}
   * @throws IllegalArgumentException when a key means two things
   */
  static Choices of(
      String kind, List<CefMapping> mappings, Function<CefMapping, Map<String, Choice>> choices) {
    Map<String, Choice> all = new LinkedHashMap<>();
    Map<String, String> places = new LinkedHashMap<>();
    for (CefMapping mapping : mappings) {
      for (Choice choice : choices.apply(mapping).values()) {
        String folded = fold(choice.key());
        Choice known = all.putIfAbsent(folded, choice);
        String place = places.putIfAbsent(folded, mapping.name());
        if (known != null && !known.equals(choice)) {
          throw new IllegalArgumentException(
              "one key, two meanings: the %s %s in mapping `%s`, and %s in mapping `%s`"
                  .formatted(kind, text(known), place, text(choice), mapping.name()));
        }
      }
    }
    return new Choices(new ArrayList<>(all.values()));
  }

  /** These, and behind them those of some others whose keys are not there. */
  Choices or(Collection<Choice> others) {
    List<Choice> both = new ArrayList<>(all);
    others.stream().filter(other -> find(other.key()) == null).forEach(both::add);
    return new Choices(both);
  }

  /** The keys in their order. */
  public List<String> keys() {
    return all.stream().map(Choice::key).toList();
  }

  /** The key that is meant by a word, whatever its case, or null when there is none. */
  public @Nullable String find(String word) {
    String folded = fold(word);
    return keys().stream().filter(key -> fold(key).equals(folded)).findFirst().orElse(null);
  }

  /** Those of some keys that the licence allows. */
  public Set<String> allowed(Collection<String> keys, LicenceLevel licence) {
    return all.stream()
        .filter(choice -> keys.contains(choice.key()) && licence.allows(choice))
        .map(Choice::key)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The form in which names are compared. */
  public static String fold(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static String text(Choice choice) {
    String licence = choice.advanced() ? "ADVANCED" : "STANDARD";
    return "`" + choice.key() + "` (" + choice.name() + ", licence " + licence + ")";
  }
}
