package dev.camelsiem.flow.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.camelsiem.flow.syslog.SyslogHeader.Part;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes as an event with a header. Every build replays the inputs that were kept; {@code
 * JAZZER_FUZZ=1 mvn -Dquick -Dtest='SyslogHeaderFuzzTest#rfc5424' test} looks for new ones.
 */
class SyslogHeaderFuzzTest {
  private static final long NOW = 1_790_000_000_000L;
  private static final int AROUND = 40;

  @FuzzTest(maxDuration = "5m")
  void rfc3164(byte[] input) {
    check(bytes("<34>"), input);
  }

  @FuzzTest(maxDuration = "5m")
  void rfc5424(byte[] input) {
    check(bytes("<165>1 "), input);
  }

  @FuzzTest(maxDuration = "5m")
  void withoutPriority(byte[] input) {
    check(new byte[0], input);
  }

  /** The result is within the event and comes from nothing but the event. */
  private static void check(byte[] head, byte[] input) {
    byte[] event = Arrays.copyOf(head, head.length + input.length);
    System.arraycopy(input, 0, event, head.length, input.length);
    SyslogHeaderParser parser = new SyslogHeaderParser(ZoneId.of("Europe/Berlin"));
    List<Object> alone = found(parser, event, 0, event.length);
    for (String around : List.of("0", ":", " ", "]", "\"", "Z", "<")) {
      byte[] amid = bytes(around.repeat(event.length + 2 * AROUND));
      System.arraycopy(event, 0, amid, AROUND, event.length);
      assertThat(found(parser, amid, AROUND, AROUND + event.length)).isEqualTo(alone);
    }
  }

  private static List<Object> found(SyslogHeaderParser parser, byte[] bytes, int from, int to) {
    SyslogHeader header = parser.parse(bytes, from, to, NOW);
    assertThat(header.messageFrom()).isBetween(from, to);
    assertThat(header.messageTo()).isEqualTo(to);
    assertThat(header.priority()).isBetween(SyslogHeader.NO_PRIORITY, 191);
    List<Object> all = new ArrayList<>();
    all.addAll(List.of(header.format(), header.priority(), header.time()));
    all.add(header.messageFrom() - from);
    int last = from;
    for (Part part : Part.values()) {
      if (header.has(part)) {
        assertThat(header.start(part)).isBetween(from, to);
        assertThat(header.end(part)).isBetween(header.start(part), header.messageFrom());
        last = Math.max(last, header.end(part));
        all.add(List.of(part, header.start(part) - from, header.end(part) - from));
      }
    }
    assertThat(header.messageFrom()).isGreaterThanOrEqualTo(last);
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
