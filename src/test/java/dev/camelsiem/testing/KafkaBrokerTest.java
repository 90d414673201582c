package dev.camelsiem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaBrokerTest {
  @Test
  void keepsWhatItWasSent() {
    KafkaBroker broker = KafkaBroker.shared();
    String topic = broker.newTopic("self", 1);

    broker.sendLines(topic, List.of("one", "two", "three"));

    assertThat(broker.readLines(topic, 3)).containsExactly("one", "two", "three");
    assertThat(broker.size(topic)).isEqualTo(3);
  }
}
