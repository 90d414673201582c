package dev.camelsiem.flow.cef;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives each field that somebody will ask for a slot number. Immutable. */
final class FieldTable {
  /** Slot of a field that nobody asks for. */
  static final int NONE = -1;

  private final Map<String, Integer> slots = new LinkedHashMap<>();
  private final List<String> names;

  FieldTable(Collection<String> fields) {
    fields.forEach(field -> slots.putIfAbsent(field, slots.size()));
    names = List.copyOf(slots.keySet());
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
    return Collections.unmodifiableSet(slots.keySet());
  }

  int size() {
    return names.size();
  }
}
