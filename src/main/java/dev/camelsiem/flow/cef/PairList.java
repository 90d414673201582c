package dev.camelsiem.flow.cef;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The entries of an extension that an event may carry, in their order. Immutable. */
final class PairList {
  final KeyPlan[] keys;

  /** By entry, the next one for another key: the first of those for the same key counts. */
  final int[] next;

  PairList(List<KeyPlan> entries) {
    keys = entries.toArray(KeyPlan[]::new);
    next = new int[keys.length];
    for (int i = keys.length - 1; i >= 0; i--) {
      boolean same = i + 1 < keys.length && keys[i + 1].key.equals(keys[i].key);
      next[i] = same ? next[i + 1] : i + 1;
    }
  }

  PairList select(Predicate<KeyPlan> wanted) {
    List<KeyPlan> selected = new ArrayList<>();
    for (KeyPlan key : keys) {
      if (wanted.test(key)) {
        selected.add(key);
      }
    }
    return new PairList(selected);
  }
}
