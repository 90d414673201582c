package dev.camelsiem.lang.function.builtin.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private final List<Text> keys = new ArrayList<>();

  KnownKeysTest() {
    for (int length = 0; length <= LETTERS.length(); length++) {
      keys.add(Text.of(LETTERS.substring(0, length)));
    }
  }

  @Test
  void findsKeysOfAnyLengthWhateverStandsAroundThem() {
    KnownKeys known = new KnownKeys(keys);
    for (int length = 0; length < keys.size(); length++) {
      for (String behind : List.of("", "=", "=12345678901234567")) {
        byte[] bytes = ("; " + keys.get(length) + behind).getBytes(StandardCharsets.US_ASCII);
        assertThat(known.number(bytes, 2, 2 + length)).as(length + behind).isEqualTo(length);
      }
    }
  }

  @Test
  void findsNothingThatDiffersInOneByte() {
    KnownKeys known = new KnownKeys(keys);
    for (int length = 1; length < keys.size(); length++) {
      for (String behind : List.of("", "=12345678901234567")) {
        byte[] bytes = (keys.get(length) + behind).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < length; i++) {
          bytes[i]++;
          assertThat(known.number(bytes, 0, length)).as("%d of %d", i, length).isEqualTo(-1);
          bytes[i]--;
        }
      }
    }
  }
}
