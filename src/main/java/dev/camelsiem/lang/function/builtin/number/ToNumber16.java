package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code number16}: a hexadecimal text as number. */
public final class ToNumber16 {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("number16")
          .area("number")
          .summary("Converts a hexadecimal text to a number.")
          .param(
              "text",
              NUMBER,
              "The text, with or without 0x, a sign allowed; a number passes through.")
          .returns(NUMBER, "The number.")
          .nulls("Null when the text is no such number, or when it has more than 64 bits.")
          .example("number16(\"0x3e7\")", "999")
          .example("number16(\"a\")", "10")
          .example("number16(\"-\")", "null")
          .body1((budget, value) -> NumberTexts.parse(value, 16))
          .build();

  private ToNumber16() {}
}
