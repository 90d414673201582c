package dev.camelsiem.lang.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the findings of one pass over one or more texts. Not thread-safe. */
public final class Diagnostics {
  /** More findings than this for one file help nobody. */
  public static final int MOST_PER_FILE = 50;

  private final List<Diagnostic> found = new ArrayList<>();
  private boolean errors;

  public void add(Diagnostic diagnostic) {
    errors |= diagnostic.isError();
    found.add(diagnostic);
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
    for (Diagnostic diagnostic : found.stream().distinct().sorted(BY_PLACE).toList()) {
      if (!diagnostic.file().name().equals(file)) {
        file = diagnostic.file().name();
        inFile = 0;
      }
      if (inFile++ < MOST_PER_FILE) {
        sorted.add(diagnostic);
      }
    }
    return List.copyOf(sorted);
  }

  private static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparing((Diagnostic d) -> d.file().name())
          .thenComparing(d -> d.span().from())
          .thenComparing(d -> d.code().code());
}
