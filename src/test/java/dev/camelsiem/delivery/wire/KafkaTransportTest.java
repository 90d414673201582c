package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.delivery.wire.WireSettings.Way;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Lines;
import dev.camelsiem.testing.KafkaBroker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class KafkaTransportTest {
  private final KafkaBroker broker = KafkaBroker.shared();
  private final Heard heard = new Heard();

  @Test
  void recordsCountWhenTheBrokerHasThem() throws Exception {
    String topic = broker.newTopic("wire", 1);
    try (KafkaTransport transport = open(topic)) {
      transport.send(Lines.numbered(0, 500), 500);
      transport.send(Lines.numbered(500, 1_000), 1_000);
      assertThat(transport.confirm()).isEqualTo(1_000);
      assertThat(broker.readLines(topic, 1_000)).isEqualTo(Lines.names(0, 1_000));
      transport.send(Lines.numbered(0, 0), 1_001);
      assertThat(transport.settle()).isEqualTo(1_001);
    }
  }

  @Test
  void aRecordThatNoBrokerTakesIsLostAndTheOthersGoOn() throws Exception {
    String topic = broker.newTopic("wire-large", 1);
    try (KafkaTransport transport = open(topic)) {
      transport.send(Lines.batch(List.of("one", "x".repeat(3 << 20), "two")), 3);
      assertThat(transport.confirm()).isEqualTo(3);
      assertThat(heard.lost).hasValue(1);
      assertThat(broker.readLines(topic, 2)).containsExactly("one", "two");
    }
  }

  /** Each record would wait half a minute for the topic. */
  @Test
  void aTopicThatCannotBeHadFailsTheFirstRecordAndNotEachOfThem() throws Exception {
    try (KafkaTransport transport = open("not a name of a topic")) {
      assertThatThrownBy(() -> transport.send(Lines.numbered(0, 500), 500))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("took not all records");
    }
  }

  @Test
  void aClosedTransportFails() throws Exception {
    String topic = broker.newTopic("wire-closed", 1);
    KafkaTransport transport = open(topic);
    transport.send(Lines.numbered(0, 1), 1);
    transport.close();
    assertThatThrownBy(() -> transport.send(Lines.numbered(1, 2), 2))
        .isInstanceOf(IOException.class);
  }

  private KafkaTransport open(String topic) {
    String bootstrap = broker.bootstrap();
    int colon = bootstrap.lastIndexOf(':');
    InetSocketAddress address =
        InetSocketAddress.createUnresolved(
            bootstrap.substring(0, colon), Integer.parseInt(bootstrap.substring(colon + 1)));
    WireSettings settings =
        new WireSettings(
            Way.KAFKA,
            List.of(address),
            null,
            Framing.LF,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            topic,
            WireSettings.LARGEST_DATAGRAM);
    return new KafkaTransport(settings, WireLimits.DEFAULT, heard);
  }
}
