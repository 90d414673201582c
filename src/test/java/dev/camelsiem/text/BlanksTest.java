package dev.camelsiem.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What conversions drop around a value is the same whether one looks at bytes or at characters. */
class BlanksTest {
  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "20",
            "09",
            "0d0a",
            "c2a0",
            "c285",
            "e28080",
            "e3808a",
            "e38080",
            "e2808b",
            "e281a0",
            "efbbbf",
            "41",
            "d0b6",
            "f09f9880",
            "a0",
            "80",
            "c2",
            "e280",
            "00",
            "1c")
        .list()
        .ofMaxSize(8)
        .map(list -> String.join("", list));
  }

  @Property(tries = 5000, seed = "5")
  void bytesAndCharactersAgree(@ForAll("pieces") String hex) {
    byte[] bytes = HexFormat.of().parseHex("20" + hex + "41");
    Text text = Text.of(bytes, 1, bytes.length - 1);
    int[] points = text.toString().codePoints().toArray();
    int from = 0;
    int to = points.length;
    while (from < to && isBlank(points[from])) {
      from++;
    }
    while (to > from && isBlank(points[to - 1])) {
      to--;
    }
    assertThat(Blanks.trim(text)).hasToString(new String(points, from, to - from));
  }

  private static boolean isBlank(int c) {
    return List.of(0x9, 0xa, 0xb, 0xc, 0xd, 0x85, 0x200b, 0x2060, 0xfeff).contains(c)
        || Character.isSpaceChar(c);
  }
}
