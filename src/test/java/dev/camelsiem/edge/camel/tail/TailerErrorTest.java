package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.supervise.Supervision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Error must neither end a tail, which would stay deaf without a word, nor lose a line. */
class TailerErrorTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final List<RawEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger errors = new AtomicInteger(3);
  private final long failedBefore = Supervision.failures("siem-tail");

  @Test
  void anErrorOfTheRouteIsLikeAnyOtherFailure() throws Exception {
    tail(
        new Settings(),
        batch -> {
          if (errors.getAndDecrement() > 0) {
            throw new StackOverflowError("for a test");
          }
          events.addAll(batch.events());
        });
  }

  /** Lines that were cut but not delivered when it came are read again. */
  @Test
  void anErrorWhileABatchIsFilledLosesNoneOfIt() throws Exception {
    Settings settings =
        new Settings() {
          private boolean newBatch;

          @Override
          public int getBatchBytes() {
            newBatch = true;
            return super.getBatchBytes();
          }

          /** Asked for again when a batch has lines and waits for more. */
          @Override
          public long getBatchTimeout() {
            if (!newBatch && errors.getAndDecrement() > 0) {
              throw new NoClassDefFoundError("for a test");
            }
            newBatch = false;
            return super.getBatchTimeout();
          }
        };
    tail(settings, batch -> events.addAll(batch.events()));
  }

  private void tail(TailConfiguration settings, BatchSink sink) throws Exception {
    Path log = folder.resolve("a.log");
    Files.writeString(log, "1\n");
    settings.setPaths(log.toString());
    settings.setCheckpoint(folder.resolve("checkpoint").toString());
    Tailer tailer = new Tailer(settings, sink);
    Thread thread = new Thread(tailer, "tail under test");
    thread.start();
    try {
      await().atMost(LONG).until(() -> !events.isEmpty());
      Files.writeString(log, "2\n3\n", StandardOpenOption.APPEND);
      await().atMost(LONG).until(() -> events.size() >= 3);
    } finally {
      tailer.stop();
      thread.join(LONG.toMillis());
    }
    assertThat(thread.isAlive()).isFalse();
    assertThat(events).extracting(RawEvent::toString).containsExactly("1", "2", "3");
    assertThat(errors.get()).isLessThanOrEqualTo(0);
    assertThat(Supervision.failures("siem-tail")).isGreaterThanOrEqualTo(failedBefore + 3);
    assertThat(Files.readString(folder.resolve("checkpoint"))).contains("\"offset\":6");
  }

  private static class Settings extends TailConfiguration {
    Settings() {
      setPollInterval(5);
      setScanInterval(10);
      setBatchTimeout(5);
      setCheckpointInterval(0);
    }
  }
}
