package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code lower}: a text in lower case. */
public final class Lower {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("lower")
          .area("text")
          .summary("Converts a text to lower case.")
          .param("text", STRING, "The text; letters of every alphabet are known.")
          .returns(STRING, "The text in lower case.")
          .nulls("Null for null.")
          .example("lower(\"LAB\\\\Anna\")", "\"lab\\\\anna\"")
          .example("lower(null)", "null")
          .body1((budget, value) -> LetterCase.lower(budget, value))
          .build();

  private Lower() {}
}
