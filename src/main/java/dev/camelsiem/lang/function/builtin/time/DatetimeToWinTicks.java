package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code datetime_to_win_ticks}: DateTime as Windows file time. */
public final class DatetimeToWinTicks {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("datetime_to_win_ticks")
          .area("time")
          .summary("Converts a DateTime to Windows file time.")
          .param("date", DATETIME, "The date, or its text.")
          .returns(NUMBER, "Units of 100 ns since 1601-01-01 UTC.")
          .nulls("Null for null, for what is no date and before 1970.")
          .example(
              "datetime_to_win_ticks(datetime(\"2015-01-25T01:06:40Z\"))", "130666216000000000")
          .example("datetime_to_win_ticks(null)", "null")
          .cost(4)
          .impure()
          .body1((budget, value) -> Epochs.number(budget, value, Epochs::toTicks))
          .build();

  private DatetimeToWinTicks() {}
}
