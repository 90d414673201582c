package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.LogBatch;
import dev.camelsiem.delivery.log.Position;
import dev.camelsiem.integration.DeliverySettings;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one integration may lag, in bytes and in time, and what happens beyond. Touches nothing
 * but its own cursor and reserve: the other integrations, the sources and the dead letters never
 * notice. Enforced by one thread.
 */
final class Quota {
  static final String RUNTIME = "quota full, runtime events first";
  static final String OLDEST = "quota full, oldest first";
  static final String UNKEPT = "quota full, no room to keep any aside";
  static final String NEWEST = "quota full, newest refused";
  static final String DETACHED = "quota full, detached";

  private static final Logger LOG = LoggerFactory.getLogger(Quota.class);
  private static final int RECORDS_AT_ONCE = 64;

  /** In so many, at most, a quota is given up. */
  private static final int STEPS = 4096;

  /** Of lines, which are held in memory several times over while they are kept aside. */
  private static final long BYTES_AT_ONCE = 4 << 20;

  /** How old the oldest is that nobody has read yet. */
  @FunctionalInterface
  private interface Age {
    long inNanos() throws IOException;
  }

  private final Backlog backlog;
  private final LaneCounters counters;
  private final Reserves reserves;
  private final Lock settingsLock;
  private volatile LaneSettings settings;
  private volatile boolean old;
  private volatile boolean parked = true;

  /** Between these numbers no runtime events were found when they were looked for. */
  private long plainFrom;

  private long plainTo;

  /**
   * @param settingsLock keeps appends away while a gap opens or closes, so that each event is
   *     counted on the right side
   */
  Quota(
      LaneSettings settings,
      Backlog backlog,
      LaneCounters counters,
      Reserves reserves,
      Lock settingsLock) {
    this.settings = settings;
    this.backlog = backlog;
    this.counters = counters;
    this.reserves = reserves;
    this.settingsLock = settingsLock;
  }

  void use(LaneSettings changed) {
    settings = changed;
  }

  /** Whether nothing may be appended because of this integration; cheap. */
  boolean blocks() {
    return delivery().whenFull() == WhenFull.BLOCK && (old || isFull());
  }

  /** Whether its share of the disk is used up; cheap. */
  boolean isFull() {
    return backlog.bytes() >= delivery().quotaBytes();
  }

  /** Whether the integration is disabled or gone; changed while appends are kept away. */
  boolean isParked() {
    return parked;
  }

  void park(boolean now) {
    parked = now;
  }

  /** Does what the policy says when the lag is too long; who is parked only keeps the bounds. */
  void enforce(AgeMarks ages) throws IOException, InterruptedException {
    if (parked) {
      bound(ages);
      return;
    }
    DeliverySettings delivery = delivery();
    old = ages.ageOf(backlog.log()) > delivery.quotaAge().toNanos();
    switch (delivery.whenFull()) {
      case BLOCK -> {} // asked before each append
      case DROP_NEWEST -> refuseNewest();
      case DETACH -> {
        if (old || isFull()) {
          detach();
        }
      }
      case DROP_OLDEST -> bound(ages);
    }
  }

  /** Gives up the oldest beyond the bounds. */
  private void bound(AgeMarks ages) throws IOException, InterruptedException {
    makeRoom(delivery().quotaBytes());
    dropOlderThan(delivery().quotaAge().toNanos(), ages);
  }

  private DeliverySettings delivery() {
    return settings.integration().delivery();
  }

  private void refuseNewest() throws IOException {
    Cursor cursor = backlog.log();
    boolean room = !old && backlog.bytes() < delivery().quotaBytes() * 9 / 10;
    boolean full = old || isFull();
    boolean gap = cursor.isGapOpen();
    if (gap ? !room : !full) {
      return;
    }
    settingsLock.lock();
    try {
      if (parked || cursor.isGapOpen() != gap) {
        return; // settings were changed meanwhile: who is disabled keeps its gap
      }
      if (gap) {
        cursor.closeGap();
      } else {
        cursor.openGap(NEWEST);
        LOG.error("{}: its quota is full; new events are not kept for it", settings.integration());
      }
    } finally {
      settingsLock.unlock();
    }
  }

  /** Runtime events go first; what else lies between them is kept aside. Then the oldest go. */
  private void makeRoom(long quota) throws IOException, InterruptedException {
    boolean more = true;
    while (more && backlog.bytes() > quota) {
      backlog.lock().lockInterruptibly();
      try {
        more = giveUpSome(quota);
      } finally {
        backlog.lock().unlock();
      }
    }
  }

  /** Whether there was something: what is left otherwise is in flight. */
  private boolean giveUpSome(long quota) throws IOException, InterruptedException {
    long over = backlog.bytes() - quota;
    Reserve kept = backlog.reserve();
    if (kept != null
        && kept.cursor().lagBytes() > quota / 2
        && dropOldest(kept.cursor(), over) > 0) {
      return true;
    }
    Cursor cursor = backlog.log();
    Position behind = cursor.behindGivenUp(); // what a break gave back stays before what is kept
    if (behind.sequence() < plainFrom || behind.sequence() >= plainTo) {
      long least = Math.max(over, quota / STEPS); // each step syncs what it keeps
      Chunk ahead = chunk(cursor, behind, some -> some.givenUp > 0 && some.bytesGivenUp >= least);
      if (ahead.givenUp > 0) {
        keepAside(ahead);
        return true;
      }
      plainFrom = ahead.start.sequence();
      plainTo = ahead.end.sequence();
    }
    return plainTo > plainFrom
        && (kept != null && dropOldest(kept.cursor(), over) > 0 || dropOldest(cursor, over) > 0);
  }

  private int dropOldest(Cursor cursor, long bytes) throws IOException {
    return drop(chunk(cursor, cursor.reading(), some -> some.bytesInLog >= bytes), cursor, OLDEST);
  }

  private void dropOlderThan(long nanos, AgeMarks ages) throws IOException, InterruptedException {
    Reserve kept = backlog.reserve();
    if (kept != null) {
      dropOlderThan(nanos, kept::age, kept.cursor());
    }
    dropOlderThan(nanos, () -> ages.ageOf(backlog.log()), backlog.log());
  }

  /** One record at a time: the next one may be younger by far. */
  private void dropOlderThan(long nanos, Age age, Cursor cursor)
      throws IOException, InterruptedException {
    boolean more = true;
    while (more) {
      backlog.lock().lockInterruptibly();
      try {
        more = age.inNanos() > nanos && dropOldest(cursor, 1) > 0;
      } finally {
        backlog.lock().unlock();
      }
    }
  }

  private void detach() throws IOException, InterruptedException {
    Reserve kept = backlog.reserve();
    if (kept != null) {
      dropAll(kept.cursor(), DETACHED);
    }
    dropAll(backlog.log(), DETACHED);
  }

  private void dropAll(Cursor cursor, String cause) throws IOException, InterruptedException {
    boolean more = true;
    while (more) {
      backlog.lock().lockInterruptibly();
      try {
        more = drop(chunk(cursor, cursor.reading(), some -> false), cursor, cause) > 0;
      } finally {
        backlog.lock().unlock();
      }
    }
  }

  private int drop(Chunk chunk, Cursor cursor, String cause) {
    count(chunk, cursor.skip(chunk.start, chunk.end), chunk.wanted(), cause);
    return chunk.records;
  }

  private void keepAside(Chunk chunk) throws IOException, InterruptedException {
    try {
      keep(chunk);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e; // not the disk's fault
      }
      LOG.debug("{}: cannot keep events aside", settings.integration(), e);
      drop(chunk, backlog.log(), UNKEPT); // else a full disk would stay full, and stop everybody
      return;
    }
    count(chunk, backlog.log().skip(chunk.start, chunk.end), chunk.givenUp, RUNTIME);
  }

  private void keep(Chunk chunk) throws IOException, InterruptedException {
    if (chunk.kept.isEmpty()) {
      return;
    }
    Reserve kept = backlog.reserve();
    if (kept == null) {
      kept = reserves.of(settings.name());
      backlog.reserve(kept);
    }
    kept.keep(chunk.kept, settings.encodingKey(), chunk.start.sequence());
  }

  /** Counts a chunk that was skipped; what is not in its records was lost to damage before. */
  private void count(Chunk chunk, long skipped, long events, String cause) {
    counters.filtered.add(chunk.filtered);
    counters.refused.add(chunk.refused);
    counters.forgotten(chunk.forgotten);
    counters.damaged(chunk.damaged + Math.max(0, skipped - chunk.events));
    if (events == 0) {
      return;
    }
    long sum = counters.dropped(cause, events);
    if (Long.highestOneBit(sum) != Long.highestOneBit(sum - events)) {
      LOG.error(
          "{}: {}: {} events given up so far, the last up to number {}",
          settings.integration(),
          cause,
          sum,
          chunk.end.sequence() - 1);
    }
  }

  /**
   * The oldest records from a place on that nobody has read yet, as the integration sees them,
   * until they are enough. Only under the backlog's lock, which its sender reads under: else one
   * event is given up and sent.
   */
  private Chunk chunk(Cursor cursor, Position from, Predicate<Chunk> enough) throws IOException {
    Chunk chunk = new Chunk(from);
    while (chunk.records < RECORDS_AT_ONCE && chunk.bytes < BYTES_AT_ONCE && !enough.test(chunk)) {
      LogBatch batch = cursor.read(chunk.end);
      if (batch == null) {
        return chunk;
      }
      chunk.add(backlog.parcel(batch, cursor), batch.end().offset() - batch.start().offset());
    }
    return chunk;
  }
}
