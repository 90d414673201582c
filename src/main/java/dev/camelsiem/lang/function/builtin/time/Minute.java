package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code minute}: the minute of a DateTime, in UTC. */
public final class Minute {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("minute")
          .area("time")
          .summary("Gives the minute of a DateTime.")
          .param("date", DATETIME, "The date, or its text.")
          .returns(NUMBER, "The minute in UTC, whatever offset the date has.")
          .nulls("Null for null and for what is no date.")
          .example("minute(datetime(\"1990-10-31T23:13:04+03:00\"))", "13")
          .example("minute(null)", "null")
          .cost(4)
          .impure()
          .body1(
              (budget, value) ->
                  Epochs.number(budget, value, date -> Components.secondOfDay(date) / 60 % 60L))
          .build();

  private Minute() {}
}
