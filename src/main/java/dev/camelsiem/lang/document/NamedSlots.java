package dev.camelsiem.lang.document;

import dev.camelsiem.json.JsonTape;
import dev.camelsiem.json.KeyTree;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What {@link NamedRows} is, when the reader has kept the texts of the wanted names alone. */
final class NamedSlots implements MapValue {
  private final JsonValues values;
  private final JsonTape tape;
  private final KeyTree tree;
  private final int node;
  private final JsonArray array;
  private @Nullable MapValue all;

  NamedSlots(JsonValues values, int row, JsonArray array) {
    this.values = values;
    this.tape = values.tape();
    this.tree = Objects.requireNonNull(tape.tree());
    this.node = tape.partialNode(row);
    this.array = array;
  }

  @Override
  public @Nullable Object get(Text key) {
    int child = all == null ? tree.child(node, key) : -1;
    if (child < 0) {
      return all().get(key);
    }
    int kept = tape.slot(child);
    return kept < 0 ? null : values.value(kept);
  }

  @Override
  public int size() {
    return all().size();
  }

  @Override
  public void forEach(BiConsumer<Text, @Nullable Object> visitor) {
    all().forEach(visitor);
  }

  /** With the names that nobody was expected to ask for: the array is one of plain pairs. */
  private MapValue all() {
    if (all == null) {
      array.readWhole();
      all = Objects.requireNonNull(array.named());
    }
    return all;
  }
}
