package dev.camelsiem.flow.cef;

import dev.camelsiem.json.KeyTree;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the places in nested objects that a mapping asks for. Immutable. */
final class FieldPaths {
  private final Place root = new Place(KeyTree.ROOT, "");
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
    builder.mark();
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
        int spelling = builder.child(passed.get(from).node, Text.of(key));
        if (spelling == byNode.size()) {
          byNode.add(place);
          builder.below(spelling, place.node);
        }
      }
      passed.add(place);
    }
    return passed.get(steps.length);
  }

  /** The tree that events are to be read with. */
  KeyTree tree() {
    return tree;
  }

  /** The place that a node of the tree stands for, or null. */
  @Nullable Place place(int node) {
    return node < 0 ? null : places[node];
  }
}
