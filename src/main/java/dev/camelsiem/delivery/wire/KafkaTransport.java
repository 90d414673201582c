package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;
import dev.camelsiem.flow.event.EncodedBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records into one topic, which only the settings name. A window counts when the brokers have
 * acknowledged each of its records; after a failure the producer is made anew.
 */
final class KafkaTransport implements Transport {
  private final WireSettings settings;
  private final WireLimits limits;
  private final Listener listener;
  private final String topic;
  private volatile @Nullable KafkaProducer<byte[], byte[]> producer;
  private volatile boolean closed;

  /** What went wrong with a record since the producer was made. */
  private AtomicReference<Exception> failure = new AtomicReference<>();

  private final AtomicInteger tooLarge = new AtomicInteger();
  private boolean open;
  private long openedAt;
  private int events;
  private long bytes;
  private long mark = ConfirmingTransport.NOTHING;

  KafkaTransport(WireSettings settings, WireLimits limits, Listener listener) {
    this.settings = settings;
    this.limits = limits;
    this.listener = listener;
    if (settings.topic() == null) {
      throw new IllegalArgumentException("a Kafka integration needs a topic");
    }
    topic = settings.topic();
  }

  @Override
  public void send(EncodedBatch batch, long newMark) throws IOException, InterruptedException {
    if (!batch.isEmpty()) {
      try {
        write(batch);
      } catch (InterruptException e) {
        throw interrupted(e);
      } catch (KafkaException | IllegalStateException e) {
        throw broken(e);
      }
    }
    events += batch.size();
    bytes += batch.totalBytes();
    mark = newMark;
    if (!open) {
      open = true;
      openedAt = System.nanoTime();
    }
  }

  private void write(EncodedBatch batch) throws IOException {
    KafkaProducer<byte[], byte[]> to = producer();
    listener.state(SenderState.SENDING);
    AtomicReference<Exception> failed = failure;
    for (int i = 0; i < batch.size(); i++) {
      byte[] value = Arrays.copyOfRange(batch.array(), batch.start(i), batch.end(i));
      var unused = to.send(new ProducerRecord<>(topic, value), (record, e) -> done(failed, e));
      Exception why = failed.get();
      if (why != null) {
        throw broken(why); // each further record would wait as long for the same
      }
    }
    listener.sent(batch.size(), batch.totalBytes());
  }

  private void done(AtomicReference<Exception> failed, @Nullable Exception why) {
    if (why instanceof RecordTooLargeException) {
      tooLarge.incrementAndGet(); // would never get through: do not send it for ever
    } else if (why != null) {
      failed.compareAndSet(null, why);
    }
  }

  @Override
  public boolean isDue() {
    boolean full = events >= limits.maxEvents() || bytes >= limits.maxBytes();
    return open && (full || System.nanoTime() - dueAt() >= 0);
  }

  @Override
  public long dueAt() {
    return open ? openedAt + limits.age().toNanos() : System.nanoTime() + Long.MAX_VALUE / 4;
  }

  @Override
  public long confirm() throws IOException, InterruptedException {
    KafkaProducer<byte[], byte[]> sent = producer;
    if (sent != null && events > 0) {
      listener.state(SenderState.CONFIRMING);
      try {
        sent.flush();
      } catch (InterruptException e) {
        throw interrupted(e);
      } catch (KafkaException | IllegalStateException e) {
        throw broken(e);
      }
      Exception why = failure.get();
      if (why != null) {
        throw broken(why);
      }
      int lost = tooLarge.getAndSet(0);
      if (lost > 0) {
        listener.lost(lost, "larger than a record of " + KafkaSettings.LARGEST_RECORD + " bytes");
      }
      listener.state(SenderState.IDLE);
    }
    reset();
    return mark;
  }

  @Override
  public long settle() throws IOException, InterruptedException {
    return confirm();
  }

  @Override
  public void close() {
    closed = true;
    leave();
  }

  private KafkaProducer<byte[], byte[]> producer() throws IOException {
    KafkaProducer<byte[], byte[]> made = producer;
    if (closed) {
      throw new IOException("closed");
    }
    if (made == null) {
      listener.state(SenderState.CONNECTING);
      failure = new AtomicReference<>();
      made =
          new KafkaProducer<>(
              KafkaSettings.of(settings), new ByteArraySerializer(), new ByteArraySerializer());
      producer = made;
      listener.connected(KafkaSettings.bootstrap(settings));
      if (closed) {
        leave();
      }
    }
    return made;
  }

  private IOException broken(Exception why) {
    leave();
    reset();
    tooLarge.set(0);
    return new IOException(
        "Kafka topic " + topic + " took not all records: " + Failures.describe(why), why);
  }

  private InterruptedException interrupted(InterruptException why) {
    leave();
    reset();
    InterruptedException interrupted = new InterruptedException(why.getMessage());
    interrupted.initCause(why);
    boolean unused = Thread.interrupted(); // the client sets it, the exception says it
    return interrupted;
  }

  private void reset() {
    open = false;
    events = 0;
    bytes = 0;
  }

  /** Ends the producer without waiting for what it holds. */
  private void leave() {
    KafkaProducer<byte[], byte[]> last = producer;
    producer = null;
    if (last != null) {
      Thread ending = new Thread(() -> last.close(Duration.ZERO), "siem-kafka-close");
      ending.setDaemon(true);
      ending.start();
    }
  }
}
