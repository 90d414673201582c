package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code month}: the month of a DateTime, in UTC. */
public final class Month {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("month")
          .area("time")
          .summary("Gives the month of a DateTime.")
          .param("date", DATETIME, "The date, or its text.")
          .returns(NUMBER, "The month in UTC, whatever offset the date has.")
          .nulls("Null for null and for what is no date.")
          .example("month(datetime(\"1990-10-31T23:13:04+03:00\"))", "10")
          .example("month(null)", "null")
          .cost(4)
          .impure()
          .body1(
              (budget, value) ->
                  Epochs.number(budget, value, date -> Components.date(date) / 100 % 100L))
          .build();

  private Month() {}
}
