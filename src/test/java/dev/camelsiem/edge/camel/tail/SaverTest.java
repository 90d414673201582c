package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.RawEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When places are saved, whatever a save costs; the clock is the test's. */
class SaverTest {
  private static final int BATCH = 500;
  private static final int MOST = 2_000;

  @TempDir Path folder;
  private final TailedFile file = new TailedFile("key", Path.of("a.log"), Path.of("a.log"));
  private Checkpoint checkpoint;
  private long now = 1;
  private long costMillis;
  private int saves;
  private boolean canNote = true;
  private final List<Collection<TailedFile>> noted = new ArrayList<>();

  private Saver saver() {
    Saver saver = new Saver(this::save, this::note, TimeUnit.MILLISECONDS.toNanos(250), () -> now);
    saver.mark();
    saver.saveIfNeeded(); // now it knows what a save costs
    saves = 0;
    return saver;
  }

  /** The real thing on a clock on which each save takes its time, whether it works or not. */
  private void save() throws IOException {
    saves++;
    now += TimeUnit.MILLISECONDS.toNanos(costMillis);
    checkpoint.save(List.of(file));
  }

  private boolean note(Collection<TailedFile> files) {
    noted.add(files);
    return canNote;
  }

  @BeforeEach
  void checkpoint() {
    checkpoint = new Checkpoint(folder.resolve("checkpoint"));
  }

  private Batch batch(int events) {
    Batch batch = new Batch(events + 1, 1 << 20);
    byte[] bytes = "x".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < events; i++) {
      batch.add(new RawEvent(bytes, 0, 1, "a.log", 0, 0, 0, 0));
    }
    batch.touch(file);
    return batch;
  }

  /** With a batch of one event each millisecond. */
  private void savesAt(int atMillis) {
    Saver saver = saver();
    for (int i = 1; i < atMillis; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(1);
      saver.delivered(batch(1));
      assertThat(saves).as("after %d ms", i).isZero();
    }
    now += TimeUnit.MILLISECONDS.toNanos(1);
    saver.delivered(batch(1));
    assertThat(saves).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 250", "20, 250", "100, 250", "101, 250", "251, 251", "400, 400"})
  void aPlaceIsSavedAfterTheIntervalOrInHalfOfTheTimeWhenThatIsDear(long cost, int atMillis) {
    costMillis = cost;
    savesAt(atMillis);
  }

  /** A killed process has what was noted: unless that is many files, all that was delivered. */
  @Test
  void whatIsNotSavedIsNotedWhereThatIsCheap() {
    Saver saver = saver();
    saver.delivered(batch(1));
    assertThat(noted).containsExactly(List.of(file));
    Batch many = batch(1);
    for (int i = 0; i < Saver.MOST_NOTED; i++) {
      many.touch(new TailedFile("key " + i, Path.of("a.log"), Path.of("a.log")));
    }
    saver.delivered(many);
    assertThat(noted).hasSize(1);
    assertThat(saves).isZero();
    saver.delivered(batch(MOST));
    assertThat(saves).isEqualTo(1);
    assertThat(noted).as("what is saved need not be noted").hasSize(1);
  }

  /** A save in the place of a note takes no more of the time than other saves do. */
  @ParameterizedTest
  @CsvSource({"0, 1", "100, 1", "101, 101", "400, 400"})
  void whatCannotBeNotedIsSavedUnlessThatIsDear(long cost, int atMillis) {
    canNote = false;
    costMillis = cost;
    savesAt(atMillis);
  }

  /** What comes again after a crash has a bound, however long a save takes, and each time. */
  @ParameterizedTest
  @ValueSource(longs = {0, 100, 101, 1_000, 3_600_000})
  void noMoreThanSoManyEventsComeAgain(long cost) {
    costMillis = cost;
    Saver saver = saver();
    for (int round = 1; round <= 5; round++) {
      for (int events = BATCH; events < MOST; events += BATCH) {
        saver.delivered(batch(BATCH));
        assertThat(saves).isEqualTo(round - 1);
      }
      saver.delivered(batch(BATCH));
      assertThat(saves).isEqualTo(round);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "100, 1", "101, 101", "400, 400"})
  void anIdleTailSavesAtOnceOrInHalfOfTheTimeWhenThatIsDear(long cost, int atMillis) {
    costMillis = cost;
    Saver saver = saver();
    for (int i = 1; i < atMillis; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(1);
      saver.idle(batch(0));
    }
    assertThat(saves).isZero();
    now += TimeUnit.MILLISECONDS.toNanos(1);
    saver.idle(batch(0));
    assertThat(saves).isEqualTo(1);
  }

  /** A disk that is full is asked again neither with every batch nor whenever there is none. */
  @ParameterizedTest
  @CsvSource({"0, 250", "20, 250", "400, 4000"})
  void aSaveThatFailsIsTriedAtIntervals(long cost, int pauseMillis) throws Exception {
    costMillis = cost;
    Saver saver = saver();
    Files.delete(folder.resolve("checkpoint"));
    Files.createDirectories(folder.resolve("checkpoint/in-the-way"));
    now += TimeUnit.MILLISECONDS.toNanos(4_000);
    saver.delivered(batch(1));
    assertThat(saves).isEqualTo(1);
    for (int i = 1; i < pauseMillis; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(1);
      saver.delivered(batch(BATCH));
      saver.idle(batch(BATCH));
      assertThat(saves).as("after %d ms", i).isEqualTo(1);
    }
    now += TimeUnit.MILLISECONDS.toNanos(1);
    Files.delete(folder.resolve("checkpoint/in-the-way"));
    Files.delete(folder.resolve("checkpoint"));
    saver.delivered(batch(1));
    assertThat(saves).isEqualTo(2);
    assertThat(folder.resolve("checkpoint")).isRegularFile();
  }

  /** It is written a line after the other, however many files there are. */
  @Test
  void aLargeCheckpointIsNotHeldInMemory() throws Exception {
    long[] written = {0, 0};
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            written[0]++;
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            written[0] += length;
            written[1] = Math.max(written[1], length);
          }
        };
    new PlaceWriter(out, new CRC32C()).all(Collections.nCopies(50_000, file));
    assertThat(written[0]).isGreaterThan(5_000_000);
    assertThat(written[1]).isLessThanOrEqualTo(64 * 1024);
  }
}
