package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code datetime_to_epoch_ms}: DateTime as Unix time. */
public final class DatetimeToEpochMs {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("datetime_to_epoch_ms")
          .area("time")
          .summary("Converts a DateTime to Unix time in milliseconds.")
          .param("date", DATETIME, "The date, or its text.")
          .returns(NUMBER, "The milliseconds since 1970-01-01 UTC.")
          .nulls("Null for null and for what is no date.")
          .example("datetime_to_epoch_ms(datetime(\"2020-09-13T12:26:40Z\"))", "1600000000000")
          .example("datetime_to_epoch_ms(null)", "null")
          .cost(4)
          .impure()
          .body1((budget, value) -> Epochs.number(budget, value, date -> date.epochMillis()))
          .build();

  private DatetimeToEpochMs() {}
}
