package dev.camelsiem.edge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.testing.KafkaBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("camel")
@Timeout(120)
@SuppressWarnings("try") // close() of a context may be interrupted
class KafkaSourceTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final KafkaBroker broker = KafkaBroker.shared();
  private final String group = "group-" + UUID.randomUUID();
  private final List<RawEvent> events = new CopyOnWriteArrayList<>();
  private final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();

  @Test
  void aBatchThatFailsTwiceIsNeitherLostNorDoubled() throws Exception {
    String topic = broker.newTopic("fails", 1);
    broker.sendLines(topic, lines(0, 100));
    AtomicInteger failures = new AtomicInteger();
    Processor failing =
        exchange -> {
          if (texts(exchange).contains("event 35") && failures.incrementAndGet() <= 2) {
            throw new IOException("the SIEM is down");
          }
        };

    try (CamelContext context = start(topic, "batchSize=10", failing)) {
      await().atMost(LONG).until(() -> events.size() >= 100);
      await().atMost(LONG).until(() -> broker.committed(group) == 100);
      assertThat(context.isStarted()).isTrue();
    }

    assertThat(failures.get()).isEqualTo(3);
    assertThat(texts(events)).isEqualTo(lines(0, 100));
    assertThat(batchSizes).allMatch(size -> size <= 10);
  }

  @Test
  void aRecordThatIsReadAgainHasTheSameId() throws Exception {
    String topic = broker.newTopic("ids", 2);
    broker.send(topic, 0, bytes(lines(0, 20)));
    broker.send(topic, 1, bytes(lines(0, 20)));
    for (String reader : List.of("first-" + group, "second-" + group)) {
      int before = events.size();
      try (CamelContext context = start(topic, "groupId=" + reader, exchange -> {})) {
        await().atMost(LONG).until(() -> events.size() == before + 40);
        assertThat(context.isStarted()).isTrue();
      }
    }
    assertThat(ids(events.subList(0, 40))).hasSize(40).isEqualTo(ids(events.subList(40, 80)));
  }

  private static Map<EventId, String> ids(List<RawEvent> events) {
    Map<EventId, String> ids = new HashMap<>();
    events.forEach(event -> ids.put(event.id(), event.toString()));
    return ids;
  }

  @Test
  void everyPartitionOfABatchIsCommitted() throws Exception {
    String topic = broker.newTopic("partitions", 4);
    for (int partition = 0; partition < 4; partition++) {
      broker.send(topic, partition, bytes(lines(0, 50)));
    }

    try (CamelContext context = start(topic, "", exchange -> {})) {
      await().atMost(LONG).until(() -> events.size() == 200);
      await().atMost(LONG).until(() -> broker.committed(group) == 200);
      assertThat(context.isStarted()).isTrue();
    }

    assertThat(batchSizes.size()).isLessThan(200 / 5);
    Map<String, Long> next = new HashMap<>();
    for (RawEvent event : events) {
      assertThat(event.origin()).startsWith("kafka:" + topic + "-");
      assertThat(event.position()).isEqualTo(next.getOrDefault(event.origin(), 0L));
      next.put(event.origin(), event.position() + 1);
    }
    assertThat(next).hasSize(4);
  }

  @Test
  void aSecondStartGoesOnWhereTheFirstEnded() throws Exception {
    String topic = broker.newTopic("again", 2);
    broker.sendLines(topic, lines(0, 300));
    try (CamelContext context = start(topic, "", exchange -> {})) {
      await().atMost(LONG).until(() -> broker.committed(group) == 300);
      assertThat(context.isStarted()).isTrue();
    }
    broker.sendLines(topic, lines(300, 400));
    try (CamelContext context = start(topic, "", exchange -> {})) {
      await().atMost(LONG).until(() -> broker.committed(group) == 400);
      assertThat(context.isStarted()).isTrue();
    }

    assertThat(texts(events)).containsExactlyInAnyOrderElementsOf(lines(0, 400));
  }

  @Test
  void aRouteThatGoesOnAsynchronouslyIsCommittedToo() throws Exception {
    String topic = broker.newTopic("async", 1);
    broker.sendLines(topic, lines(0, 100));
    CamelContext context = new DefaultCamelContext();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri(topic, "")).threads(1).process(KafkaSourceTest.this::note);
          }
        });
    try (context) {
      context.start();
      await().atMost(LONG).until(() -> broker.committed(group) == 100);
    }

    assertThat(texts(events)).isEqualTo(lines(0, 100));
  }

  @Test
  void recordsThatAreNoTextArriveAsTheyAre() throws Exception {
    String topic = broker.newTopic("poison", 1);
    byte[] poison = {(byte) 0xC3, (byte) 0x28, 0, (byte) 0xFF, '\n', 'x'};
    send(
        new ProducerRecord<>(topic, new byte[] {(byte) 0xFE}, poison),
        new ProducerRecord<>(topic, new byte[] {1}, null),
        new ProducerRecord<>(topic, null, new byte[0]),
        new ProducerRecord<>(topic, null, "after".getBytes(StandardCharsets.UTF_8)));

    try (CamelContext context = start(topic, "", exchange -> {})) {
      await().atMost(LONG).until(() -> broker.committed(group) == 4);
      assertThat(context.isStarted()).isTrue();
    }

    assertThat(events).hasSize(2);
    assertThat(events.get(0).toBytes()).isEqualTo(poison);
    assertThat(events.get(0).position()).isZero();
    assertThat(events.get(1)).hasToString("after");
    assertThat(events.get(1).position()).isEqualTo(3);
  }

  @Test
  void headersOfRecordsGoNoFurther() throws Exception {
    String topic = broker.newTopic("headers", 1);
    byte[] value = "x".getBytes(StandardCharsets.UTF_8);
    send(
        new ProducerRecord<>(
            topic,
            null,
            null,
            null,
            value,
            List.of(
                new RecordHeader("kafka.OVERRIDE_TOPIC", value),
                new RecordHeader("CamelFileName", value),
                new RecordHeader("anything", value))));

    try (CamelContext context = start(topic, "", exchange -> {})) {
      await().atMost(LONG).until(() -> broker.committed(group) == 1);
      assertThat(context.isStarted()).isTrue();
    }

    assertThat(headers).hasSize(1).allSatisfy(seen -> assertThat(seen).isEmpty());
  }

  @Test
  void aTrickleIsNotHeldBackUntilABatchIsFull() throws Exception {
    String topic = broker.newTopic("trickle", 1);
    try (CamelContext context = start(topic, "batchTimeout=50", exchange -> {})) {
      for (int i = 0; i < 5; i++) {
        int count = i + 1;
        broker.sendLines(topic, lines(i, i + 1));
        await().until(() -> events.size() == count);
      }
      assertThat(context.isStarted()).isTrue();
    }
  }

  private CamelContext start(String topic, String options, Processor step) throws Exception {
    CamelContext context = new DefaultCamelContext();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri(topic, options)).process(step).process(KafkaSourceTest.this::note);
          }
        });
    context.start();
    return context;
  }

  private String uri(String topic, String options) {
    return "kamelet:siem-kafka-source?topic="
        + topic
        + "&brokers="
        + broker.bootstrap()
        + (options.contains("groupId=") ? "" : "&groupId=" + group)
        + (options.isEmpty() ? "" : "&" + options);
  }

  @SuppressWarnings("unchecked")
  private void note(Exchange exchange) {
    List<RawEvent> batch = exchange.getMessage().getBody(List.class);
    headers.add(exchange.getMessage().getHeaders());
    batchSizes.add(batch.size());
    events.addAll(batch);
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Exchange exchange) {
    return texts((List<RawEvent>) exchange.getMessage().getBody(List.class));
  }

  private static List<String> texts(List<RawEvent> events) {
    return events.stream().map(RawEvent::toString).toList();
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
  }

  private static List<byte[]> bytes(List<String> lines) {
    List<byte[]> bytes = new ArrayList<>();
    lines.forEach(line -> bytes.add(line.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  @SafeVarargs
  private void send(ProducerRecord<byte[], byte[]>... records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        producer.send(record).get();
      }
    }
  }

  @Test
  void theCommitIsOfNoUseWithoutTheSource() throws Exception {
    try (CamelContext context = new DefaultCamelContext()) {
      KafkaCommit commit = new KafkaCommit();
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:in").process(commit);
            }
          });
      context.start();
      Exchange sent =
          context.createProducerTemplate().send("direct:in", e -> e.getMessage().setBody("x"));
      assertThat(sent.getException()).hasMessageContaining("did not come from Kafka");
    }
  }
}
