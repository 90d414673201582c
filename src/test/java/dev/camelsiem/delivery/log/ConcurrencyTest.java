package dev.camelsiem.delivery.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConcurrencyTest {
  private static final int APPENDERS = 4;
  private static final int READERS = 3;
  private static final int APPENDS = 300;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void allReadersGetAllEventsOnceInTheOrderOfEachAppender(LogSettings.Fsync fsync)
      throws Exception {
    // A small cache, so that readers fall behind it and come back to it.
    LogSettings settings = new LogSettings(fsync, Duration.ofMillis(5), 20_000, 8000, 0);
    ExecutorService threads = Executors.newFixedThreadPool(APPENDERS + READERS);
    try (EventLog log = EventLog.open(folder, settings)) {
      List<Future<?>> appenders = new ArrayList<>();
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Cursor cursor = log.cursor("reader " + i);
        readers.add(threads.submit(reader(cursor)));
      }
      for (int i = 0; i < APPENDERS; i++) {
        appenders.add(threads.submit(appender(log, i)));
      }
      for (Future<?> each : appenders) {
        each.get();
      }
      for (Future<?> each : readers) {
        each.get();
      }
      assertThat(log.end().sequence()).isEqualTo(1 + 2 * APPENDERS * APPENDS);
      assertThat(log.status().damagedEvents()).isZero();
      assertThat(log.status().damagedBytes()).isZero();
      log.keepHouse();
      assertThat(log.status().segments()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Void> appender(EventLog log, int number) {
    return () -> {
      for (int i = 0; i < APPENDS; i++) {
        log.append(
            List.of(
                Entries.entry(number + " " + 2 * i), Entries.entry(number + " " + (2 * i + 1))));
      }
      return null;
    };
  }

  private static Callable<Void> reader(Cursor cursor) {
    return () -> {
      Map<String, Integer> next = new HashMap<>();
      int left = 2 * APPENDERS * APPENDS;
      while (left > 0) {
        LogBatch batch = cursor.next(Duration.ofMinutes(1));
        assertThat(batch).isNotNull();
        for (String line : Entries.texts(batch)) {
          int space = line.indexOf(' ');
          int number = Integer.parseInt(line.substring(space + 1));
          assertThat(number).isEqualTo(next.getOrDefault(line.substring(0, space), 0));
          next.put(line.substring(0, space), number + 1);
          left--;
        }
        cursor.commit(batch.end());
        assertThat(cursor.lagEvents()).isNotNegative();
        assertThat(cursor.lagBytes()).isNotNegative();
      }
      return null;
    };
  }
}
