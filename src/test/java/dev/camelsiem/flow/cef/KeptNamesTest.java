package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.flow.envelope.Reception;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.RawEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is kept between events is bounded in bytes: names that are usual are shared, long ones, of
 * which a few thousand would fill the heap, are not.
 */
class KeptNamesTest {
  private final CefFacts facts = new CefFacts(List.of(Events.MAPPING), null);
  private final BatchEncoder encoder = new BatchEncoder(Events.encoding());

  private EventFacts ofLine(String id) {
    byte[] line = ("CEF:0|a|b|c|" + id + "|e|5|k=v").getBytes(StandardCharsets.UTF_8);
    return Objects.requireNonNull(facts.of(line, 0, line.length).facts());
  }

  private EventFacts ofEvent(String group) {
    String field = Events.MAPPING.event().agentGroup();
    Object event = Events.event("PM-002", "mode", "Other", field, group);
    EncodedBatch batch = encoder.encode(List.of(Events.raw(event)), letter -> {});
    return Objects.requireNonNull(batch.facts(0));
  }

  @Test
  void idsOfLines() {
    assertThat(ofLine("PM-002")).isSameAs(ofLine("PM-002"));
    String id = "i".repeat(100_000);
    assertThat(ofLine(id)).isEqualTo(ofLine(id)).isNotSameAs(ofLine(id));
  }

  @Test
  void agentGroups() {
    assertThat(ofEvent("group")).isSameAs(ofEvent("group"));
    String group = "g".repeat(100_000);
    assertThat(ofEvent(group)).isEqualTo(ofEvent(group)).isNotSameAs(ofEvent(group));
    assertThat(ofEvent(group).agentGroup()).isEqualTo(group);
  }

  /** Names of members are chosen by strangers: hundreds of megabytes of them leave nothing. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "an envelope | {'mime':'','body':'',NAMES} | 5 | 49000",
        "no envelope | {'mime':'','body':'',NAMES | 5 | 49000",
        "fields | {'id':'ADM-001',NAMES} | 250 | 1000",
        "names in arrays | {'id':'ADM-001','x':[{NAMES}]} | 250 | 1000",
        "objects | {'id':'ADM-001',OBJECTS} | 250 | 500",
        "objects in objects | {'id':'ADM-001','x':{OBJECTS}} | 250 | 500",
      })
  void namesOfMembersAreNotKept(String name, String shape, int count, int length) {
    Consumer<byte[]> reader =
        shape.contains("mime")
            ? bytes -> Envelope.open(bytes, 0, bytes.length, null, Reception.of(0))
            : bytes ->
                encoder.encode(
                    List.of(new RawEvent(bytes, 0, bytes.length, "test", 0, 0)), letter -> {});
    for (int i = 0; i < 10; i++) {
      reader.accept(event(shape, i, count, length)); // whatever is made once
    }
    long before = retained();
    for (int i = 10; i < 120; i++) {
      reader.accept(event(shape, i, count, length));
    }
    assertThat(retained() - before).as(name).isLessThan(12 << 20);
  }

  private static byte[] event(String shape, int number, int count, int length) {
    String value = shape.contains("OBJECTS") ? "{'a':1}" : "1";
    String names =
        IntStream.range(0, count)
            .mapToObj(i -> "'%s':%s".formatted(name(number, i, length), value))
            .collect(Collectors.joining(","));
    return shape
        .replaceAll("NAMES|OBJECTS", names)
        .replace('\'', '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String name(int event, int number, int length) {
    String start = "n" + event + "_" + number;
    return start + "x".repeat(length - start.length());
  }

  /** Bytes of the heap that are in use when nothing is left to be collected. */
  private static long retained() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
