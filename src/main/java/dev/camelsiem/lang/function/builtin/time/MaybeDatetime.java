package dev.camelsiem.lang.function.builtin.time;

import static dev.camelsiem.lang.function.FunctionType.DATETIME;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Convert;

/** {@code maybe_datetime}: a text as DateTime. */
public final class MaybeDatetime {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("maybe_datetime")
          .area("time")
          .summary("Converts a text to a DateTime; the same as datetime.")
          .param("text", DATETIME, "The text, in one of the known formats; no zone means UTC.")
          .returns(DATETIME, "The instant, with the offset that the text names.")
          .nulls("Null for null and for what is no date.")
          .example("maybe_datetime(\"2024-01-02 03:04:05.678\")", "\"2024-01-02T03:04:05.678Z\"")
          .example(
              "maybe_datetime(\"2024-01-02T03:04:05+03:00\")", "\"2024-01-02T03:04:05.000+03:00\"")
          .example("maybe_datetime(\"yesterday\")", "null")
          .cost(4)
          .impure()
          .body1((budget, value) -> Convert.dateTime(value, budget.receivedAt()))
          .build();

  private MaybeDatetime() {}
}
