package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.value.ValueKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of the variables' values at one place of a body; of a variable that is not known here
 * the value may be anything. Null is in no set: any value may be null.
 */
final class VariableKinds {
  private record Known(Set<ValueKind> kinds, int submessages) {}

  private final Predicate<String> isShared;
  private final @Nullable VariableKinds outer;
  private final VariableKinds outermost;
  private final Map<String, Known> own = new HashMap<>();
  private int submessages;

  private VariableKinds(Predicate<String> isShared, @Nullable VariableKinds outer) {
    this.isShared = isShared;
    this.outer = outer;
    this.outermost = outer == null ? this : outer.outermost;
  }

  /**
   * For the beginning of a body.
   *
   * @param isShared true for a variable that a submessage may set
   */
  static VariableKinds none(Predicate<String> isShared) {
    return new VariableKinds(isShared, null);
  }

  /** For the beginning of a branch that starts here. */
  VariableKinds branch() {
    return new VariableKinds(isShared, this);
  }

  Set<ValueKind> of(String name) {
    for (VariableKinds at = this; at != null; at = at.outer) {
      Known known = at.own.get(name);
      if (known != null) {
        boolean old = known.submessages < outermost.submessages;
        return old && isShared.test(name) ? KindFinder.ALL : known.kinds;
      }
    }
    return KindFinder.ALL;
  }

  void put(String name, Set<ValueKind> kinds) {
    own.put(name, new Known(kinds, outermost.submessages));
  }

  /** A submessage: what it may set is known no more. */
  void submessage() {
    outermost.submessages++;
  }

  /**
   * Goes on where branches that started here have ended.
   *
   * @param complete true when one of them is always taken
   */
  void join(List<VariableKinds> branches, boolean complete) {
    Map<String, Set<ValueKind>> together = new HashMap<>();
    Map<String, Integer> count = new HashMap<>();
    for (VariableKinds branch : branches) {
      for (String name : branch.own.keySet()) {
        together
            .computeIfAbsent(name, key -> EnumSet.noneOf(ValueKind.class))
            .addAll(branch.of(name));
        count.merge(name, 1, Integer::sum);
      }
    }
    together.forEach(
        (name, kinds) -> {
          if (!complete || count.getOrDefault(name, 0) < branches.size()) {
            kinds.addAll(of(name));
          }
          put(name, kinds);
        });
  }
}
