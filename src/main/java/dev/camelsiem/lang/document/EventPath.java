package dev.camelsiem.lang.document;

import dev.camelsiem.json.JsonTape;
import dev.camelsiem.json.KeyTree;
import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable of an event and constant keys in it. Which nodes of a {@link KeyTree} these are is
 * looked up once for each tree, so that what stands there is found without a look at any key.
 * Thread-safe.
 */
public final class EventPath {
  /** What {@link #row} says when the tree does not tell. */
  static final int UNKNOWN = -2;

  private static final int NOTHING = -1;

  /**
   * The places where an event may have the variable, in order: the node of the variable and that of
   * the last key. None when the tree does not have them all.
   */
  private static final class Nodes {
    final KeyTree tree;
    final int[] variables;
    final int[] ends;

    Nodes(KeyTree tree, int[] variables, int[] ends) {
      this.tree = tree;
      this.variables = variables;
      this.ends = ends;
    }
  }

  private final DocumentFormat format;
  private final Text variable;
  private final List<Text> keys;
  private @Nullable Nodes known;

  public EventPath(DocumentFormat format, Text variable, List<Text> keys) {
    this.format = format;
    this.variable = variable;
    this.keys = List.copyOf(keys);
  }

  /** A path whose first name is the variable's. */
  public static EventPath of(DocumentFormat format, List<Text> names) {
    return new EventPath(format, names.get(0), names.subList(1, names.size()));
  }

  DocumentFormat format() {
    return format;
  }

  Text variable() {
    return variable;
  }

  List<Text> keys() {
    return keys;
  }

  /** The row of what stands there, -1 for null; or {@link #UNKNOWN}. */
  int row(JsonTape tape) {
    KeyTree tree = tape.tree();
    if (tree == null) {
      return UNKNOWN;
    }
    Nodes nodes = known;
    if (nodes == null || !nodes.tree.equals(tree)) {
      nodes = nodes(tree);
      known = nodes;
    }
    int[] variables = nodes.variables;
    if (variables.length == 0) {
      return UNKNOWN;
    }
    if (format != DocumentFormat.EVENTLOG) {
      return Math.max(NOTHING, tape.slot(nodes.ends[0]));
    }
    for (int i = 0; i < variables.length; i++) {
      int row = tape.slot(variables[i]);
      if (row >= 0 && tape.kind(row) != JsonTape.NULL) {
        return variables[i] == nodes.ends[i] ? row : below(tape, row, nodes.ends[i]);
      }
    }
    return NOTHING;
  }

  /** The data of a Windows event have several shapes, one of which the reader knows. */
  private int below(JsonTape tape, int row, int node) {
    boolean data = format == DocumentFormat.EVENTLOG && variable.equals(WindowsEvent.DATA);
    return data && (tape.kind(row) != JsonTape.ARRAY || tape.partialNode(row) < 0)
        ? UNKNOWN
        : tape.slot(node);
  }

  private Nodes nodes(KeyTree tree) {
    int[] parents = parents(tree);
    int[] variables = new int[parents.length];
    int[] ends = new int[parents.length];
    for (int i = 0; i < parents.length; i++) {
      variables[i] = parents[i] < 0 ? -1 : tree.child(parents[i], variable);
      ends[i] = variables[i];
      for (int k = 0; k < keys.size() && ends[i] >= 0; k++) {
        ends[i] = tree.child(ends[i], keys.get(k));
      }
      if (ends[i] < 0) {
        return new Nodes(tree, new int[0], new int[0]);
      }
    }
    return new Nodes(tree, variables, ends);
  }

  private int[] parents(KeyTree tree) {
    if (format != DocumentFormat.EVENTLOG) {
      boolean hasData = variable.equals(WindowsEvent.EVENT); // whose nodes are no members
      return new int[] {hasData ? -1 : KeyTree.ROOT};
    }
    int event = tree.child(KeyTree.ROOT, WindowsEvent.EVENT);
    int system = event < 0 ? -1 : tree.child(event, WindowsEvent.SYSTEM);
    int data = event < 0 ? -1 : tree.child(event, WindowsEvent.EVENT_DATA);
    if (variable.equals(WindowsEvent.SYSTEM) || variable.equals(WindowsEvent.EVENT_DATA)) {
      return new int[] {-1}; // hidden in one of the three places
    }
    if (variable.equals(WindowsEvent.DATA)) {
      return new int[] {keys.size() == 1 ? data : -1}; // not as it stands there
    }
    return new int[] {system, event, data};
  }
}
