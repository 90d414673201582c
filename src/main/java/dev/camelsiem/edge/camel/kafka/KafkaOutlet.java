package dev.camelsiem.edge.camel.kafka;

import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes Kafka records of a batch. The message that camel-kafka gets is a new one: no header of the
 * route's message can choose topic, partition or key, or become a header of a record. {@link
 * KafkaOutletDone} puts the route's message back.
 *
 * <p>A record that no broker would take goes to the dead letters, so that it does not hold up its
 * batch for ever.
 */
public final class KafkaOutlet implements Processor {
  /** Exchange property: the message that waits while its records are sent. */
  static final String WAITING = "SiemKafkaWaitingMessage";

  /** What a record takes beside its value, generously. */
  private static final int OVERHEAD = 512;

  private static final String PLACE = "kafka-sink";

  private byte @Nullable [] key;
  private int maxRequestBytes = 1_048_576;
  private DeadLetters deadLetters = new DeadLetters("kamelet:siem-deadletter-sink");

  /** The key of all records, so that they keep their order on one partition; null for none. */
  public void setKey(@Nullable String key) {
    this.key = key == null || key.isEmpty() ? null : key.getBytes(StandardCharsets.UTF_8);
  }

  public void setMaxRequestBytes(int maxRequestBytes) {
    if (maxRequestBytes <= OVERHEAD) {
      throw new IllegalArgumentException(
          "maxRequestBytes is " + maxRequestBytes + "; it must be more than " + OVERHEAD);
    }
    this.maxRequestBytes = maxRequestBytes;
  }

  public void setDeadLetters(String endpointUri) {
    deadLetters = new DeadLetters(endpointUri);
  }

  @Override
  public void process(Exchange exchange) {
    EncodedBatch batch = Bodies.encoded(exchange);
    List<Object> records = new ArrayList<>(batch.size());
    List<DeadLetter> tooLarge = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      byte[] value = Arrays.copyOfRange(batch.array(), batch.start(i), batch.end(i));
      if (value.length + OVERHEAD > maxRequestBytes) {
        tooLarge.add(tooLarge(batch, i));
      } else {
        records.add(key == null ? value : keyed(exchange.getContext(), key, value));
      }
    }
    deadLetters.send(exchange, tooLarge);
    exchange.setProperty(WAITING, exchange.getMessage());
    Message message = new DefaultMessage(exchange.getContext());
    message.setBody(records);
    exchange.setMessage(message);
  }

  /** camel-kafka takes the key of a list's item from the item only. */
  private static Message keyed(CamelContext context, byte[] key, byte[] value) {
    Message message = new DefaultMessage(context);
    message.setHeader(KafkaConstants.KEY, key);
    message.setBody(value);
    return message;
  }

  private DeadLetter tooLarge(EncodedBatch batch, int index) {
    String detail =
        "the event has %d bytes, a Kafka record may have %d (maxRequestBytes)"
            .formatted(batch.end(index) - batch.start(index), maxRequestBytes - OVERHEAD);
    RawEvent event = RawEvent.of(batch, index, PLACE, System.currentTimeMillis());
    return new DeadLetter(event, StopReason.TOO_LARGE, detail, PLACE);
  }
}
