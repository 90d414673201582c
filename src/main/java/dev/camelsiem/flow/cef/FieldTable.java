package dev.camelsiem.flow.cef;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives each field that somebody will ask for a slot number. Immutable. */
final class FieldTable {
  /** Slot of a field that nobody asks for. */
  static final int NONE = -1;

  private final Map<String, Integer> slots = new HashMap<>();
  private final List<String> names;

  FieldTable(Collection<String> fields) {
    names = List.copyOf(new ArrayList<>(new LinkedHashSet<>(fields)));
    for (int i = 0; i < names.size(); i++) {
      slots.put(names.get(i), i);
    }
  }

  int slot(String field) {
    Integer slot = slots.get(field);
    return slot == null ? NONE : slot;
  }

  String name(int slot) {
    return names.get(slot);
  }

  /** All fields, by slot. */
  Set<String> names() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  int size() {
    return names.size();
  }
}
