package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition in a structured head (xp 2.3.1): a path must exist, or what stands there must equal
 * a text.
 *
 * @param path empty when every event will do; for XML the first name is the root's
 * @param expected null when existence is enough
 */
public record PathCondition(List<Text> path, @Nullable Text expected) {
  /** No condition. */
  public static final PathCondition NONE = new PathCondition(List.of(), null);

  public PathCondition {
    path = List.copyOf(path);
  }

  /** Whether what stands at the path is as it must be. */
  boolean holds(@Nullable Object value) {
    if (value == null || expected == null) {
      return value != null;
    }
    return value instanceof Text text
        ? text.equals(expected)
        : expected.equals(Convert.text(value));
  }
}
