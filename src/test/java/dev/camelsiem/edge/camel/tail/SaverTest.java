package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.RawEvent;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractCollection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When places are saved, whatever a save costs; the clock is the test's. */
class SaverTest {
  private static final int BATCH = 500;

  @TempDir Path folder;
  private final TailedFile file = new TailedFile("key", Path.of("a.log"), Path.of("a.log"));
  private long now = 1;
  private long costMillis;
  private int saves;

  /** Each save goes through these once, and takes its time. */
  private final class OneFile extends AbstractCollection<TailedFile> {
    private boolean counted;

    @Override
    public Iterator<TailedFile> iterator() {
      counted = !counted; // a save goes through twice, to mark what was saved
      if (counted) {
        saves++;
        now += TimeUnit.MILLISECONDS.toNanos(costMillis);
      }
      return List.of(file).iterator();
    }

    @Override
    public int size() {
      return 1;
    }
  }

  private Saver saver() {
    Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint"));
    Saver saver =
        new Saver(checkpoint, new OneFile(), TimeUnit.MILLISECONDS.toNanos(250), () -> now);
    saver.mark();
    saver.saveIfNeeded(); // now it knows what a save costs
    saves = 0;
    return saver;
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

  @ParameterizedTest
  @CsvSource({"0, 250", "20, 250", "100, 250", "101, 1010", "400, 4000"})
  void aPlaceIsSavedAfterTheIntervalOrInATenthOfTheTimeWhenThatIsDear(long cost, int atMillis) {
    costMillis = cost;
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

  /** What comes again after a crash has a bound, however long a save takes. */
  @ParameterizedTest
  @CsvSource({"0, 2000", "10000, 10000"})
  void noMoreThanSoManyEventsComeAgain(long cost, int most) {
    costMillis = cost;
    Saver saver = saver();
    for (int events = BATCH; events < most; events += BATCH) {
      saver.delivered(batch(BATCH));
      assertThat(saves).isZero();
    }
    saver.delivered(batch(BATCH));
    assertThat(saves).isEqualTo(1);
    assertThat(most).isLessThanOrEqualTo(Saver.MOST_REPEATED);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "100, 1", "101, 1010", "400, 4000"})
  void anIdleTailSavesAtOnceOrInATenthOfTheTimeWhenThatIsDear(long cost, int atMillis) {
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

  /** A disk that is full is not asked again with every batch. */
  @Test
  void aSaveThatFailsIsTriedAtIntervals() throws Exception {
    Saver saver = saver();
    Files.createDirectories(folder.resolve("checkpoint.tmp/not-empty"));
    now += TimeUnit.MILLISECONDS.toNanos(250);
    saver.delivered(batch(BATCH));
    for (int i = 0; i < 100; i++) {
      saver.delivered(batch(BATCH));
    }
    now += TimeUnit.MILLISECONDS.toNanos(250);
    Files.delete(folder.resolve("checkpoint.tmp/not-empty"));
    Files.delete(folder.resolve("checkpoint.tmp"));
    saver.delivered(batch(1));
    assertThat(saves).isEqualTo(1);
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
    Checkpoint.write(Collections.nCopies(50_000, file), out);
    assertThat(written[0]).isGreaterThan(5_000_000);
    assertThat(written[1]).isLessThanOrEqualTo(64 * 1024);
  }
}
