package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code epoch_to_datetime}: Unix time as DateTime. */
public final class EpochToDatetime {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("epoch_to_datetime")
          .area("time")
          .summary("Converts Unix time in seconds to a DateTime.")
          .param("number", NUMBER, "The seconds since 1970-01-01 UTC, or their decimal text.")
          .returns(DATETIME, "The instant, in UTC.")
          .nulls("Null for null, for what is no number and beyond the year 9999.")
          .example("epoch_to_datetime(1600000000)", "\"2020-09-13T12:26:40.000Z\"")
          .example("epoch_to_datetime(null)", "null")
          .cost(4)
          .body1((budget, number) -> Epochs.dateTime(number, 1000))
          .build();

  private EpochToDatetime() {}
}
