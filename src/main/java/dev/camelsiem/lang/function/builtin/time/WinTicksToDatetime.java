package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code win_ticks_to_datetime}: Windows file time as DateTime. */
public final class WinTicksToDatetime {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("win_ticks_to_datetime")
          .area("time")
          .summary("Converts Windows file time to a DateTime.")
          .param("ticks", NUMBER, "Units of 100 ns since 1601-01-01 UTC, or their decimal text.")
          .returns(DATETIME, "The instant, in UTC.")
          .nulls("Null for null, for what is no number and before 1970.")
          .example("win_ticks_to_datetime(130666216000000000)", "\"2015-01-25T01:06:40.000Z\"")
          .example("win_ticks_to_datetime(0)", "null")
          .cost(4)
          .body1((budget, ticks) -> Epochs.fromTicks(ticks))
          .build();

  private WinTicksToDatetime() {}
}
