package dev.camelsiem.flow.cef;

import java.util.List;

/** Patterns of ids, in which {@code *} stands for any text, also none. */
final class IdPattern {
  private IdPattern() {}

  /** Whether one of the patterns is that of the whole id. */
  static boolean anyMatches(List<String> patterns, String id) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, id));
  }

  /** In a time linear in the pattern for each letter of the id: it goes back to one star only. */
  static boolean matches(String pattern, String id) {
    int p = 0;
    int i = 0;
    int star = -1;
    int resume = 0;
    while (i < id.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = i;
      } else if (p < pattern.length() && pattern.charAt(p) == id.charAt(i)) {
        p++;
        i++;
      } else if (star >= 0) {
        p = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
