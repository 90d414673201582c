package dev.camelsiem.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gives how much when room is made. */
class WaterLevelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /a=100 /b=98                              |    2 | /a=2
          /a=100 /b=98                              |    4 | /a=3 /b=1
          /a=100 /b=98                              |    5 | /a=4 /b=2
          /a=100 /b=98 /c=10                        |    0 |
          /a=100 /b=98 /c=10                        |  200 | /a=98 /b=96 /c=8
          /a=100                                    |  100 | /a=100
          /a=100 /b=7                               | 1000 | /a=100 /b=7
                                                    |    5 |
          /a=50 tcp://1=30 tcp://2=30               |   10 | tcp://1=5 tcp://2=5
          /a=50 tcp://1=30 tcp://2=30               |   20 | /a=5 tcp://1=8 tcp://2=8
          /a=50 tcp://1=58 tcp://2=2                |   10 | tcp://1=10
          /a=50 udp://1=20 other_addresses=40       |   20 | /a=5 other_addresses=15
          /a=50 kafka:x=60 tcp://2=20               |   12 | /a=1 kafka:x=11
          """)
  void theLargestGivesUntilItHasNoMoreThanTheNext(String held, long wanted, String given) {
    assertThat(WaterLevel.cut(map(held), wanted)).isEqualTo(map(given));
  }

  private static Map<String, Long> map(@Nullable String text) {
    Map<String, Long> map = new LinkedHashMap<>();
    for (String each : text == null ? new String[0] : text.split(" ")) {
      int at = each.indexOf('=');
      map.put(each.substring(0, at).replace('_', ' '), Long.parseLong(each.substring(at + 1)));
    }
    return map;
  }

  @Test
  void isEnoughAndLeavesAloneWhoIsBelow() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      Map<String, Long> held = new LinkedHashMap<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        held.put("/" + i, 1L + random.nextInt(1_000));
      }
      long all = held.values().stream().mapToLong(Long::longValue).sum();
      long wanted = random.nextInt((int) all + 100);
      Map<String, Long> cut = WaterLevel.cut(held, wanted);
      long given = cut.values().stream().mapToLong(Long::longValue).sum();
      assertThat(given).isBetween(Math.min(all, wanted), Math.min(all, wanted + held.size()));
      long level = held.keySet().stream().mapToLong(n -> left(held, cut, n)).max().orElse(0);
      assertThat(held.keySet()).allMatch(n -> !cut.containsKey(n) || left(held, cut, n) == level);
    }
  }

  private static long left(Map<String, Long> held, Map<String, Long> cut, String name) {
    return held.get(name) - cut.getOrDefault(name, 0L);
  }
}
