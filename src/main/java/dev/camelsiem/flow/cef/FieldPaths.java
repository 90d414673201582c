package dev.camelsiem.flow.cef;

import dev.camelsiem.json.JsonTape;
import dev.camelsiem.json.KeyTree;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the places in nested objects that a mapping asks for. Immutable. */
final class FieldPaths {
  final Place root = new Place(KeyTree.ROOT, "");
  private final KeyTree tree;

  /** By node of the tree. */
  private final Place[] places;

  /** Where objects lead to, and the field there if there is one. */
  static final class Place {
    final String path;

    /** Of the tree; other nodes stand for the same place. */
    private final int node;

    private int slot = FieldTable.NONE;

    private Place(int node, String path) {
      this.node = node;
      this.path = path;
    }

    /** The slot of the field here, or {@link FieldTable#NONE}. */
    int slot() {
      return slot;
    }
  }

  FieldPaths(FieldTable table) {
    KeyTree.Builder builder = new KeyTree.Builder();
    List<Place> byNode = new ArrayList<>(List.of(root));
    for (int slot = 0; slot < table.size(); slot++) {
      place(table.name(slot).split("\\.", -1), builder, byNode).slot = slot;
    }
    tree = builder.build();
    places = byNode.toArray(Place[]::new);
  }

  /**
   * The place at the end of some steps. Each place on the way knows it, and those before it, also
   * by all steps from there in one key with dots.
   */
  private Place place(String[] steps, KeyTree.Builder builder, List<Place> byNode) {
    List<Place> passed = new ArrayList<>(List.of(root));
    for (int step = 0; step < steps.length; step++) {
      Place before = passed.get(step);
      int node = builder.child(before.node, Text.of(steps[step]));
      if (node == byNode.size()) {
        byNode.add(new Place(node, (before == root ? "" : before.path + ".") + steps[step]));
      }
      Place place = byNode.get(node);
      String key = steps[step];
      for (int from = step - 1; from >= 0; from--) {
        key = steps[from] + "." + key;
        if (builder.child(passed.get(from).node, Text.of(key)) == byNode.size()) {
          byNode.add(place);
        }
      }
      passed.add(place);
    }
    return passed.get(steps.length);
  }

  /** The place that the key of a row leads to from another, or null. */
  @Nullable Place child(Place place, JsonTape tape, int row) {
    int node =
        tape.keyIsEscaped(row)
            ? tree.child(place.node, tape.key(row))
            : tree.child(place.node, tape.bytes(), tape.keyStart(row), tape.keyEnd(row));
    return node < 0 ? null : places[node];
  }
}
