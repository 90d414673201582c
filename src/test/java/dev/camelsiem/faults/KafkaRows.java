package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.fullRow;
import static dev.camelsiem.faults.Rows.row;

import dev.camelsiem.testing.KafkaBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker in a process of its own that is killed, as source and as sink; workers that share a
 * group.
 */
final class KafkaRows {
  private static final String TOPIC = "events";
  private static final int PARTITIONS = 4;

  /** Most records of a poll, and of a batch, for each consumer. */
  private static final int POLL = 500;

  private KafkaRows() {}

  static List<Row> rows() {
    return List.of(
        row("19a", "Kafka broker killed, as source", NOTHING, s -> source(s, 1)),
        fullRow("19b", "Kafka broker killed, as sink", NOTHING, s -> sink(s, false)),
        fullRow("19c", "Kafka broker killed, as SIEM", NOTHING, s -> sink(s, true)),
        row("20", "two workers of a group, one killed, broker killed", NOTHING, s -> source(s, 2)));
  }

  /** The broker's process, and a producer that survives its deaths. */
  private static final class Broker implements AutoCloseable {
    private final Path folder;
    private final KafkaBroker.Ports ports = KafkaBroker.Ports.held();
    private Proc process;

    Broker(Path folder) throws IOException {
      this.folder = folder;
    }

    Broker start() throws IOException {
      process =
          Proc.start(
              folder.resolve("broker.said"),
              Map.of(),
              Proc.java(
                  List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                  KafkaBroker.class,
                  List.of(folder.resolve("broker").toString(), ports.toString())));
      process.awaitPort();
      return this;
    }

    String address() {
      return "127.0.0.1:" + ports.plain();
    }

    void topic() throws InterruptedException, ExecutionException {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
        admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
      }
    }

    @Override
    public void close() {
      process.close();
    }
  }

  private static Broker broker(Scene s) throws Exception {
    Broker broker = s.closing(new Broker(s.folder)).start();
    broker.topic();
    return broker;
  }

  private static Load.Taker producer(Scene s, Broker broker) {
    KafkaProducer<byte[], byte[]> producer =
        s.closing(
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers",
                    broker.address(),
                    "acks",
                    "all",
                    "delivery.timeout.ms",
                    180_000),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
    return (lines, events) -> {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      lines
          .lines()
          .forEach(
              line ->
                  sent.add(
                      producer.send(
                          new ProducerRecord<>(TOPIC, line.getBytes(StandardCharsets.US_ASCII)))));
      try {
        for (Future<RecordMetadata> each : sent) {
          each.get();
        }
      } catch (ExecutionException e) {
        throw new IOException(e);
      }
    };
  }

  private static void source(Scene s, int workers) throws Exception {
    Broker broker = broker(s);
    Receiver siem = s.receiver("siem");
    s.load(producer(s, broker));
    List<Worker> all = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      all.add(s.worker().consumes(broker.address(), TOPIC));
      s.begin(all.get(i));
    }
    s.patience(180);
    // Partitions are read side by side, and a group's change repeats what was not committed.
    s.fault(siem);
    s.writing(s.of(10_000, 100_000), s.of(2_000, 3_000));
    s.awaitSeen(siem, 3_000);
    if (workers > 1) {
      all.get(0).process().kill();
      s.fault(siem);
    }
    broker.process.kill();
    s.last(s.of(2, 20));
    broker.start();
    s.fault(siem);
    s.expect(siem).mayRepeat = workers * PARTITIONS * POLL;
    if (workers > 1) {
      s.awaitSeen(siem, s.of(6_000, 60_000));
      all.get(0).start();
    }
  }

  /** The judge's receiver is the topic. */
  private static void sink(Scene s, boolean siem) throws Exception {
    Broker broker = broker(s);
    Worker worker = s.tailing();
    if (siem) {
      worker.integrations(
          "  - {name: topic, protocol: KAFKA, address: 127.0.0.1, port: %d, topic: %s}\n"
              .formatted(broker.ports.plain(), TOPIC));
    } else {
      worker.produces(broker.address(), TOPIC);
    }
    worker.start();
    s.writing(100_000, 5_000);
    s.awaitWritten(20_000);
    broker.process.kill();
    s.last(20);
    broker.start();
    s.fault();
    s.joinWriting();
    Seen seen = new Seen();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
      s.patience(180);
      s.awaitTrue(
          "all in the topic",
          () -> {
            consumer
                .poll(java.time.Duration.ofMillis(200))
                .forEach(record -> count(seen, record.value(), siem));
            return seen.distinct() >= 100_000;
          });
    }
    s.note("topic: seen %d, again %d", seen.distinct(), seen.repeats());
    if (seen.repeats() > POLL) {
      s.problem("repeated %d, at most %d", seen.repeats(), POLL);
    }
    if (seen.corrupted() > 0) {
      s.problem("corrupt %s", seen.corruptExamples());
    }
    s.note("alive %s", worker.process().alive());
  }

  private static void count(Seen seen, byte[] record, boolean cef) {
    String text = new String(record, StandardCharsets.UTF_8);
    if (cef) {
      seen.line(text, System.currentTimeMillis());
    } else {
      seen.json(text);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Broker broker) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.address(), "enable.auto.commit", false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TopicPartition(TOPIC, i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }
}
