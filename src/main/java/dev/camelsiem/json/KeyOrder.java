package dev.camelsiem.json;

import dev.camelsiem.text.Octets;
import java.util.Arrays;

/**
 * Which key came behind which when a text was read last with the same {@link KeyTree}: one producer
 * writes its members in one order, so a look at the bytes of the key that is likely to come saves
 * to look for its end and to look it up. A wrong guess costs that look and nothing else.
 *
 * <p>A key is known by a number: its node, or a place behind the nodes for one that the tree does
 * not have; of those only the last ones are remembered. Behind these are the beginnings of objects,
 * one for each node.
 */
final class KeyOrder {
  /** How many keys that are no nodes are remembered; a power of two. */
  private static final int OTHERS = 256;

  /** Bytes of the longest keys that are remembered: three times eight of them tell all. */
  private static final int LONGEST = 3 * Octets.SIZE;

  private static final int NONE = -1;

  private final KeyTree tree;
  private final int nodes;

  // By key: its bytes, where it lies, and what came behind it.
  private final long[] heads;
  private final long[] middles;
  private final long[] tails;
  private final int[] lengths;
  private final int[] parents;
  private final int[] next;

  KeyOrder(KeyTree tree) {
    this.tree = tree;
    this.nodes = tree.size();
    int keys = nodes + OTHERS;
    heads = new long[keys];
    middles = new long[keys];
    tails = new long[keys];
    lengths = new int[keys];
    parents = new int[keys];
    next = new int[keys + nodes];
    Arrays.fill(next, NONE);
  }

  KeyTree tree() {
    return tree;
  }

  /** What stands for the beginning of an object. */
  int beginning(int node) {
    return heads.length + node;
  }

  /** The key that is likely to come behind another one; -1 when none has ever come. */
  int behind(int key) {
    return next[key];
  }

  /** The node of a key, or -1. */
  int node(int key) {
    return key < nodes ? key : NONE;
  }

  /**
   * Where a key ends, before its quotation mark; -1 when it is another one that begins at {@code
   * from}, or one that has to be looked at.
   */
  int end(int key, int parent, byte[] bytes, int from, int to) {
    if (key < 0 || from > bytes.length - LONGEST || parents[key] != parent) {
      return NONE;
    }
    int length = lengths[key];
    int end = from + length;
    if (end >= to || bytes[end] != '"') {
      return NONE;
    }
    long head = Octets.get(bytes, from);
    boolean same =
        length <= Octets.SIZE
            ? (head ^ heads[key]) << Long.SIZE - Byte.SIZE * length == 0
            : head == heads[key]
                && Octets.get(bytes, end - Octets.SIZE) == tails[key]
                && Octets.get(bytes, Math.min(from + Octets.SIZE, end - Octets.SIZE))
                    == middles[key];
    return same ? end : NONE;
  }

  /**
   * Looks a key up and remembers what it came behind; without escapes.
   *
   * @return the key, or -1 when it is neither a node nor remembered
   */
  int find(int before, int parent, byte[] bytes, int from, int to) {
    int node = tree.child(parent, bytes, from, to);
    int length = to - from;
    if (length == 0 || length > LONGEST) {
      return node;
    }
    long head = JsonTape.head(bytes, from, to);
    long tail = JsonTape.tail(bytes, from, to);
    int key = node >= 0 ? node : nodes + (JsonTape.hash(head, tail, length) & OTHERS - 1);
    heads[key] = head;
    tails[key] = tail;
    middles[key] =
        length < Octets.SIZE
            ? 0
            : Octets.get(bytes, Math.min(from + Octets.SIZE, to - Octets.SIZE));
    lengths[key] = length;
    parents[key] = parent;
    next[before] = key;
    return key;
  }
}
