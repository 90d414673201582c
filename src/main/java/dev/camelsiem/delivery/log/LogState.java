package dev.camelsiem.delivery.log;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the parts of one open log share. Thread-safe. */
final class LogState {
  /** So many times more is kept for readers that are behind: they drift apart. */
  private static final int READ_BACK = 3;

  private final Path folder;
  private final LogSettings settings;
  private final Disk disk;
  private final long id;
  private final Segments segments;
  private final Damages damages;
  private final RecordCache cache;
  private final Convoy convoy;
  private final AtomicLong appendedEvents = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ReentrantLock waitLock = new ReentrantLock();
  private final Condition more = waitLock.newCondition();
  private volatile Position end;
  private volatile boolean closed;

  LogState(
      Path folder,
      LogSettings settings,
      Disk disk,
      long id,
      Segments segments,
      Damages damages,
      Position end) {
    this.folder = folder;
    this.settings = settings;
    this.disk = disk;
    this.id = id;
    this.segments = segments;
    this.damages = damages;
    this.cache = new RecordCache(settings.cacheBytes());
    this.convoy = new Convoy(READ_BACK * settings.cacheBytes(), Duration.ofSeconds(1));
    this.end = end;
  }

  Path folder() {
    return folder;
  }

  LogSettings settings() {
    return settings;
  }

  Disk disk() {
    return disk;
  }

  long id() {
    return id;
  }

  Segments segments() {
    return segments;
  }

  Damages damages() {
    return damages;
  }

  long appendedEvents() {
    return appendedEvents.get();
  }

  /** The end of what readers may see. */
  Position end() {
    return end;
  }

  /** Leaves out all numbers before one; for a log that nobody uses yet. */
  void moveEnd(long next) {
    Segment last = segments.last();
    end =
        last == null
            ? new Position(next, next, SegmentHeader.LENGTH)
            : new Position(next, last.first(), last.length());
  }

  /** Where the oldest record may stand. */
  Position beginning() {
    Segment oldest = segments.holding(1);
    return oldest == null || oldest.first() >= end.sequence()
        ? end
        : new Position(oldest.first(), oldest.first(), SegmentHeader.LENGTH);
  }

  /** A record that is in memory: one of the newest, or one that a reader has just read back. */
  @Nullable LogRecord cached(long sequence) {
    LogRecord newest = cache.get(sequence);
    return newest != null ? newest : convoy.get(sequence);
  }

  /** The first record at or behind a place, or null at the end; for those who read beside. */
  @Nullable LogRecord readBeside(Position from) throws IOException {
    LogRecord known = cached(from.sequence());
    if (known != null) {
      return known;
    }
    try (LogReader reader = new LogReader(this)) {
      return reader.read(from, end).batch();
    }
  }

  /** The readers that are behind. */
  Convoy convoy() {
    return convoy;
  }

  /** Shows a record to the readers. The caller holds the lock for writing. */
  void publish(LogRecord batch, Segment segment) {
    cache.add(batch);
    appendedEvents.addAndGet(batch.events());
    segment.length(batch.end().offset());
    end = batch.end();
  }

  /** Wakes the readers that wait; cheap when none does. */
  void wakeReaders() {
    if (waiting.get() > 0) {
      waitLock.lock();
      try {
        more.signalAll();
      } finally {
        waitLock.unlock();
      }
    }
  }

  /** Waits until there is something behind a number, or the log is closed, or the time is over. */
  void awaitBehind(long sequence, long nanos) throws InterruptedException {
    waitLock.lockInterruptibly();
    waiting.incrementAndGet();
    try {
      long left = nanos;
      long deadline = System.nanoTime() + nanos;
      while (left > 0 && end.sequence() <= sequence && !closed) {
        more.awaitNanos(Math.min(left, TimeUnit.HOURS.toNanos(1)));
        left = deadline - System.nanoTime();
      }
    } finally {
      waiting.decrementAndGet();
      waitLock.unlock();
    }
  }

  /** What to throw when the JDK closed a file because its user was interrupted. */
  static InterruptedException interrupted(ClosedByInterruptException cause) {
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException("while a file was in use");
    interrupted.initCause(cause);
    return interrupted;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
    waitLock.lock();
    try {
      more.signalAll();
    } finally {
      waitLock.unlock();
    }
  }
}
