package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code day}: the day of the month of a DateTime, in UTC. */
public final class Day {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("day")
          .area("time")
          .summary("Gives the day of the month of a DateTime.")
          .param("date", DATETIME, "The date, or its text.")
          .returns(NUMBER, "The day of the month in UTC, whatever offset the date has.")
          .nulls("Null for null and for what is no date.")
          .example("day(datetime(\"1990-10-31T23:13:04+03:00\"))", "31")
          .example("day(null)", "null")
          .cost(4)
          .impure()
          .body1(
              (budget, value) -> Epochs.number(budget, value, date -> Components.date(date) % 100L))
          .build();

  private Day() {}
}
