package dev.camelsiem.edge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("camel")
@Timeout(120)
class KafkaSinkTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final KafkaBroker broker = KafkaBroker.shared();
  private final CamelContext context = new DefaultCamelContext();
  private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void anyBatchBecomesRecords() throws Exception {
    String topic = broker.newTopic("bodies", 1);
    ProducerTemplate template = start(topic, "");
    EncodedBatch.Builder encoded = new EncodedBatch.Builder(10);
    byte[] bytes = "threefour".getBytes(StandardCharsets.UTF_8);
    encoded.add(bytes, 0, 5, null);
    encoded.add(bytes, 5, 9, null);

    template.sendBody("direct:in", List.of(RawEvent.of("one", "test", 1)));
    template.sendBody("direct:in", List.of("two"));
    template.sendBody("direct:in", encoded.build());
    template.sendBody("direct:in", "five\nsix\r\n");
    template.sendBody("direct:in", List.of());
    template.sendBody("direct:in", "seven".getBytes(StandardCharsets.UTF_8));

    assertThat(broker.readLines(topic, 7))
        .containsExactly("one", "two", "three", "four", "five", "six", "seven");
  }

  @Test
  void theWholeBatchIsAcknowledgedBeforeTheExchangeEnds() throws Exception {
    String topic = broker.newTopic("acks", 3);
    ProducerTemplate template = start(topic, "");

    for (int batch = 1; batch <= 5; batch++) {
      template.sendBody("direct:in", lines(0, 1000));
      assertThat(broker.size(topic)).isEqualTo(batch * 1000L);
    }
  }

  @Test
  void headersChooseNothingAndAreNotSent() throws Exception {
    String topic = broker.newTopic("configured", 2);
    String other = broker.newTopic("other", 1);
    ProducerTemplate template = start(topic, "");
    Map<String, Object> headers = new HashMap<>();
    headers.put("kafka.OVERRIDE_TOPIC", other);
    headers.put("kafka.KEY", "key");
    headers.put("kafka.PARTITION_KEY", 1);
    headers.put("kafka.OVERRIDE_TIMESTAMP", 0L);
    headers.put("CamelKafkaOverrideTopic", other);
    headers.put("Authorization", "Basic c2VjcmV0");

    Exchange sent =
        template.request(
            "direct:in",
            exchange -> {
              exchange.getMessage().setBody(List.of("one", "two"));
              exchange.getMessage().setHeaders(headers);
            });

    assertThat(sent.getException()).isNull();
    assertThat(broker.size(other)).isZero();
    List<ConsumerRecord<byte[], byte[]>> records = broker.read(topic, 2);
    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(record.key()).isNull();
              assertThat(record.headers()).isEmpty();
              assertThat(record.timestamp()).isPositive();
            });
  }

  @Test
  void theRouteGetsItsMessageBack() throws Exception {
    String topic = broker.newTopic("back", 1);
    ProducerTemplate template = start(topic, "");
    List<String> body = List.of("one", "two");

    Exchange sent =
        template.request(
            "direct:in",
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.getMessage().setHeader("mine", 1);
            });

    assertThat(sent.getMessage().getBody()).isSameAs(body);
    assertThat(sent.getMessage().getHeaders()).containsOnlyKeys("mine");
  }

  @Test
  void aKeyKeepsAllRecordsOnOnePartition() throws Exception {
    String topic = broker.newTopic("key", 4);
    ProducerTemplate template = start(topic, "&key=siem");

    template.sendBody("direct:in", lines(0, 500));
    template.sendBody("direct:in", lines(500, 1000));

    List<ConsumerRecord<byte[], byte[]>> records = broker.read(topic, 1000);
    assertThat(records.stream().map(ConsumerRecord::partition).distinct()).hasSize(1);
    assertThat(records.stream().map(record -> text(record.key())).distinct())
        .containsExactly("siem");
    assertThat(records.stream().map(record -> text(record.value())).toList())
        .isEqualTo(lines(0, 1000));
  }

  @Test
  void anEventThatFitsNoRecordDoesNotHoldUpItsBatch() throws Exception {
    String topic = broker.newTopic("large", 1);
    ProducerTemplate template = start(topic, "");

    template.sendBody("direct:in", List.of("one", "x".repeat(1_048_577), "two"));

    assertThat(broker.readLines(topic, 2)).containsExactly("one", "two");
    assertThat(deadLetters).hasSize(1);
    assertThat(deadLetters.get(0).reason()).isEqualTo(StopReason.TOO_LARGE);
    assertThat(deadLetters.get(0).detail()).contains("1048577 bytes");
  }

  @Test
  void aBrokerThatIsRestartedCostsNothing() throws Exception {
    String in = broker.newTopic("restart-in", 1);
    String out = broker.newTopic("restart-out", 1);
    String group = "group-" + UUID.randomUUID();
    forward(in, group, out);
    broker.sendLines(in, lines(0, 200));
    await().atMost(LONG).until(() -> broker.committed(group) == 200);
    ProducerTemplate template = start(in, "");
    List<CompletableFuture<Object>> underWay = new ArrayList<>();

    broker.restart(() -> underWay.add(template.asyncSendBody("direct:in", lines(200, 400))));

    await().atMost(LONG).until(() -> underWay.get(0).isDone());
    assertThat(underWay.get(0)).isCompleted();
    await().atMost(LONG).until(() -> broker.committed(group) == 400);
    assertThat(broker.readLines(out, 400)).containsAll(lines(0, 400));
  }

  @SuppressWarnings("unchecked")
  @Test
  void theLoginMayHoldAnyCharacters() throws Exception {
    String topic = broker.newTopic("sasl", 1);
    String login =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(KafkaBroker.SASL_USER, KafkaBroker.SASL_PASSWORD);
    context.getPropertiesComponent().addInitialProperty("siem.login", login);
    String security =
        "&securityProtocol=SASL_PLAINTEXT&saslMechanism=PLAIN&saslJaasConfig=RAW({{siem.login}})";
    CopyOnWriteArrayList<RawEvent> read = new CopyOnWriteArrayList<>();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("kamelet:siem-kafka-source?topic="
                    + topic
                    + "&groupId=sasl&brokers="
                    + broker.saslBootstrap()
                    + security)
                .process(e -> read.addAll(e.getMessage().getBody(List.class)));
          }
        });
    ProducerTemplate template = start(topic, broker.saslBootstrap(), security);

    template.sendBody("direct:in", lines(0, 10));

    await().atMost(LONG).until(() -> read.size() == 10);
  }

  @Test
  void aHundredThousandEventsKeepTheirOrderByPartition() throws Exception {
    int each = 25_000;
    String in = broker.newTopic("in", 4);
    String out = broker.newTopic("out", 1);
    for (int partition = 0; partition < 4; partition++) {
      String prefix = "p" + partition + " ";
      broker.send(
          in,
          partition,
          IntStream.range(0, each)
              .mapToObj(i -> (prefix + i).getBytes(StandardCharsets.UTF_8))
              .toList());
    }
    String group = "group-" + UUID.randomUUID();
    forward(in, group, out);
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> broker.committed(group) == 4L * each);

    Map<String, Integer> next = new HashMap<>();
    for (String line : broker.readLines(out, 4 * each)) {
      String partition = line.substring(0, 2);
      int expected = next.merge(partition, 1, Integer::sum) - 1;
      assertThat(line).isEqualTo(partition + " " + expected);
    }
    assertThat(broker.size(out)).isEqualTo(4L * each);
  }

  private void forward(String in, String group, String out) throws Exception {
    String brokers = "&brokers=" + broker.bootstrap();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("kamelet:siem-kafka-source?topic=" + in + "&groupId=" + group + brokers)
                .to("kamelet:siem-kafka-sink?topic=" + out + brokers);
          }
        });
    context.start();
  }

  private ProducerTemplate start(String topic, String options) throws Exception {
    return start(topic, broker.bootstrap(), options);
  }

  private ProducerTemplate start(String topic, String brokers, String options) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:in")
                .to(
                    "kamelet:siem-kafka-sink?topic="
                        + topic
                        + "&brokers="
                        + brokers
                        + "&deadLetters=direct:dead"
                        + options);
            from("direct:dead").process(KafkaSinkTest.this::noteDeadLetters);
          }
        });
    context.start();
    return context.createProducerTemplate();
  }

  @SuppressWarnings("unchecked")
  private void noteDeadLetters(Exchange exchange) {
    deadLetters.addAll(exchange.getMessage().getBody(List.class));
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
