package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What is kept between events is bounded in bytes: names that are usual are shared, long ones, of
 * which a few thousand would fill the heap, are not.
 */
class KeptNamesTest {
  private final CefFacts facts = new CefFacts(Events.MAPPING, null);
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
}
