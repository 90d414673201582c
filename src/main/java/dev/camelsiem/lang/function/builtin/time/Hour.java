package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code hour}: the hour of a DateTime, in UTC. */
public final class Hour {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("hour")
          .area("time")
          .summary("Gives the hour of a DateTime.")
          .param("date", DATETIME, "The date, or its text.")
          .returns(NUMBER, "The hour in UTC, whatever offset the date has.")
          .nulls("Null for null and for what is no date.")
          .example("hour(datetime(\"1990-10-31T23:13:04+03:00\"))", "20")
          .example("hour(null)", "null")
          .cost(4)
          .impure()
          .body1(
              (budget, value) ->
                  Epochs.number(budget, value, date -> Components.secondOfDay(date) / 3600L))
          .build();

  private Hour() {}
}
