package dev.camelsiem.lang.function;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known about the arguments of one call before any event comes: some are constants. */
public final class Arguments {
  private final boolean[] constant;
  private final @Nullable Object[] values;

  private Arguments(boolean[] constant, @Nullable Object[] values) {
    this.constant = constant;
    this.values = values;
  }

  /** So many arguments, none of them constant. */
  public static Arguments unknown(int count) {
    return new Arguments(new boolean[count], new Object[count]);
  }

  /** The same with one more argument known to be this value. */
  public Arguments with(int index, @Nullable Object value) {
    boolean[] known = constant.clone();
    @Nullable Object[] all = values.clone();
    known[index] = true;
    all[index] = value;
    return new Arguments(known, all);
  }

  /** All of these arguments, constant. */
  public static Arguments constants(@Nullable Object... values) {
    boolean[] known = new boolean[values.length];
    Arrays.fill(known, true);
    return new Arguments(known, values.clone());
  }

  public int count() {
    return values.length;
  }

  public boolean isConstant(int index) {
    return index < constant.length && constant[index];
  }

  /** The value of a constant argument, which may be the language's null. */
  public @Nullable Object value(int index) {
    return values[index];
  }
}
