package dev.camelsiem.flow.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes as an event with a header. Every build replays the inputs that were kept; {@code
 * JAZZER_FUZZ=1 mvn -Dquick -Dtest='SyslogHeaderFuzzTest#rfc5424' test} looks for new ones.
 */
class SyslogHeaderFuzzTest {
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
    for (boolean sure : new boolean[] {false, true}) {
      List<Object> alone = found(event, 0, event.length, sure);
      for (String around : List.of("0", ":", " ", "]", "\"", "Z", "<")) {
        byte[] amid = bytes(around.repeat(event.length + 2 * AROUND));
        System.arraycopy(event, 0, amid, AROUND, event.length);
        assertThat(found(amid, AROUND, AROUND + event.length, sure)).isEqualTo(alone);
      }
    }
  }

  private static List<Object> found(byte[] bytes, int from, int to, boolean sure) {
    SyslogHeader header = new SyslogHeader();
    header.read(bytes, from, to, sure);
    assertThat(header.messageFrom()).isBetween(from, to);
    assertThat(header.priority()).isBetween(SyslogHeader.NO_PRIORITY, sure ? 999 : 191);
    List<Object> all = new ArrayList<>();
    all.add(List.of(header.isRfc5424(), header.priority(), header.messageFrom() - from));
    for (Text part : new Text[] {header.timestamp(), header.host()}) {
      if (part != null) {
        assertThat(part.from()).isBetween(from, to);
        assertThat(part.to()).isBetween(part.from(), header.messageFrom());
        all.add(List.of(part, part.from() - from));
      }
    }
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
