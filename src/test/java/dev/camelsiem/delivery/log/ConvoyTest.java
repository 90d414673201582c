package dev.camelsiem.delivery.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.delivery.log.LogReader.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConvoyTest {
  private static final int RECORDS = 200;

  private final List<LogRecord> log = new ArrayList<>();
  private final AtomicInteger readings = new AtomicInteger();

  ConvoyTest() {
    for (int i = 0; i < RECORDS; i++) {
      log.add(LogRecord.prepare(Entries.entry("line " + i)).seal(new Position(i, 0, 0), 0, 0));
    }
  }

  private Convoy convoyOf(int records, Duration patience) {
    return new Convoy(records * log.get(0).weight() * 5 / 4, patience);
  }

  private long readAll(Convoy convoy, Object reader) throws Exception {
    long next = 0;
    while (next < RECORDS) {
      long sequence = next;
      LogRecord known = convoy.get(sequence);
      if (known == null) {
        Step step =
            convoy.read(
                reader,
                sequence,
                () -> {
                  readings.incrementAndGet();
                  return new Step(new Position(sequence, 0, 0), log.get((int) sequence));
                });
        known = step.batch();
      }
      assertThat(known).isSameAs(log.get((int) sequence));
      next = sequence + 1;
      convoy.arrived(reader, next);
    }
    return next;
  }

  @Test
  void readersSideBySideReadEachRecordOnce() throws Exception {
    Convoy convoy = convoyOf(10, Duration.ofHours(1));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Object> readers = Stream.generate(Object::new).limit(8).toList();
      readers.forEach(reader -> convoy.arrived(reader, 0)); // all, before the first goes on
      List<Future<Long>> all = new ArrayList<>();
      for (Object reader : readers) {
        all.add(threads.submit(() -> readAll(convoy, reader)));
      }
      for (Future<Long> each : all) {
        assertThat(each.get()).isEqualTo(RECORDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(readings).hasValue(RECORDS);
  }

  @Test
  void whoStandsStillIsLeftBehind() throws Exception {
    Convoy convoy = convoyOf(10, Duration.ofMillis(20));
    convoy.arrived("stands still", 0);

    assertThat(readAll(convoy, "goes on")).isEqualTo(RECORDS);
    assertThat(convoy.get(0)).isNull();
  }

  @Test
  void whoMovesJustInTimeIsLeftBehindToo() throws Exception {
    Convoy convoy = convoyOf(10, Duration.ofMillis(50));
    convoy.arrived("slow", 0);
    CompletableFuture<Long> reading = new CompletableFuture<>();
    Thread leader =
        new Thread(
            () -> {
              try {
                reading.complete(readAll(convoy, "fast"));
              } catch (Exception e) {
                reading.completeExceptionally(e);
              }
            });
    leader.start();
    long place = 0;
    while (!reading.isDone()) {
      if (leader.getState() == Thread.State.TIMED_WAITING) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        convoy.arrived("slow", ++place);
      }
    }
    assertThat(reading.get()).isEqualTo(RECORDS);
    assertThat(place).isLessThan(RECORDS / 2);
  }
}
