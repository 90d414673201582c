package dev.camelsiem.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** Writes numbered events at a rate to where the pipeline takes them from. */
final class Load {
  /** How many looks a line may have: the usual event's and the rare one's. */
  static final int FAMILIES = 2;

  /** Every so many events one is of {@link #RARE}. */
  static final int RARE_EVERY = 100;

  static final String USUAL = "ADM-001";
  static final String RARE = "API-001";
  private static final int MOST_AT_ONCE = 2_000;
  private static final long TICK_NANOS = 10_000_000;

  /** Takes whole lines; returns when they are safe with whoever got them. */
  interface Taker {
    void take(String lines, int events) throws IOException, InterruptedException;

    /** Events that were handed over again, since nothing was heard of the first time. */
    default int again() {
      return 0;
    }
  }

  private final Taker taker;
  private final int padding;
  private volatile int written;

  Load(Taker taker, int padding) {
    this.taker = taker;
    this.padding = padding;
  }

  /** Lines at the end of a file that is tailed. */
  static Taker file(Path file) {
    return (lines, events) -> {
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(lines.getBytes(StandardCharsets.US_ASCII));
      }
    };
  }

  int again() {
    return taker.again();
  }

  /** Numbers below this are written. */
  int written() {
    return written;
  }

  static boolean isRare(int number) {
    return number % RARE_EVERY == 0;
  }

  /** Writes so many more events, so many a second. */
  void write(int events, int rate) throws IOException, InterruptedException {
    int end = written + events;
    long start = System.nanoTime();
    int first = written;
    while (written < end) {
      long due = first + (System.nanoTime() - start + TICK_NANOS) * rate / 1_000_000_000L;
      long most = Math.min(end, (long) written + MOST_AT_ONCE); // also after a long fault
      int until = (int) Math.min(most, Math.max(due, written + 1));
      StringBuilder lines = new StringBuilder();
      long now = System.currentTimeMillis();
      for (int number = written; number < until; number++) {
        String family = isRare(number) ? RARE : USUAL;
        lines.append(Events.json(family, number, now, padding)).append('\n');
      }
      taker.take(lines.toString(), until - written);
      written = until;
      long next = start + (until - first) * 1_000_000_000L / rate;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }
}
