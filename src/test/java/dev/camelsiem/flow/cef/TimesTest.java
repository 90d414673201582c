package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.EncodedBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our times are those of java.time. */
class TimesTest {
  private static final String[] ZONES = {
    "UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "-03:30"
  };

  @Property(tries = 2000, seed = "4001")
  void headers(
      @ForAll @LongRange(min = 0, max = 253_402_200_000_000L) long millis,
      @ForAll @IntRange(max = 5) int zoneIndex) {
    ZoneId zone = ZoneId.of(ZONES[zoneIndex]);
    Instant instant = Instant.ofEpochMilli(millis);
    assertThat(write(new HeaderClock(zone, false, true), millis))
        .isEqualTo(
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH)
                .format(instant.atZone(zone)));
    assertThat(write(new HeaderClock(zone, true, true), millis))
        .isEqualTo(
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ENGLISH)
                .format(instant.atZone(zone)));
  }

  @Property(tries = 500, seed = "4002")
  void aClockKeepsPaceWhenItIsUsedAgain(
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long from,
      @ForAll @IntRange(min = 1, max = 100_000_000) int step) {
    HeaderClock clock = new HeaderClock(ZoneId.of("Europe/Berlin"), true, true);
    for (int i = 0; i < 20; i++) {
      long millis = from + (long) i * step;
      assertThat(OffsetDateTime.parse(write(clock, millis)).toInstant().toEpochMilli())
          .isEqualTo(millis);
    }
  }

  @Property(tries = 2000, seed = "4003")
  void isoTimes(
      @ForAll @LongRange(min = 0, max = 253_402_200_000_000L) long millis,
      @ForAll @IntRange(min = -1080, max = 1080) int minutes) {
    OffsetDateTime time =
        Instant.ofEpochMilli(millis).atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
    if (time.getYear() <= 9999 && time.getYear() >= 1970) {
      String text = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").format(time);
      assertThat(parse(text)).isEqualTo(millis);
    }
    assertThat(parse(Long.toString(Math.max(millis, 100_000_000_000L))))
        .isEqualTo(Math.max(millis, 100_000_000_000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "2025-02-30T10:00:00Z",
        "2025-13-01T10:00:00Z",
        "2025-02-18T24:00:00Z",
        "2025-02-18T10:60:00Z",
        "2025-02-18",
        "2025-02-18T10:07:28.Z",
        "2025-02-18T10:07:28Zulu",
        "2025-02-18T10:07:28+3",
        "-5",
        "99999999999999999999",
        "Feb 18 10:07:28",
        "2025-02-18T10:07:"
      })
  void refusesWhatIsNoTime(String text) {
    assertThat(parse(text)).isEqualTo(EventTime.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2016-12-31T23:59:60Z",
        "2017-01-01t00:00:00z",
        "2017-01-01 00:00",
        "2017-01-01T00:00:00,0004",
        "2017-01-01T03:00:00 +03:00",
        "1483228800",
        "1483228800.000",
        "1483228800000.9"
      })
  void readsTheFirstMomentOf2017(String text) {
    assertThat(parse(text)).isEqualTo(1_483_228_800_000L);
  }

  /** What was read before leaves nothing behind, whether it was the same, another or no time. */
  @Test
  void readsOneAfterTheOther() {
    String longest = "2017-01-01T00:00:00.123456789012";
    List<String> texts =
        List.of(
            "2017-01-01T00:00:00Z",
            "2017-01-01T00:00:01Z",
            "2017-01-01T00:00:0xZ",
            longest + "x",
            longest,
            longest + "3",
            "1483228800000",
            "148322880000",
            "1483228800",
            "");
    EventTime times = new EventTime();
    for (String text : texts) {
      for (String next : texts) {
        for (String each : List.of(text, text, next)) {
          byte[] bytes = ("<" + each + ">").getBytes(StandardCharsets.UTF_8);
          assertThat(times.read(bytes, 1, bytes.length - 1)).as(each).isEqualTo(parse(each));
        }
      }
    }
  }

  @Property(tries = 2000, seed = "4004")
  void neverThrows(@ForAll String text) {
    assertThat(parse("2025-02-18T10" + text)).isGreaterThanOrEqualTo(EventTime.UNREADABLE);
    assertThat(parse(text)).isGreaterThanOrEqualTo(EventTime.UNREADABLE);
  }

  private static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return EventTime.parse(bytes, 0, bytes.length);
  }

  private static String write(HeaderClock clock, long millis) {
    ByteSink sink = new ByteSink();
    sink.begin(new EncodedBatch.Builder(64));
    clock.write(sink, millis);
    return new String(sink.copy(), StandardCharsets.US_ASCII);
  }
}
