package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.lang.value.Text;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A JSON object on the tape. */
final class JsonObject implements MapValue {
  private final JsonTape tape;
  private final int row;

  JsonObject(JsonTape tape, int row) {
    this.tape = tape;
    this.row = row;
  }

  @Override
  public @Nullable Object get(Text key) {
    int member = tape.member(row, key);
    return member < 0 ? null : tape.value(member);
  }

  @Override
  public int size() {
    return tape.children(row);
  }

  /** Repeated keys are visited repeatedly, the one that {@link #get} finds last. */
  @Override
  public void forEach(BiConsumer<Text, @Nullable Object> visitor) {
    int end = tape.next(row);
    for (int member = row + 1; member < end; member = tape.next(member)) {
      visitor.accept(tape.key(member), tape.value(member));
    }
  }
}
