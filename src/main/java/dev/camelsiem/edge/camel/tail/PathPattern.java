package dev.camelsiem.edge.camel.tail;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * One path to tail: a plain path or a glob with {@code *}, {@code ?}, {@code [..]}, {@code {a,b}}
 * and {@code **}, which stands for any number of folders, none included.
 */
final class PathPattern {
  private static final String SPECIAL = "*?[{";
  private static final int MAX_DEPTH = 32;

  private final String text;
  private final Path root;
  private final int depth;
  private final List<PathMatcher> matchers = new ArrayList<>();
  private final boolean literal;

  PathPattern(String text) {
    this.text = text;
    Path absolute = Path.of(fixedPart(text)).toAbsolutePath().normalize();
    String rest = text.substring(fixedPart(text).length());
    literal = rest.isEmpty();
    root = absolute;
    depth = rest.contains("**") ? MAX_DEPTH : (int) rest.chars().filter(c -> c == '/').count() + 1;
    if (!literal) {
      String prefix = absolute.toString();
      addMatchers(escape(prefix.endsWith("/") ? prefix : prefix + "/") + rest);
    }
  }

  /** The patterns of a list that is separated by commas; commas inside braces belong to a glob. */
  static List<PathPattern> list(String text) {
    List<PathPattern> patterns = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == text.length())) {
        String one = text.substring(start, i).strip();
        if (!one.isEmpty()) {
          patterns.add(new PathPattern(one));
        }
        start = i + 1;
      }
    }
    return patterns;
  }

  /** Where to look: the file itself, or the deepest folder before the first wildcard. */
  Path root() {
    return root;
  }

  /** How many folders deep a match can be below the root. */
  int depth() {
    return depth;
  }

  /** True for a path without wildcards. */
  boolean isLiteral() {
    return literal;
  }

  boolean matches(Path path) {
    if (literal) {
      return path.equals(root);
    }
    for (PathMatcher matcher : matchers) {
      if (matcher.matches(path)) {
        return true;
      }
    }
    return false;
  }

  private void addMatchers(String glob) {
    matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
    int at = glob.indexOf("/**/");
    if (at >= 0) { // the standard glob wants one folder at least
      addMatchers(glob.substring(0, at) + glob.substring(at + 3));
    }
  }

  /** The part before the first name that has a wildcard. */
  private static String fixedPart(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, text.lastIndexOf('/', i) + 1);
      }
    }
    return text;
  }

  private static String escape(String path) {
    StringBuilder escaped = new StringBuilder();
    path.chars()
        .forEach(
            c -> {
              if ("*?[]{}\\".indexOf(c) >= 0) {
                escaped.append('\\');
              }
              escaped.append((char) c);
            });
    return escaped.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
