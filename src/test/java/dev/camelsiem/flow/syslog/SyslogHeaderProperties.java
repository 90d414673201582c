package dev.camelsiem.flow.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.syslog.SyslogHeader.Format;
import dev.camelsiem.flow.syslog.SyslogHeader.Part;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SyslogHeaderParserProperties {
  private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
  private static final DateTimeFormatter BSD =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

  private final SyslogHeaderParser parser = new SyslogHeaderParser(ZoneId.of("UTC"));

  @Property(tries = 5000)
  void anyBytesGiveAResultWithinTheirBounds(
      @ForAll("almostSyslog") byte[] bytes, @ForAll @IntRange(max = 10) int skipped) {
    int from = Math.min(skipped, bytes.length);

    SyslogHeader header = parser.parse(bytes, from, bytes.length, NOW);

    assertThat(header.messageTo()).isEqualTo(bytes.length);
    assertThat(header.messageFrom()).isBetween(from, bytes.length);
    assertThat(header.priority()).isBetween(-1, 191);
    for (Part part : Part.values()) {
      if (header.has(part)) {
        assertThat(header.start(part)).isGreaterThanOrEqualTo(from);
        assertThat(header.end(part)).isLessThanOrEqualTo(header.messageFrom());
      }
    }
    if (header.format() == Format.NONE) {
      assertThat(header.messageFrom()).isEqualTo(from);
    }
  }

  @Property
  void everyPrefixOfALineGivesAResult(@ForAll("almostSyslog") byte[] bytes) {
    for (int to = 0; to <= bytes.length; to++) {
      assertThat(parser.parse(bytes, 0, to, NOW).messageFrom()).isBetween(0, to);
    }
  }

  @Property
  void aDateWithoutYearOfTheLastYearComesBack(
      @ForAll @LongRange(min = -363 * 86_400L, max = 86_400L) long secondsFromNow) {
    Instant instant = Instant.ofEpochMilli(NOW).plusSeconds(secondsFromNow);
    String date = BSD.format(LocalDateTime.ofInstant(instant, ZoneId.of("UTC")));
    byte[] bytes = ("<13>" + date + " host app: x").getBytes(StandardCharsets.US_ASCII);

    assertThat(parser.parse(bytes, 0, bytes.length, NOW).time()).isEqualTo(instant.toEpochMilli());
  }

  @Property
  void theYearIsRightWhateverYearItIs(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long now,
      @ForAll @LongRange(min = 0, max = 300 * 86_400L) long age) {
    Instant instant = Instant.ofEpochSecond(now - age);
    String date = BSD.format(LocalDateTime.ofInstant(instant, ZoneId.of("UTC")));
    byte[] bytes = ("<13>" + date + " host app: x").getBytes(StandardCharsets.US_ASCII);

    assertThat(parser.parse(bytes, 0, bytes.length, now * 1000).time())
        .isEqualTo(instant.toEpochMilli());
  }

  @Example
  void needsNoMemoryPerEvent() {
    byte[][] lines = {
      "<134>Nov 22 04:30:00 gate01 sshd[12]: hello".getBytes(StandardCharsets.US_ASCII),
      "<134>1 2026-11-22T04:30:00Z h a p m [x k=\"a] b\"] text".getBytes(StandardCharsets.US_ASCII)
    };
    SyslogHeaderParser zoned = new SyslogHeaderParser(ZoneId.of("Europe/Berlin"));
    parse(zoned, lines, 20_000);

    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    parse(zoned, lines, 20_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(20_000);
  }

  private static void parse(SyslogHeaderParser parser, byte[][] lines, int times) {
    for (int i = 0; i < times; i++) {
      byte[] line = lines[i % lines.length];
      if (parser.parse(line, 0, line.length, NOW).messageFrom() == 0) {
        throw new AssertionError("header not found");
      }
    }
  }

  @Provide
  Arbitrary<byte[]> almostSyslog() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(
                "<134>",
                "<999>",
                "<",
                ">",
                "1 ",
                "- ",
                "-",
                "Nov 22 04:30:00",
                "Nov  2 2026 04:3",
                "2026-11-22T04:30:00Z",
                "2026-02-29T25:61:61+99:99",
                " ",
                ": ",
                ":",
                "[",
                "]",
                "\"",
                "\\",
                "host ",
                "app[12]: ",
                "[x k=\"v]\"]",
                "CEF:0|",
                "29: *",
                "\uFEFF",
                " UTC: %",
                "\0"),
            Arbitraries.strings().ofMaxLength(12));
    Arbitrary<byte[]> texts =
        piece
            .list()
            .ofMaxSize(10)
            .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(64);
    return Combinators.combine(texts, noise, Arbitraries.integers().between(0, 5))
        .as((text, bytes, which) -> which == 0 ? bytes : text);
  }
}
