package dev.camelsiem.bench;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.delivery.log.LogBatch;
import dev.camelsiem.delivery.log.LogEntry;
import dev.camelsiem.delivery.log.LogSettings;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events of 250 bytes into the durable log, by the size of an append and the number of threads that
 * append; while one reader follows. Arguments: the folder, seconds for each line.
 */
public final class LogBench {
  private static final int BYTES = 250;

  private LogBench() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/log-bench");
    long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 5;
    System.out.println("fsync events/append threads events/s appends/s syncs/s");
    for (LogSettings.Fsync fsync : List.of(LogSettings.Fsync.BATCH, LogSettings.Fsync.OFF)) {
      for (int events : new int[] {1, 100, 1000}) {
        for (int threads : new int[] {1, 4}) {
          run(
              folder.resolve(fsync + "-" + events + "-" + threads),
              fsync,
              events,
              threads,
              seconds);
        }
      }
    }
  }

  private static void run(
      Path folder, LogSettings.Fsync fsync, int events, int threads, long seconds)
      throws Exception {
    LogSettings usual = LogSettings.DEFAULT;
    LogSettings settings =
        new LogSettings(
            fsync,
            usual.fsyncInterval(),
            usual.segmentBytes(),
            usual.cacheBytes(),
            usual.minFreeBytes());
    LogEntry entry = new LogEntry(events, Map.of(1L, lines(events)));
    try (EventLog log = EventLog.open(folder, settings)) {
      Cursor cursor = log.cursor("reader");
      Thread reader = new Thread(() -> follow(cursor));
      reader.start();
      work(log, entry, threads, 1);
      long syncs = log.status().syncs();
      long start = System.nanoTime();
      long appends = work(log, entry, threads, seconds);
      double took = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%s %d %d %.0f %.0f %.0f%n",
          fsync,
          events,
          threads,
          appends * events / took,
          appends / took,
          (log.status().syncs() - syncs) / took);
      log.close();
      reader.join();
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static EncodedBatch lines(int events) {
    byte[] line = new byte[BYTES];
    Arrays.fill(line, (byte) 'x');
    EventFacts facts = new EventFacts("PM-001", "PM", 5, "PROCESSES", null, "agents");
    EncodedBatch.Builder builder = new EncodedBatch.Builder(events * BYTES);
    for (int i = 0; i < events; i++) {
      System.arraycopy(line, 0, builder.room(BYTES), builder.position(), BYTES);
      builder.endEvent(builder.position() + BYTES, facts, new EventId(42, i * 400L, 0));
    }
    return builder.build();
  }

  private static long work(EventLog log, LogEntry entry, int threads, long seconds)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    AtomicLong appends = new AtomicLong();
    Thread[] workers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] =
          new Thread(
              () -> {
                try {
                  while (System.nanoTime() < deadline) {
                    log.append(List.of(entry));
                    appends.incrementAndGet();
                  }
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      workers[i].start();
    }
    for (Thread each : workers) {
      each.join();
    }
    return appends.get();
  }

  private static void follow(Cursor cursor) {
    try {
      LogBatch batch = cursor.next(Duration.ofDays(1));
      while (batch != null) {
        cursor.commit(batch.end());
        batch = cursor.next(Duration.ofDays(1));
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
