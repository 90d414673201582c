package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code upper}: a text in upper case. */
public final class Upper {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("upper")
          .area("text")
          .summary("Converts a text to upper case.")
          .param("text", STRING, "The text; letters of every alphabet are known.")
          .returns(STRING, "The text in upper case.")
          .nulls("Null for null.")
          .example("upper(\"lab\\\\anna\")", "\"LAB\\\\ANNA\"")
          .example("upper(null)", "null")
          .body1((budget, value) -> LetterCase.upper(budget, value))
          .build();

  private Upper() {}
}
