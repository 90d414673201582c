package dev.camelsiem.edge.camel.kafka;

import dev.camelsiem.edge.camel.SourceRoutes;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes raw events of a batch that a batching Kafka consumer read, and remembers what {@link
 * KafkaCommit} has to commit. The records' headers go no further: whoever may write to the topic
 * would set them.
 *
 * <p>The id of an event is made of topic, partition and offset: a record that is read again has the
 * same.
 *
 * <p>A record without value holds no event; its offset is committed like any other.
 */
public final class KafkaIntake implements Processor {
  @Override
  public void process(Exchange exchange) {
    SourceRoutes.begin(exchange);
    List<?> records = exchange.getMessage().getBody(List.class);
    CommitPoint point = new CommitPoint(Thread.currentThread());
    List<RawEvent> events = new ArrayList<>(records.size());
    long now = System.currentTimeMillis();
    for (Object record : records) {
      Message message = ((Exchange) record).getMessage();
      DefaultKafkaManualCommit commit = commitOf(message);
      String origin = point.add(commit);
      RawEvent event = event(message, origin, commit.getRecordOffset(), now);
      if (event != null) {
        events.add(event);
      }
    }
    exchange.setProperty(CommitPoint.PROPERTY, point);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(events);
  }

  private static DefaultKafkaManualCommit commitOf(Message message) {
    Object commit = message.getHeader(KafkaConstants.MANUAL_COMMIT);
    if (commit instanceof DefaultKafkaManualCommit manual) {
      return manual;
    }
    throw new IllegalStateException(
        "the Kafka consumer gives no manual commit; it needs batching, breakOnFirstError and"
            + " allowManualCommit true, and autoCommitEnable false");
  }

  private static @Nullable RawEvent event(Message message, String origin, long offset, long now) {
    return message.getBody() instanceof byte[] bytes && bytes.length > 0
        ? new RawEvent(bytes, 0, bytes.length, origin, offset, now, EventId.source(origin), 0)
        : null;
  }

  /** For people and dead letters, such as {@code kafka:events-0}. */
  static String origin(TopicPartition partition) {
    return "kafka:" + partition;
  }
}
