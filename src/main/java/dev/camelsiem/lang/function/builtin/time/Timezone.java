package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code timezone}: the offset that a DateTime was written with. */
public final class Timezone {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("timezone")
          .area("time")
          .summary("Gives the offset from UTC that a DateTime was written with.")
          .param("date", DATETIME, "The date, or its text.")
          .returns(NUMBER, "Seconds east of UTC.")
          .nulls("Null for null and for what is no date.")
          .example("timezone(datetime(\"1990-10-31T23:13:04+03:00\"))", "10800")
          .example("timezone(null)", "null")
          .cost(4)
          .impure()
          .body1((budget, value) -> Epochs.number(budget, value, d -> (long) d.offsetSeconds()))
          .build();

  private Timezone() {}
}
