package dev.camelsiem.flow.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ids are kept in logs and sent to SIEMs: what they are made of must never change. */
class EventIdTest {
  @Test
  void aNamedSourceHasTheSameIdEverywhere() {
    assertThat(new EventId(EventId.source("kafka:events-0"), 0x1f4a0, 0))
        .hasToString("c52d9e7956d4a8cc-1f4a0");
    assertThat(new EventId(EventId.source(""), 1, 2)).hasToString("f52a15e9a9b5e89b-1.2");
    assertThat(new EventId(-1, -1, 0)).hasToString("ffffffffffffffff-ffffffffffffffff");
    assertThat(new EventId(1, 0, Integer.MAX_VALUE)).hasToString("0000000000000001-0.2147483647");
  }

  @Test
  void newSourcesAreAllDifferent() {
    Set<Long> sources = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      sources.add(EventId.newSource());
    }
    assertThat(sources).hasSize(100_000).doesNotContain(0L);
  }

  @Test
  void anEventThatWasEncodedKeepsItsId() {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(16);
    builder.add(new byte[] {'a', 'b'}, 0, 1, null, new EventId(7, 8, 9));
    builder.add(new byte[] {'a', 'b'}, 1, 2, null);
    builder.add(new byte[] {'c'}, 0, 1, null);
    EncodedBatch batch = builder.build();

    RawEvent named = RawEvent.of(batch, 0, "test", 5);
    assertThat(named).hasToString("a");
    assertThat(named.id()).isEqualTo(new EventId(7, 8, 9));
    assertThat(named.receivedAt()).isEqualTo(5);
    EventId second = RawEvent.of(batch, 1, "test", 5).id();
    EventId third = RawEvent.of(batch, 2, "test", 5).id();
    assertThat(second.source()).isNotZero().isNotEqualTo(third.source());
    assertThat(batch.select(i -> i == 0).id(0)).isEqualTo(new EventId(7, 8, 9));
  }
}
