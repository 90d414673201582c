package dev.camelsiem.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The dates of syslog headers, which say no year. */
class HeaderDateTest {
  private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
  private static final DateTimeFormatter BSD =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

  private final DateTimeParser dates = new DateTimeParser();

  @Property
  void aDateWithoutYearOfTheLastYearComesBack(
      @ForAll @LongRange(min = -363 * 86_400L, max = 86_400L) long secondsFromNow) {
    Instant instant = Instant.ofEpochMilli(NOW).plusSeconds(secondsFromNow);
    String date = BSD.format(LocalDateTime.ofInstant(instant, ZoneId.of("UTC")));
    byte[] bytes = (date + " host app: x").getBytes(StandardCharsets.US_ASCII);

    assertThat(dates.header(bytes, 0, bytes.length, false, NOW)).isEqualTo(date.length());
    assertThat(dates.value().epochMillis()).isEqualTo(instant.toEpochMilli());
  }

  @Property
  void theYearIsRightWhateverYearItIs(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long now,
      @ForAll @LongRange(min = 0, max = 300 * 86_400L) long age) {
    Instant instant = Instant.ofEpochSecond(now - age);
    String date = BSD.format(LocalDateTime.ofInstant(instant, ZoneId.of("UTC")));
    byte[] bytes = (date + " host app: x").getBytes(StandardCharsets.US_ASCII);

    assertThat(dates.header(bytes, 0, bytes.length, false, now * 1000)).isEqualTo(date.length());
    assertThat(dates.value().epochMillis()).isEqualTo(instant.toEpochMilli());
  }
}
