package dev.camelsiem.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class AsciiTest {
  private static final byte[] LIKELY = {'a', 'b', '"', ' ', 31, 0, '!', '#', -1, -128, 127, '\n'};

  @Test
  void findsTheFirstOfItsKindWhereverItStands() {
    Random random = new Random(1);
    for (int run = 0; run < 20_000; run++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextInt(4) == 0 ? LIKELY[random.nextInt(LIKELY.length)] : (byte) 'x';
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      int wanted = Math.abs(LIKELY[random.nextInt(LIKELY.length)] & 0x7f);
      assertThat(Ascii.indexOf(bytes, from, to, wanted))
          .isEqualTo(first(bytes, from, to, b -> b == wanted));
      assertThat(Ascii.indexOfBelow(bytes, from, to, wanted))
          .isEqualTo(first(bytes, from, to, b -> b >= 0 && b < wanted));
    }
  }

  private static int first(byte[] bytes, int from, int to, IntPredicate wanted) {
    int i = from;
    while (i < to && !wanted.test(bytes[i])) {
      i++;
    }
    return i;
  }
}
