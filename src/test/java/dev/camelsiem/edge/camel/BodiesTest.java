package dev.camelsiem.edge.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("camel")
class BodiesTest {
  @Test
  void readsLinesOfAnyKindOfBody() {
    assertThat(texts("a\r\nb\n\n  \nc")).containsExactly("a", "b", "c");
    assertThat(texts("a\nb".getBytes(StandardCharsets.UTF_8))).containsExactly("a", "b");
    assertThat(texts(new ByteArrayInputStream("a\nb".getBytes(StandardCharsets.UTF_8))))
        .containsExactly("a", "b");
    assertThat(texts(List.of("a", "b".getBytes(StandardCharsets.UTF_8)))).containsExactly("a", "b");
    assertThat(texts(null)).isEmpty();
  }

  @Test
  void countsTheLinesOfABody() {
    List<RawEvent> events = Bodies.rawEvents(exchange("a\n\nb"));

    assertThat(events).extracting(RawEvent::position).containsExactly(1L, 3L);
  }

  /**
   * A sink frames by line feeds: an event that brings one along would be two events at the SIEM.
   */
  @Test
  void keepsAnEventInItsFrame() {
    EncodedBatch batch = Bodies.encoded(exchange(List.of("one\nCEF:0|forged", "two\r\n")));

    assertThat(batch).containsExactly("one CEF:0|forged", "two  ");
  }

  @Test
  void idsGoAlongAndNewOnesAreUnlikeAllOthers() {
    RawEvent raw = RawEvent.of("one", "test", 1);
    EncodedBatch batch = Bodies.encoded(exchange(List.of(raw)));
    assertThat(batch.id(0)).isEqualTo(raw.id());
    assertThat(Bodies.rawEvents(exchange(batch)).get(0).id()).isEqualTo(raw.id());

    List<RawEvent> foreign = new ArrayList<>(Bodies.rawEvents(exchange("a\nb")));
    foreign.addAll(Bodies.rawEvents(exchange("a\nb")));
    foreign.addAll(Bodies.rawEvents(exchange(List.of("a", "b"))));
    assertThat(foreign).extracting(RawEvent::id).doesNotHaveDuplicates().hasSize(6);
  }

  private static List<String> texts(Object body) {
    return Bodies.rawEvents(exchange(body)).stream().map(RawEvent::toString).toList();
  }

  private static Exchange exchange(Object body) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(body);
    return exchange;
  }
}
