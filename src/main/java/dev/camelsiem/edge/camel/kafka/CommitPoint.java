package dev.camelsiem.edge.camel.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch has read: the last record of every partition in it.
 *
 * <p>Camel's own batch commit commits the last record of the batch, so that only one of its
 * partitions moves on.
 */
final class CommitPoint {
  /** Exchange property that holds the point of a batch. */
  static final String PROPERTY = "SiemKafkaCommitPoint";

  private final Thread consumerThread;
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private final Map<TopicPartition, String> origins = new HashMap<>();
  private @Nullable DefaultKafkaManualCommit last;

  CommitPoint(Thread consumerThread) {
    this.consumerThread = consumerThread;
  }

  /** Takes a record in; gives its origin. */
  String add(DefaultKafkaManualCommit record) {
    last = record;
    TopicPartition partition = record.getPartition();
    offsets.put(partition, new OffsetAndMetadata(record.getRecordOffset() + 1));
    return origins.computeIfAbsent(partition, KafkaIntake::origin);
  }

  /** True on the thread that polls. */
  boolean isOnConsumerThread() {
    return Thread.currentThread() == consumerThread;
  }

  /**
   * Commits and waits for the broker. The polling thread must be waiting for the exchange, as it
   * does until the exchange is done: Kafka's consumer serves one thread at a time.
   */
  void commit() {
    if (last != null) {
      Consumer<?, ?> consumer = last.getCamelExchangePayload().consumer;
      consumer.commitSync(offsets, Duration.ofMillis(last.getCommitTimeout()));
    }
  }
}
