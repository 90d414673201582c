package dev.camelsiem.lang.function.builtin.value;

import static dev.camelsiem.lang.function.FunctionType.ANY;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import org.jspecify.annotations.Nullable;

/** {@code coalesce}: the first value that is set. */
public final class Coalesce {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("coalesce")
          .area("value")
          .summary("Gives the first argument that is not null.")
          .optional("value", ANY, "A value; any number of them may follow.")
          .repeats()
          .returns(ANY, "The first value that is not null; an empty text counts as a value.")
          .nulls("Null when all arguments are null, or when there is none.")
          .example("coalesce(null, \"a\", \"b\")", "\"a\"")
          .example("coalesce(null, \"\")", "\"\"")
          .example("coalesce(null, null)", "null")
          .body1((budget, a) -> a)
          .body2((budget, a, b) -> a != null ? a : b)
          .body3((budget, a, b, c) -> a != null ? a : b != null ? b : c)
          .bodyN(Coalesce::apply)
          .build();

  private Coalesce() {}

  private static @Nullable Object apply(Budget budget, @Nullable Object[] values) {
    for (Object value : values) {
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
