package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;
import static dev.camelsiem.lang.function.FunctionType.TEXT;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code duration}: a text as number of seconds. */
public final class ToDuration {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("duration")
          .area("time")
          .summary("Converts a duration written as days, hours, minutes and seconds.")
          .param("text", TEXT, "The text, such as 1d 02h:03m:04s; parts may be missing.")
          .returns(NUMBER, "The duration in seconds.")
          .nulls("Null for null and for what is no duration.")
          .example("duration(\"0d 1h:2m:15s\")", "3735")
          .example("duration(\"soon\")", "null")
          .body1((budget, value) -> Durations.seconds(value))
          .build();

  private ToDuration() {}
}
