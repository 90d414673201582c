package dev.camelsiem.delivery.log;

import dev.camelsiem.delivery.log.LogReader.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps readers together that go through the backlog side by side, so that one of them reads and
 * unpacks what all others take from memory: who is ahead waits a little before it pushes a record
 * out that another one needs next. A reader is waited for during a tenth of the time at most, so a
 * slow one is left behind and reads for itself. Thread-safe.
 */
final class Convoy {
  /** One part in so many of the time is what a reader may cost those ahead of it. */
  private static final int PATIENCE = 10;

  private final long mostPatience;
  private final RecordCache records;
  private final ReentrantLock oneReads = new ReentrantLock();

  /** Guarded by this. */
  private final Map<Object, Place> places = new HashMap<>();

  /** Reads a record from the disk. */
  @FunctionalInterface
  interface Reading {
    Step read() throws IOException;
  }

  /** Where a reader is, and how long others still wait for it. Guarded by the convoy. */
  private static final class Place {
    private long sequence;
    private long patience;
    private long at;

    Place(long patience) {
      this.patience = patience;
      this.at = System.nanoTime();
    }

    boolean isWithin(LogRecord record) {
      return sequence >= record.start().sequence() && sequence < record.end().sequence();
    }

    long patience(long most, long now) {
      patience = Math.min(most, patience + (now - at) / PATIENCE);
      at = now;
      return patience;
    }
  }

  /**
   * @param mostBytes of the records that stay in memory
   * @param mostPatience how long one reader is waited for at a stretch
   */
  Convoy(long mostBytes, Duration mostPatience) {
    this.records = new RecordCache(mostBytes);
    this.mostPatience = mostPatience.toNanos();
  }

  @Nullable LogRecord get(long sequence) {
    return records.get(sequence);
  }

  /** A reader needs this number next. */
  synchronized void arrived(Object reader, long sequence) {
    places.computeIfAbsent(reader, any -> new Place(mostPatience)).sequence = sequence;
    notifyAll();
  }

  /**
   * Reads what is not in memory, one reader at a time: the next one may find in memory by then what
   * it came for.
   */
  Step read(Object reader, long sequence, Reading reading)
      throws IOException, InterruptedException {
    arrived(reader, sequence);
    awaitOthers(sequence);
    oneReads.lockInterruptibly();
    try {
      LogRecord known = records.get(sequence);
      if (known != null) {
        return new Step(known.start(), known);
      }
      Step step = reading.read();
      if (step.batch() != null) {
        records.add(step.batch());
      }
      return step;
    } finally {
      oneReads.unlock();
    }
  }

  private synchronized void awaitOthers(long sequence) throws InterruptedException {
    while (records.get(sequence) == null) {
      long now = System.nanoTime();
      List<Place> needing = needing(records.goesNext());
      long patience = 0;
      for (Place each : needing) {
        patience = Math.max(patience, each.patience(mostPatience, now));
      }
      if (patience <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, patience);
      long waited = System.nanoTime() - now;
      needing.forEach(each -> each.patience -= waited); // also of those who have moved on since
    }
  }

  private List<Place> needing(@Nullable LogRecord record) {
    return record == null
        ? List.of()
        : places.values().stream().filter(each -> each.isWithin(record)).toList();
  }
}
