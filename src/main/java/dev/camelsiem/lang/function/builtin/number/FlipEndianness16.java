package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code flip_endianness16}: the 16 bits of a number with their bytes reversed. */
public final class FlipEndianness16 {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("flip_endianness16")
          .area("number")
          .summary("Reverses the order of the bytes of a number of 16 bits.")
          .param("number", NUMBER, "The number, or its decimal text.")
          .returns(NUMBER, "The number that the reversed bytes spell, without sign.")
          .nulls("Null for null, for what is no number and for numbers that need more bits.")
          .example("flip_endianness16(256)", "1")
          .example("flip_endianness16(null)", "null")
          .body1((budget, number) -> ByteOrder.flip(number, 16))
          .build();

  private FlipEndianness16() {}
}
