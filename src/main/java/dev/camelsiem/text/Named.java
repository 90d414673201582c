package dev.camelsiem.text;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Constants of an enum by the names that users give them. */
public final class Named {
  private Named() {}

  /** The one of this name, in any case; null when there is none. */
  public static <E extends Enum<E>> @Nullable E of(Iterable<E> constants, String name) {
    for (E one : constants) {
      if (one.name().equalsIgnoreCase(name)) {
        return one;
      }
    }
    return null;
  }

  /** The same among all constants. */
  public static <E extends Enum<E>> @Nullable E of(Class<E> type, String name) {
    return of(EnumSet.allOf(type), name);
  }
}
