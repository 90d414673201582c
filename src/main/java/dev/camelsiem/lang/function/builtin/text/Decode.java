package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.BUFFER;
import static dev.camelsiem.lang.function.FunctionType.STRING;
import static dev.camelsiem.lang.function.FunctionType.TEXT;

import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Buffer;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code decode}: bytes as text. */
public final class Decode {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("decode")
          .area("text")
          .summary("Reads bytes as text in an encoding.")
          .param("buffer", BUFFER, "The bytes, from buffer_from_base64.")
          .param("encoding", TEXT, "UTF-8 or UCS2-LE.")
          .returns(STRING, "The text.")
          .nulls("Null for null, for another encoding and for bytes that are not valid in it.")
          .example("decode(buffer_from_base64(\"bHM=\"), \"UTF-8\")", "\"ls\"")
          .example("decode(buffer_from_base64(\"bABzAA==\"), \"UCS2-LE\")", "\"ls\"")
          .example("decode(buffer_from_base64(\"/w==\"), \"UTF-8\")", "null")
          .cost(8)
          .check(Decode::check)
          .body2(Decode::apply)
          .build();

  private static final Text UTF_8 = Text.of("UTF-8");
  private static final Text UCS2_LE = Text.of("UCS2-LE");

  private Decode() {}

  private static @Nullable Object apply(
      Budget budget, @Nullable Object value, @Nullable Object encoding) {
    if (!(value instanceof Buffer buffer)) {
      return null;
    }
    byte[] bytes = buffer.array();
    budget.scan(2 * bytes.length);
    if (UTF_8.equals(encoding)) {
      return Utf8.isValid(bytes, 0, bytes.length) ? Text.of(bytes) : null;
    }
    return UCS2_LE.equals(encoding) ? utf16(budget, bytes) : null;
  }

  private static @Nullable Text utf16(Budget budget, byte[] bytes) {
    budget.output(bytes.length * 2);
    CharBuffer characters = CharBuffer.allocate(bytes.length / 2 + 1);
    CharsetDecoder decoder = StandardCharsets.UTF_16LE.newDecoder();
    boolean malformed = decoder.decode(ByteBuffer.wrap(bytes), characters, true).isError();
    return malformed ? null : Text.of(characters.flip().toString());
  }

  private static FunctionSpec.@Nullable Complaint check(Arguments arguments) {
    boolean known =
        !arguments.isConstant(1)
            || UTF_8.equals(arguments.value(1))
            || UCS2_LE.equals(arguments.value(1));
    return known
        ? null
        : new FunctionSpec.Complaint(
            1, "the encoding is not known", "write \"UTF-8\" or \"UCS2-LE\"");
  }
}
