package dev.camelsiem.lang.document;

import dev.camelsiem.json.JsonTape;
import dev.camelsiem.json.KeyTree;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object on the tape. A look-up walks over the members; once the walks have cost some times
 * what the members are, it makes an index, so that however many look-ups there are, the work grows
 * with the object and not with their product.
 */
final class JsonObject implements MapValue {
  /** Walks over all members after which an index pays; usual events never come near. */
  private static final int MOST_WALKS = 16;

  private static final int ALWAYS_WALKED = 1024;

  private final JsonValues values;
  private final JsonTape tape;

  /** Changes once at most, when something is asked for that was not kept. */
  private int row;

  /** The node whose members alone were kept, or -1. */
  private int partial;

  private long walked;
  private @Nullable Map<Text, Integer> index;

  JsonObject(JsonValues values, int row) {
    this.values = values;
    this.tape = values.tape();
    this.row = row;
    this.partial = tape.partialNode(row);
  }

  @Override
  public @Nullable Object get(Text key) {
    KeyTree tree = tape.tree();
    if (partial >= 0 && tree != null) {
      int node = tree.child(partial, key);
      if (node >= 0) {
        int kept = tape.slot(node);
        return kept < 0 ? null : values.value(kept);
      }
      readWhole();
    }
    int member = index == null ? walk(key) : index.getOrDefault(key, -1);
    return member < 0 ? null : values.value(member);
  }

  /** The first string of this name, not trimmed; null when there is none. */
  @Nullable Text firstText(Text key) {
    readWhole();
    int end = tape.next(row);
    for (int member = row + 1; member < end; member = tape.next(member)) {
      if (tape.isString(member) && tape.key(member).equals(key)) {
        return tape.text(member);
      }
    }
    return null;
  }

  /** From now on all members have rows. */
  private void readWhole() {
    if (partial >= 0) {
      row = values.readWhole(row);
      partial = -1;
    }
  }

  private int walk(Text key) {
    long before = tape.looked();
    int member = tape.member(row, key);
    walked += tape.looked() - before;
    if (walked > ALWAYS_WALKED + (long) MOST_WALKS * tape.children(row)) {
      index = index();
    }
    return member;
  }

  private Map<Text, Integer> index() {
    Map<Text, Integer> made = new HashMap<>(2 * size());
    int end = tape.next(row);
    for (int member = row + 1; member < end; member = tape.next(member)) {
      made.put(tape.key(member), member); // of several the last one wins
    }
    tape.look(size());
    return made;
  }

  @Override
  public int size() {
    readWhole();
    return tape.children(row);
  }

  /** Repeated keys are visited repeatedly, the one that {@link #get} finds last. */
  @Override
  public void forEach(BiConsumer<Text, @Nullable Object> visitor) {
    readWhole();
    int end = tape.next(row);
    for (int member = row + 1; member < end; member = tape.next(member)) {
      visitor.accept(tape.key(member), values.value(member));
    }
  }
}
