package dev.camelsiem.lang.function.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.Body;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Buffer;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.text.Text;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What is Base64 is what the JDK takes for it. */
class BufferFromBase64Test {
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("AZaz09+/")
        .ofMaxLength(9)
        .flatMap(
            body ->
                Arbitraries.of("", "=", "==", "===", "?", "=A", "-", " ", "\u0436")
                    .map(end -> body + end));
  }

  @Property(tries = 10_000, seed = "64")
  void decodesWhatTheJdkDecodes(@ForAll("texts") String text) {
    Body.Body1 body = (Body.Body1) BufferFromBase64.SPEC.bind(Arguments.unknown(1));
    Object decoded = body.apply(new Budget(EvaluationLimits.DEFAULT), Text.of(text));
    byte[] expected = decoded(text);
    if (expected == null) {
      assertThat(decoded).isNull();
    } else {
      assertThat(decoded).isInstanceOf(Buffer.class);
      assertThat(((Buffer) decoded).array()).isEqualTo(expected);
    }
  }

  private static byte @Nullable [] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
