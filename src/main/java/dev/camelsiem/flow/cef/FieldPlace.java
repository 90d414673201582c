package dev.camelsiem.flow.cef;

import dev.camelsiem.json.JsonTape;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree of nested objects that a mapping asks for; where a field is, it has a slot.
 * The keys that lead on are found by their bytes. Immutable once the tree is made.
 */
final class FieldPlace {
  final String name;

  private int slot = FieldTable.NONE;
  private final Map<String, FieldPlace> children = new LinkedHashMap<>();

  /** By hash, at the next free index when others have the same; a power of two. */
  private byte[] @Nullable [] keys = new byte[1][];

  private FieldPlace[] places = {this};

  private FieldPlace(String name) {
    this.name = name;
  }

  /** The tree of all fields of a table; this is its root. */
  static FieldPlace rootOf(FieldTable table) {
    FieldPlace root = new FieldPlace("");
    for (int slot = 0; slot < table.size(); slot++) {
      root.descendant(table.name(slot).split("\\.", -1)).slot = slot;
    }
    root.freeze();
    return root;
  }

  /** The slot of the field here, or {@link FieldTable#NONE}. */
  int slot() {
    return slot;
  }

  /** The place that the key of a row leads to, or null. */
  @Nullable FieldPlace child(JsonTape tape, int row) {
    byte[] bytes = tape.bytes();
    int from = tape.keyStart(row);
    int to = tape.keyEnd(row);
    if (tape.keyIsEscaped(row)) {
      Text key = tape.key(row);
      bytes = key.array();
      from = key.from();
      to = key.to();
    }
    int at = tape.keyHash(row) & keys.length - 1;
    for (byte[] key = keys[at]; key != null; key = keys[at]) {
      if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
        return places[at];
      }
      at = at + 1 & keys.length - 1;
    }
    return null;
  }

  /**
   * The place at the end of some steps. Each place on the way knows it, and those before it, also
   * by all steps from there in one key with dots.
   */
  private FieldPlace descendant(String[] steps) {
    List<FieldPlace> passed = new ArrayList<>();
    List<String> passedKeys = new ArrayList<>();
    FieldPlace last = this;
    for (String step : steps) {
      passed.add(last);
      passedKeys.add("");
      FieldPlace before = last;
      last =
          before.children.computeIfAbsent(
              step, key -> new FieldPlace(before.name.isEmpty() ? key : before.name + "." + key));
      for (int i = 0; i < passedKeys.size(); i++) {
        String key = i == passedKeys.size() - 1 ? step : passedKeys.get(i) + "." + step;
        passedKeys.set(i, key);
        passed.get(i).children.putIfAbsent(key, last);
      }
    }
    return last;
  }

  /** Makes the tables that keys are found in; at most a quarter of them is taken. */
  private void freeze() {
    if (children.isEmpty() || keys.length > 1) {
      return; // known by several names, and frozen by the first
    }
    int size = Integer.highestOneBit(children.size()) * 8;
    keys = new byte[size][];
    places = new FieldPlace[size];
    Arrays.fill(places, this);
    children.forEach(this::put);
    children.values().forEach(FieldPlace::freeze);
  }

  private void put(String step, FieldPlace child) {
    byte[] key = step.getBytes(StandardCharsets.UTF_8);
    int at = JsonTape.hash(key, 0, key.length) & keys.length - 1;
    while (keys[at] != null) {
      at = at + 1 & keys.length - 1;
    }
    keys[at] = key;
    places[at] = child;
  }
}
