package dev.camelsiem.flow.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.text.Text;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SyslogHeaderPropertiesTest {
  private final SyslogHeader header = new SyslogHeader();

  @Property(tries = 5000)
  void anyBytesGiveAResultWithinTheirBounds(
      @ForAll("almostSyslog") byte[] bytes,
      @ForAll @IntRange(max = 10) int skipped,
      @ForAll boolean sure) {
    int from = Math.min(skipped, bytes.length);

    header.read(bytes, from, bytes.length, sure);

    assertThat(header.messageFrom()).isBetween(from, bytes.length);
    assertThat(header.priority()).isBetween(-1, sure ? 999 : 191);
    for (Text part : new Text[] {header.timestamp(), header.host()}) {
      if (part != null) {
        assertThat(part.from()).isGreaterThanOrEqualTo(from);
        assertThat(part.to()).isLessThanOrEqualTo(header.messageFrom());
      }
    }
    if (header.priority() < 0 && header.timestamp() == null && !header.isRfc5424()) {
      assertThat(header.messageFrom()).isEqualTo(from);
    }
  }

  @Property
  void everyPrefixOfALineGivesAResult(@ForAll("almostSyslog") byte[] bytes) {
    for (int to = 0; to <= bytes.length; to++) {
      header.read(bytes, 0, to, false);
      assertThat(header.messageFrom()).isBetween(0, to);
    }
  }

  @Example
  void needsNoMemoryPerEvent() {
    byte[][] lines = {
      "<134>Nov 22 04:30:00 gate01 sshd[12]: hello".getBytes(StandardCharsets.US_ASCII),
      "<134>1 2026-11-22T04:30:00Z h a p m [x k=\"a] b\"] text".getBytes(StandardCharsets.US_ASCII)
    };
    read(lines, 20_000);

    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    read(lines, 20_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(20_000);
  }

  private void read(byte[][] lines, int times) {
    for (int i = 0; i < times; i++) {
      byte[] line = lines[i % lines.length];
      header.read(line, 0, line.length, false);
      if (header.messageFrom() == 0) {
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
