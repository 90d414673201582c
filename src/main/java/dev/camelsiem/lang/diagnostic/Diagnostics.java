package dev.camelsiem.lang.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the findings of one pass over one or more texts. Not thread-safe. */
public final class Diagnostics {
  /** More findings than this for one file help nobody. */
  public static final int MOST_PER_FILE = 50;

  /** A finding, and who knows its hint when it has none of its own. */
  private record Found(Diagnostic finding, Supplier<@Nullable String> hint) {
    Diagnostic complete() {
      return finding.hint() == null ? finding.withHint(hint.get()) : finding;
    }
  }

  private final Map<Diagnostic, Found> found = new LinkedHashMap<>();
  private boolean errors;

  public void add(Diagnostic diagnostic) {
    add(diagnostic, () -> null);
  }

  /**
   * Adds a finding whose hint takes a search.
   *
   * @param hint asked only if the finding is among those that are shown
   */
  public void add(Diagnostic diagnostic, Supplier<@Nullable String> hint) {
    errors |= diagnostic.isError();
    found.putIfAbsent(diagnostic, new Found(diagnostic, hint));
  }

  public void addAll(Iterable<Diagnostic> diagnostics) {
    diagnostics.forEach(this::add);
  }

  public boolean hasErrors() {
    return errors;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** The findings by file and place; at most {@link #MOST_PER_FILE} a file, duplicates dropped. */
  public List<Diagnostic> all() {
    List<Diagnostic> sorted = new ArrayList<>();
    String file = "";
    int inFile = 0;
    for (Found each : found.values().stream().sorted(BY_PLACE).toList()) {
      String name = each.finding.file().name();
      if (!name.equals(file)) {
        file = name;
        inFile = 0;
      }
      if (inFile++ < MOST_PER_FILE) {
        sorted.add(each.complete());
      }
    }
    return List.copyOf(sorted);
  }

  private static final Comparator<Found> BY_PLACE =
      Comparator.comparing((Found each) -> each.finding.file().name())
          .thenComparing(each -> each.finding.span().from())
          .thenComparing(each -> each.finding.code().code());
}
