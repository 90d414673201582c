package dev.camelsiem.json;

import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The members of objects that somebody is going to look for, by their keys from the root down: each
 * is a node with a number, and a reader that knows the tree notes the row of each node as it comes
 * along it. Immutable.
 *
 * <p>It is a hint, not a promise: what is not in the tree can be read all the same, but costs more.
 */
public final class KeyTree {
  /** The node of the root object. */
  public static final int ROOT = 0;

  /** A factor without pattern, after Knuth. */
  private static final int MULTIPLIER = 0x9E3779B1;

  private final int[] table;
  private final int[] parents;

  // By node, the first and the last eight bytes of its key.
  private final long[] heads;
  private final long[] tails;

  /** By node, where its key begins in the bytes; the next node's is its end. */
  private final int[] starts;

  private final byte[] keys;
  private final boolean[] inner;
  private final boolean[] whole;
  private final boolean[] named;
  private final boolean marks;

  /** By node, the one whose children are its own. */
  private final int[] below;

  private KeyTree(Builder builder) {
    int size = builder.keys.size();
    table = new int[Integer.highestOneBit(size) * 4];
    parents = builder.parents.stream().mapToInt(i -> i).toArray();
    heads = new long[size];
    tails = new long[size];
    starts = new int[size + 1];
    inner = new boolean[size];
    whole = new boolean[size];
    named = new boolean[size];
    Arrays.fill(table, -1);
    ByteOutput all = new ByteOutput(16 * size);
    for (int node = 0; node < size; node++) {
      Text key = builder.keys.get(node);
      starts[node] = all.length();
      all.put(key);
      heads[node] = JsonTape.head(key.array(), key.from(), key.to());
      tails[node] = JsonTape.tail(key.array(), key.from(), key.to());
      if (node != ROOT) {
        inner[parents[node]] = true;
        int at = place(parents[node], JsonTape.hash(heads[node], tails[node], key.length()));
        while (table[at] >= 0) {
          at = at + 1 & table.length - 1;
        }
        table[at] = node;
      }
    }
    starts[size] = all.length();
    keys = all.toBytes();
    builder.whole.forEach(node -> whole[node] = true);
    builder.named.forEach(node -> named[node] = true);
    marks = builder.marks;
    below = builder.below.stream().mapToInt(i -> i).toArray();
  }

  /** Number of nodes. */
  public int size() {
    return parents.length;
  }

  /** The node below a node, or -1. */
  public int child(int parent, Text key) {
    return child(parent, key.array(), key.from(), key.to());
  }

  /** The same for a key that is given by its bytes. */
  public int child(int parent, byte[] bytes, int from, int to) {
    long head = JsonTape.head(bytes, from, to);
    long tail = JsonTape.tail(bytes, from, to);
    int at = place(parent, JsonTape.hash(head, tail, to - from));
    int node = table[at];
    while (node >= 0 && !is(node, parent, head, tail, bytes, from, to)) {
      at = at + 1 & table.length - 1;
      node = table[at];
    }
    return node;
  }

  private int place(int parent, int hash) {
    int mixed = hash + parent * MULTIPLIER;
    return (mixed ^ mixed >>> 16) & table.length - 1;
  }

  private boolean is(int node, int parent, long head, long tail, byte[] bytes, int from, int to) {
    int start = starts[node];
    int length = to - from;
    return heads[node] == head
        && tails[node] == tail
        && parents[node] == parent
        && starts[node + 1] - start == length
        && (length <= 2 * Long.BYTES
            || Arrays.equals(keys, start, start + length, bytes, from, to));
  }

  /** The node that has the children of a node. */
  int below(int node) {
    return below[node];
  }

  /** Whether there are nodes below a node. */
  boolean isInner(int node) {
    return inner[node];
  }

  /** Whether a node is wanted with all that is in it. */
  boolean isWhole(int node) {
    return whole[node] || !inner[node] || marks;
  }

  /** Whether a node may be an array of pairs, whose names are the nodes below it. */
  boolean isNamed(int node) {
    return named[node] && !whole[node];
  }

  /** Whether all is kept, with rows that tell their nodes. */
  boolean marks() {
    return marks;
  }

  /** Collects paths. */
  public static final class Builder {
    private final List<Integer> parents = new ArrayList<>(List.of(-1));
    private final List<Text> keys = new ArrayList<>(List.of(Text.EMPTY));
    private final List<Map<Text, Integer>> children = new ArrayList<>(List.of(new HashMap<>()));
    private final List<Integer> whole = new ArrayList<>();
    private final List<Integer> named = new ArrayList<>();
    private final List<Integer> below = new ArrayList<>(List.of(ROOT));
    private boolean marks;

    /** The node below a node, which is made when there is none. */
    public int child(int parent, Text key) {
      return children
          .get(parent)
          .computeIfAbsent(
              key,
              k -> {
                parents.add(parent);
                below.add(keys.size());
                keys.add(k);
                children.add(new HashMap<>());
                return keys.size() - 1;
              });
    }

    /** Somebody wants all that is in a node, whatever nodes are below it. */
    public void whole(int node) {
      whole.add(node);
    }

    /**
     * When a node is an array of {@code {"Name": n, "text": t}}, the nodes below it are not keys
     * but names, and stand for the texts.
     */
    public void named(int node) {
      named.add(node);
    }

    /** Below another spelling of a node are the nodes that are below it. */
    public void below(int spelling, int node) {
      below.set(spelling, node);
    }

    /**
     * All is wanted, and each row tells its {@link JsonTape#node}; of a key that is there twice
     * both rows do. Not for a tree with {@link #named} nodes, whose names are no keys.
     */
    public void mark() {
      marks = true;
    }

    public KeyTree build() {
      if (marks && !named.isEmpty()) {
        throw new IllegalStateException("a tree that marks has no named nodes");
      }
      return new KeyTree(this);
    }
  }
}
