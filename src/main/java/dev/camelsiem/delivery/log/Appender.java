package dev.camelsiem.delivery.log;

import dev.camelsiem.delivery.log.LogRecord.Prepared;
import dev.camelsiem.delivery.log.LogSettings.Fsync;
import dev.camelsiem.durable.CrashPoint;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to the newest segment and makes them durable. Whoever gets the lock for syncing
 * syncs for all who have written by then. The lock for syncing is taken before the one for writing,
 * never the other way round.
 */
final class Appender {
  private static final Logger LOG = LoggerFactory.getLogger(Appender.class);
  private final LogState log;
  private final FreeSpace space;
  private final Fsync fsync;
  private final ReentrantLock syncLock = new ReentrantLock();
  private final ReentrantLock writeLock = new ReentrantLock();
  private final Deque<Ticket> unsynced = new ArrayDeque<>();
  private final AtomicLong syncs = new AtomicLong();
  private final Runnable onRoll;
  private @Nullable SegmentWriter current;
  private volatile boolean full;
  private boolean dirty;
  private volatile boolean closed;

  Appender(LogState log, FreeSpace space, Runnable onRoll) {
    this.log = log;
    this.space = space;
    this.fsync = log.settings().fsync();
    this.onRoll = onRoll;
  }

  long syncs() {
    return syncs.get();
  }

  /** As {@link EventLog#append}. */
  void append(List<LogEntry> entries) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    List<Prepared> prepared =
        entries.stream().filter(each -> each.events() > 0).map(LogRecord::prepare).toList();
    if (prepared.isEmpty()) {
      return;
    }
    space.require();
    try {
      if (full) {
        roll();
      }
      Ticket ticket = write(prepared);
      CrashPoint.reached("after-append");
      if (fsync == Fsync.BATCH) {
        settle(ticket);
      }
      log.wakeReaders();
    } catch (ClosedByInterruptException e) {
      throw LogState.interrupted(e);
    }
  }

  private Ticket write(List<Prepared> prepared) throws IOException {
    writeLock.lock();
    try {
      SegmentWriter writer = writer();
      Position place = written(writer);
      long before = place.offset();
      long now = System.currentTimeMillis();
      List<LogRecord> records = new ArrayList<>(prepared.size());
      Ticket ticket;
      boolean done = false;
      try {
        for (Prepared each : prepared) {
          LogRecord record = each.seal(place, now, log.id());
          writer.write(each.stored());
          records.add(record);
          place = record.end();
        }
        ticket = new Ticket(records);
        unsynced.add(ticket);
        done = true;
      } finally {
        if (!done) {
          takeBack(writer, before);
        }
      }
      full = writer.isFull();
      dirty = true;
      if (fsync != Fsync.BATCH) {
        publish(1, writer);
      }
      return ticket;
    } finally {
      writeLock.unlock();
    }
  }

  /** The newest segment; made when there is none. */
  private SegmentWriter writer() throws IOException {
    if (closed) {
      throw new IOException("the log in " + log.folder() + " is closed");
    }
    SegmentWriter writer = current;
    if (writer == null) {
      writer = SegmentWriter.create(log, log.end().sequence());
      log.segments().add(writer.segment());
      current = writer;
    }
    return writer;
  }

  /** Behind the last record that was written. */
  private Position written(SegmentWriter writer) {
    Ticket last = unsynced.peekLast();
    return last != null
        ? last.end()
        : new Position(log.end().sequence(), writer.segment().first(), writer.end());
  }

  private void takeBack(SegmentWriter writer, long to) {
    try {
      writer.takeBack(to);
    } catch (IOException e) {
      LOG.warn("Cannot take back a failed append: going on in a new segment", e);
      distrust(writer, new IOException("the log's disk fails: " + e.getMessage(), e));
    }
  }

  /** Shows the oldest appends to the readers. Holds the lock for writing. */
  private void publish(int tickets, SegmentWriter writer) {
    boolean done = false;
    try {
      for (int i = 0; i < tickets; i++) {
        Ticket ticket = unsynced.element();
        ticket.records().forEach(each -> log.publish(each, writer.segment()));
        ticket.succeed();
        unsynced.remove();
      }
      done = true;
    } finally {
      if (!done) { // an Error: what stands in the file behind the log's end must not stay there
        distrust(writer, new IOException("an append was not completed"));
      }
    }
  }

  private void settle(Ticket ticket) throws IOException {
    syncUnless(ticket::isSettled);
    ticket.check();
  }

  /** Syncs what was written so far and shows it to the readers. Holds the lock for syncing. */
  private void syncAll() throws IOException {
    SegmentWriter writer;
    int tickets;
    writeLock.lock();
    try {
      writer = current;
      tickets = unsynced.size();
      if (writer == null || !dirty) {
        return;
      }
      dirty = false;
    } finally {
      writeLock.unlock();
    }
    force(writer);
    writeLock.lock();
    try {
      if (current == writer) {
        publish(tickets, writer);
      }
    } finally {
      writeLock.unlock();
    }
  }

  private void force(SegmentWriter writer) throws IOException {
    IOException failure = new IOException("the sync was not completed");
    boolean done = false;
    try {
      writer.force();
      done = true;
      syncs.incrementAndGet();
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      if (!done) { // also after an Error
        writeLock.lock();
        try {
          distrust(writer, failure);
        } finally {
          writeLock.unlock();
        }
      }
    }
  }

  /**
   * After a failed sync nobody knows what is on the disk, and a second sync may wrongly succeed:
   * all appends that wait fail, and the next one begins a new segment. Holds the lock for writing.
   */
  private void distrust(SegmentWriter writer, IOException cause) {
    if (current != writer) {
      return;
    }
    for (Ticket each : unsynced) {
      each.fail(cause);
    }
    unsynced.clear();
    writer.abandon(writer.segment().length());
    leave();
  }

  /** The next append begins a new segment. */
  private void leave() {
    current = null;
    full = false;
    dirty = false;
  }

  /** Ends the newest segment if it is long enough. */
  private void roll() throws IOException {
    syncLock.lock();
    try {
      if (full) {
        finishCurrent();
        onRoll.run();
      }
    } finally {
      syncLock.unlock();
    }
  }

  /** Syncs and ends the newest segment. Holds the lock for syncing. */
  private void finishCurrent() throws IOException {
    writeLock.lock();
    try {
      SegmentWriter writer = current;
      if (writer == null) {
        return;
      }
      try {
        writer.finish();
        syncs.incrementAndGet();
      } catch (IOException e) {
        distrust(writer, e);
        throw e;
      }
      publish(unsynced.size(), writer);
      leave();
    } finally {
      writeLock.unlock();
    }
    log.wakeReaders();
  }

  /** Syncs what is not synced yet; for {@link Fsync#INTERVAL}. */
  void sync() throws IOException {
    syncUnless(() -> false);
  }

  private void syncUnless(BooleanSupplier done) throws IOException {
    syncLock.lock();
    try {
      if (!done.getAsBoolean()) {
        syncAll();
      }
    } finally {
      syncLock.unlock();
    }
  }

  /** Ends the newest segment; nothing can be appended any more. */
  void close() throws IOException {
    closed = true;
    syncLock.lock();
    try {
      finishCurrent();
    } finally {
      syncLock.unlock();
    }
  }
}
