package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.BUFFER;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Buffer;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** {@code buffer_from_base64}: bytes out of Base64. */
public final class BufferFromBase64 {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("buffer_from_base64")
          .area("text")
          .summary("Decodes Base64 into bytes, which decode turns into text.")
          .param("text", STRING, "The Base64 text; padding may be missing.")
          .returns(BUFFER, "The bytes.")
          .nulls("Null for null and for what is no Base64.")
          .example("decode(buffer_from_base64(\"bHM=\"), \"UTF-8\")", "\"ls\"")
          .example("buffer_from_base64(\"?\")", "null")
          .cost(4)
          .body1(BufferFromBase64::apply)
          .build();

  private BufferFromBase64() {}

  private static @Nullable Object apply(Budget budget, @Nullable Object value) {
    Text text = Convert.text(value);
    if (text == null || !isBase64(text)) {
      return null;
    }
    budget.output(text.length());
    try {
      return new Buffer(Base64.getDecoder().decode(text.toBytes()));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** Without the price of an exception: padding is all there or missing. */
  private static boolean isBase64(Text text) {
    int end = text.length();
    while (end > 0 && text.length() - end < 2 && text.byteAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      byte b = text.byteAt(i);
      if (!Ascii.isAlphanumeric(b) && b != '+' && b != '/') {
        return false;
      }
    }
    return end == text.length() ? end % 4 != 1 : text.length() % 4 == 0;
  }
}
