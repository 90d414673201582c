package dev.camelsiem.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker in this JVM, one for all tests: a combined KRaft node that the first caller
 * of {@link #shared()} starts and the end of the JVM stops.
 *
 * <p>Tests keep apart by topic: take a fresh one from {@link #newTopic}.
 */
public final class KafkaBroker {
  public static final String SASL_USER = "siem";

  /** With everything that is special in an endpoint's address. */
  public static final String SASL_PASSWORD = "p+a%20s&s w=o#r?d";

  private static final Duration WAIT = Duration.ofSeconds(30);

  private static final List<HeldPort> HELD = new CopyOnWriteArrayList<>();

  private static KafkaBroker shared;

  private final Path logs;
  private final int port;
  private final int saslPort;
  private final int controllerPort;
  private KafkaRaftServer server;

  private KafkaBroker(Path logs, Ports ports) {
    this.logs = logs;
    port = ports.plain();
    saslPort = ports.sasl();
    controllerPort = ports.controller();
  }

  /** Where a broker listens. */
  public record Ports(int plain, int sasl, int controller) {
    /** Three that nobody else gets as long as this process lives. */
    public static Ports held() throws IOException {
      return new Ports(hold(), hold(), hold());
    }

    private static int hold() throws IOException {
      HeldPort port = new HeldPort();
      HELD.add(port);
      return port.number();
    }

    @Override
    public String toString() {
      return plain + "," + sasl + "," + controller;
    }
  }

  /**
   * A broker in a process of its own, for those who kill it: {@code KafkaBroker FOLDER PORTS}. The
   * folder is made on the first start and used again on the next.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    String[] ports = arguments[1].split(",", -1);
    KafkaBroker broker =
        new KafkaBroker(
            folder,
            new Ports(
                Integer.parseInt(ports[0]),
                Integer.parseInt(ports[1]),
                Integer.parseInt(ports[2])));
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
      broker.format();
    }
    broker.start();
  }

  /** The broker, started on first use. */
  public static synchronized KafkaBroker shared() {
    if (shared == null) {
      try {
        shared = new KafkaBroker(Files.createTempDirectory("siem-kafka"), Ports.held());
        shared.format();
        shared.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "kafka-stop"));
    }
    return shared;
  }

  /** Address for clients, {@code 127.0.0.1:port}. */
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /**
   * Address for clients that log in with SASL PLAIN as {@value #SASL_USER} and {@value
   * #SASL_PASSWORD}.
   */
  public String saslBootstrap() {
    return "127.0.0.1:" + saslPort;
  }

  /** Makes an empty topic and returns its name, the prefix with a random end. */
  public String newTopic(String prefix, int partitions) {
    String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("cannot create topic " + name, e);
    }
    return name;
  }

  /** Writes records without key, in this order, to one partition or (-1) wherever Kafka likes. */
  public void send(String topic, int partition, Iterable<byte[]> values) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrap(), "acks", "all", "linger.ms", 5);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (byte[] value : values) {
        sent.add(
            producer.send(
                new ProducerRecord<>(topic, partition < 0 ? null : partition, null, value)));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("cannot send to " + topic, e);
    }
  }

  /** As {@link #send}, for text. */
  public void sendLines(String topic, List<String> lines) {
    send(topic, -1, lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** Reads from the start of a topic until that many records came; fails after half a minute. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + WAIT.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (records.size() < count) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(records.size() + " of " + count + " records came in " + WAIT);
        }
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** As {@link #read}, as text. */
  public List<String> readLines(String topic, int count) {
    return read(topic, count).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  /** How many records a topic holds, over all partitions. */
  public long size(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** What a consumer group has committed, over all partitions of all its topics. */
  public long committed(String groupId) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      return admin
          .listConsumerGroupOffsets(groupId)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("cannot read the offsets of " + groupId, e);
    }
  }

  /** Stops the broker and starts it again on the same ports and files. */
  public void restart(Runnable whileDown) {
    stop();
    whileDown.run();
    start();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrap(), "enable.auto.commit", false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void start() {
    server = new KafkaRaftServer(new KafkaConfig(properties()), Time.SYSTEM);
    server.startup();
  }

  private void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  private void close() {
    stop();
    try (var files = Files.walk(logs)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void format() {
    String directory = logs.toString();
    Formatter formatter =
        new Formatter()
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(1)
            .setDirectories(new TreeSet<>(Set.of(directory)))
            .setMetadataLogDirectory(directory)
            .setControllerListenerName("CONTROLLER")
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false));
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IllegalStateException("cannot format " + directory, e);
    }
  }

  private Properties properties() {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    String plain = "PLAINTEXT://127.0.0.1:" + port;
    String sasl = "SASL_PLAINTEXT://127.0.0.1:" + saslPort;
    p.put("listeners", plain + "," + sasl + ",CONTROLLER://127.0.0.1:" + controllerPort);
    p.put("advertised.listeners", plain + "," + sasl);
    p.put("sasl.enabled.mechanisms", "PLAIN");
    p.put(
        "listener.name.sasl_plaintext.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
            .formatted(SASL_USER, SASL_PASSWORD));
    p.put("controller.listener.names", "CONTROLLER");
    p.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("log.dirs", logs.toString());
    p.put("auto.create.topics.enable", "false");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.num.partitions", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("controlled.shutdown.enable", "false");
    p.put("log.cleaner.enable", "false");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "2");
    p.put("background.threads", "2");
    return p;
  }
}
