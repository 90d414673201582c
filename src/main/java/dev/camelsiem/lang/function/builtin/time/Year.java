package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code year}: the year of a DateTime, in UTC. */
public final class Year {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("year")
          .area("time")
          .summary("Gives the year of a DateTime.")
          .param("date", DATETIME, "The date, or its text.")
          .returns(NUMBER, "The year in UTC, whatever offset the date has.")
          .nulls("Null for null and for what is no date.")
          .example("year(datetime(\"1990-10-31T23:13:04+03:00\"))", "1990")
          .example("year(null)", "null")
          .cost(4)
          .impure()
          .body1(
              (budget, value) ->
                  Epochs.number(budget, value, date -> Components.date(date) / 10_000L))
          .build();

  private Year() {}
}
