package dev.camelsiem.lang.diagnostic;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the known name that a misspelt one was probably meant to be. */
public final class NearNames {
  /** Comparing two names takes the product of their lengths. */
  private static final int LONGEST = 64;

  /** Who has more names than this to choose from is no person. */
  private static final int MOST_KNOWN = 2_000;

  private NearNames() {}

  /** The hint {@code did you mean `x`?}, or null when nothing is near enough. */
  public static @Nullable String hint(String name, Collection<String> known) {
    String nearest = nearest(name, known);
    return nearest == null ? null : "did you mean `" + nearest + "`?";
  }

  /**
   * The nearest of the known names by edit distance, at most a third of the length away; null when
   * none is. Very long names and very many have no nearest one.
   */
  public static @Nullable String nearest(String name, Collection<String> known) {
    if (name.length() > LONGEST || known.size() > MOST_KNOWN) {
      return null;
    }
    String best = null;
    int bestDistance = Math.max(1, name.length() / 3) + 1;
    for (String candidate : known) {
      if (Math.abs(candidate.length() - name.length()) >= bestDistance) {
        continue;
      }
      int distance = distance(name, candidate);
      if (distance < bestDistance
          || (distance == bestDistance && best != null && candidate.compareTo(best) < 0)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Edit distance with swaps of neighbours; a difference of case only counts nothing. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(java.util.Locale.ROOT);
    String b = right.toLowerCase(java.util.Locale.ROOT);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
