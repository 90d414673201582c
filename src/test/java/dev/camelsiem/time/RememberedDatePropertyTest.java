package dev.camelsiem.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** A reader that has read another date before reads what one finds that has read none. */
class RememberedDatePropertyTest {
  private static final List<String> DATES =
      List.of(
          "Nov 22 04:33:33",
          "Nov 22 04:33:33.5",
          "Nov 22 04:33",
          "Feb 29 10:00:00",
          "Nov 22 2026",
          "Nov 22, 2026 04:33:33",
          "Sun Nov 22 04:33:33",
          "Sun, 22 Nov 2026 04:33:33",
          "2026-11-22T04:33:33Z",
          "2026-11-22 04:33:33+03:00",
          "2026-11-22 04:33:33.123 +0300",
          "2026-11-22",
          "2026/11/22:04:33:33",
          "22/Nov/2026:04:33:33 +0300",
          "20261122043333",
          "20261122T043333",
          "11/22/2026 04:33 PM");
  private static final List<String> ENDS =
      List.of(
          "",
          " ",
          " host",
          " web-1",
          " a1 x",
          " am ",
          " pm",
          " AMY",
          " am1",
          " pma",
          " x",
          " h ",
          " me",
          " 2026",
          " 2026 host",
          "  host",
          " 12:30",
          " +0300",
          " -05",
          " utc ",
          " GMT",
          "Z",
          "Zebra",
          ".25",
          "T10:00",
          "_10:00",
          ":15",
          ": x",
          "]",
          ", b",
          "\thost",
          " жа",
          "-01 ab");
  private static final List<Instant> RECEIVED =
      List.of(
          Instant.parse("2026-11-22T04:33:40Z"),
          Instant.parse("2026-11-21T04:33:32Z"),
          Instant.parse("2026-11-21T04:33:33Z"),
          Instant.parse("2027-11-21T04:33:32Z"),
          Instant.parse("2027-11-21T04:33:33Z"),
          Instant.parse("2028-03-01T00:00:00Z"),
          Instant.parse("2036-03-01T00:00:00Z"),
          Instant.EPOCH);

  private static <T> T any(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  @Property(tries = 3000, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void isReadAsIfItWereTheFirst(@ForAll long seed) {
    Random random = new Random(seed);
    DateTimeParser parser = new DateTimeParser();
    String date = any(DATES, random);
    for (int i = 0; i < 20; i++) {
      date = random.nextInt(6) == 0 ? any(DATES, random) : date;
      String before = random.nextBoolean() ? "<13>" : "";
      String text = before + date + any(ENDS, random) + (random.nextBoolean() ? " rest" : "");
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      long received = any(RECEIVED, random).toEpochMilli();
      DateTimeParser fresh = new DateTimeParser();
      boolean header = random.nextInt(8) == 0;
      int expected = read(fresh, bytes, before.length(), header, received);
      int end = read(parser, bytes, before.length(), header, received);
      assertThat(end).as(text).isEqualTo(expected);
      Statistics.label("a date").collect(end >= 0);
      if (end >= 0) {
        assertThat(parser.value()).as(text).isEqualTo(fresh.value());
      }
    }
  }

  private static int read(
      DateTimeParser parser, byte[] bytes, int from, boolean header, long received) {
    return header
        ? parser.header(bytes, from, bytes.length, true, received)
        : parser.prefix(bytes, from, bytes.length, received);
  }
}
