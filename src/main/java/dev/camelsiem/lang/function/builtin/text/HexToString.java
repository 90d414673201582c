package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import org.jspecify.annotations.Nullable;

/** {@code hex_to_string}: text out of the hex digits of its bytes. */
public final class HexToString {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("hex_to_string")
          .area("text")
          .summary("Decodes pairs of hex digits as UTF-8.")
          .param("text", STRING, "The hex digits of either case.")
          .returns(STRING, "The decoded text; the argument unchanged when it can't be decoded.")
          .nulls("Null for null.")
          .example("hex_to_string(\"6C73\")", "\"ls\"")
          .example("hex_to_string(\"root\")", "\"root\"")
          .example("hex_to_string(\"FF\")", "\"FF\"")
          .example("hex_to_string(null)", "null")
          .body1(HexToString::apply)
          .build();

  private HexToString() {}

  private static @Nullable Object apply(Budget budget, @Nullable Object value) {
    Text text = Convert.text(value);
    if (text == null || text.length() % 2 != 0 || !isHex(budget, text)) {
      return text;
    }
    budget.output(text.length() / 2);
    byte[] decoded = new byte[text.length() / 2];
    for (int i = 0; i < decoded.length; i++) {
      int high = Ascii.hexDigit(text.byteAt(2 * i));
      decoded[i] = (byte) (high << 4 | Ascii.hexDigit(text.byteAt(2 * i + 1)));
    }
    return Utf8.isValid(decoded, 0, decoded.length) ? Text.of(decoded) : text;
  }

  private static boolean isHex(Budget budget, Text text) {
    int i = 0;
    while (i < text.length() && Ascii.hexDigit(text.byteAt(i)) >= 0) {
      i++;
    }
    budget.scan(i);
    return i == text.length();
  }
}
