package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code flip_endianness64}: the 64 bits of a number with their bytes reversed. */
public final class FlipEndianness64 {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("flip_endianness64")
          .area("number")
          .summary("Reverses the order of the bytes of a number of 64 bits.")
          .param("number", NUMBER, "The number, or its decimal text.")
          .returns(NUMBER, "The number that the reversed bytes spell, without sign.")
          .nulls("Null for null, for what is no number and for numbers that need more bits.")
          .example("flip_endianness64(256)", "281474976710656")
          .example("flip_endianness64(null)", "null")
          .body1((budget, number) -> ByteOrder.flip(number, 64))
          .build();

  private FlipEndianness64() {}
}
