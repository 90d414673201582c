package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code maybe_number16}: the same as {@code number16}. */
public final class MaybeNumber16 {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("maybe_number16")
          .area("number")
          .summary("Converts a hexadecimal text to a number; the same as number16.")
          .param(
              "text",
              NUMBER,
              "The text, with or without 0x, a sign allowed; a number passes through.")
          .returns(NUMBER, "The number.")
          .nulls("Null when the text is no such number, or when it has more than 64 bits.")
          .example("maybe_number16(\"0x3e7\")", "999")
          .example("maybe_number16(\"a\")", "10")
          .example("maybe_number16(\"-\")", "null")
          .body1((budget, value) -> NumberTexts.parse(value, 16))
          .build();

  private MaybeNumber16() {}
}
