package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch is read while the one before it is under way, whatever becomes of that one. */
class TailerAheadTest {
  @TempDir Path folder;
  private final Watched watched = new Watched();
  private final Semaphore held = new Semaphore(0);
  private TailRig rig;
  private volatile boolean failing;

  /** Tells how often there was nothing more to read. */
  private static final class Watched extends TailConfiguration {
    private final AtomicInteger waited = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();

    /** Asked for before each wait. */
    @Override
    public long getPollInterval() {
      waited.incrementAndGet();
      if (errors.getAndDecrement() > 0) {
        throw new NoClassDefFoundError("for a test");
      }
      return super.getPollInterval();
    }
  }

  @BeforeEach
  void aBatchIsUnderWayAndOneIsRead() throws Exception {
    rig = new TailRig(folder, watched);
    rig.whenTaken = this::hold;
    rig.write("app.log", "1\n");
    rig.start();
    await().until(() -> rig.lines().equals(List.of("1")));
    readAhead("2\n");
  }

  private void hold() throws InterruptedException {
    held.acquire();
    if (failing) {
      throw new IllegalStateException("for a test");
    }
  }

  /** Each line is read before the next thing happens. */
  private void readAhead(String line) throws Exception {
    rig.write("app.log", line);
    awaitReading();
  }

  /** Between two waits it has looked and read. */
  private void awaitReading() {
    int before = watched.waited.get();
    await().until(() -> watched.waited.get() >= before + 2);
  }

  private void release() {
    rig.whenTaken = () -> {};
    held.release(1_000);
  }

  @AfterEach
  void stop() throws Exception {
    release();
    rig.stop();
  }

  private void restartsWithoutRepeating(String... lines) throws Exception {
    rig.stop();
    rig.start();
    rig.awaitScan();
    assertThat(rig.lines()).containsExactly(lines);
    assertThat(rig.events).extracting(RawEvent::id).doesNotHaveDuplicates();
    assertThat(rig.losses().files()).isZero();
  }

  /** It must have been in memory: there was no copy of it. */
  @Test
  void whatWasReadAheadIsThereThoughTheFileIsCut() throws Exception {
    cut();
    rig.write("app.log", "3\n");
    release();
    rig.awaitLines("1", "2", "3");
    restartsWithoutRepeating("1", "2", "3");
  }

  /** The place of what was cut away is none in what came then. */
  @Test
  void aCutThatIsSeenWhileABatchIsUnderWayMovesNoPlaceOfTheNewContent() throws Exception {
    cut();
    rig.write("app.log", "");
    await().until(() -> rig.checkpointText().contains("\"cut\":true"));
    rig.write("app.log", "3\n");
    awaitReading();
    release();
    rig.awaitLines("1", "2", "3");
    restartsWithoutRepeating("1", "2", "3");
  }

  @Test
  void aCopyGoesOnBehindWhatWasReadAhead() throws Exception {
    rig.write("app.log", "3\n");
    Files.copy(folder.resolve("app.log"), folder.resolve("app.log.1"));
    cut();
    rig.write("app.log", "4\n");
    release();
    rig.awaitLines("1", "2", "3", "4");
    restartsWithoutRepeating("1", "2", "3", "4");
  }

  @Test
  void aRotatedFileIsReadToItsEndBeforeTheNewOne() throws Exception {
    try (OutputStream old =
        Files.newOutputStream(folder.resolve("app.log"), StandardOpenOption.APPEND)) {
      rig.rename("app.log", "app.log.1");
      rig.write("app.log", "4\n");
      old.write("3\n".getBytes(StandardCharsets.UTF_8));
      await().until(() -> rig.checkpointText().contains("app.log.1"));
      awaitReading();
      release();
      rig.awaitLines("1", "2", "3", "4");
    }
    restartsWithoutRepeating("1", "2", "3", "4");
  }

  @Test
  void aBatchThatFailsIsNotOvertakenAndComesAgainAsItWas() throws Exception {
    failing = true;
    held.release(3);
    await().until(() -> rig.events.size() == 4);
    assertThat(rig.checkpointText()).contains("\"offset\":0");
    failing = false;
    release();
    rig.awaitLines("1", "1", "1", "1", "2");
    assertThat(rig.events.subList(0, 4)).extracting(RawEvent::id).containsOnly(id(0));
    rig.events.subList(0, 3).clear();
    restartsWithoutRepeating("1", "2");
  }

  @Test
  void whatIsReadAheadIsNotCommittedBeforeItIsDelivered() throws Exception {
    awaitReading();
    assertThat(rig.checkpointText()).contains("\"offset\":0").doesNotContain("\"offset\":4");
    rig.askToStop();
    release();
    rig.stop();
    assertThat(rig.lines()).containsExactly("1");
    assertThat(rig.checkpointText()).contains("\"offset\":2").doesNotContain("\"offset\":4");
    rig.start();
    rig.awaitLines("1", "2");
    assertThat(id(1).source()).isEqualTo(id(0).source());
    restartsWithoutRepeating("1", "2");
  }

  @Test
  void whatIsReadAheadWaitsWhileTheTailIsPaused() throws Exception {
    rig.running().pause();
    release();
    await().until(() -> rig.checkpointText().contains("\"offset\":2"));
    rig.write("other.log", "");
    await().until(() -> rig.checkpointText().contains("other.log")); // it had the time to go on
    assertThat(rig.lines()).containsExactly("1");
    rig.running().resume();
    rig.awaitLines("1", "2");
    restartsWithoutRepeating("1", "2");
  }

  /** What was read ahead is read again, and not the batch under way. */
  @Test
  void anErrorWhileReadingAheadRepeatsNothing() throws Exception {
    watched.errors.set(1);
    await().until(() -> watched.errors.get() <= 0);
    release();
    rig.awaitLines("1", "2");
    restartsWithoutRepeating("1", "2");
  }

  private EventId id(int event) {
    return rig.events.get(event).id();
  }

  private void cut() throws Exception {
    try (FileChannel file = FileChannel.open(folder.resolve("app.log"), StandardOpenOption.WRITE)) {
      file.truncate(0);
    }
  }
}
