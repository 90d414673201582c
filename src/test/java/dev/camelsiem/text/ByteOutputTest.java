package dev.camelsiem.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteOutputTest {
  @Test
  void takesAsMuchAsItMayAndNoByteMore() {
    for (int step : new int[] {1, 7, 100}) {
      ByteOutput out = new ByteOutput(16, 100);
      while (out.length() + step <= 100) {
        out.put(new byte[step]);
      }
      assertThatThrownBy(() -> out.put(new byte[step])).isInstanceOf(OutputFull.class);
      assertThat(out.length()).isEqualTo(100 - 100 % step);
      assertThat(out.array().length).isLessThanOrEqualTo(100);
    }
  }

  @Test
  void writesCodePointsAsTheyAreInUtf8() {
    ByteOutput out = new ByteOutput(16);
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x1000 ? 1 : 37) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        out.clear();
        Utf8.put(out, c);
        assertThat(out.toText().toBytes())
            .isEqualTo(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
