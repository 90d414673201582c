package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.LogBatch;
import dev.camelsiem.flow.event.EncodedBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one integration, oldest first: of the log, and of the events that were kept aside
 * when its quota was full. Read by its sender; settings may change at any time.
 */
final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private static final List<Long> ONLY_SOME = List.of(LogEntries.ONLY_SOME);

  private static final EncodedBatch NOTHING = new EncodedBatch.Builder(0).build();

  private final Cursor log;
  private final String name;

  /** Held while something is read, and by whoever gives up what was not read yet. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable Reserve reserve;
  private volatile EventFilter filter;
  private volatile List<Long> encodings;
  private long damaged;
  private volatile boolean told;

  Backlog(Cursor log, @Nullable Reserve reserve, LaneSettings settings) {
    this.log = log;
    this.reserve = reserve;
    this.filter = settings.filter();
    this.encodings = List.of();
    this.name = settings.name();
    prepare(settings);
  }

  /** Reads what is encoded for new settings, too, from now on. */
  void prepare(LaneSettings settings) {
    List<Long> before = log.encodingKeys();
    log.useEncoding(settings.encodingKey());
    saveIfPossible(); // first: after a crash lines of a key that is not known are for nobody
    List<Long> known = new ArrayList<>(List.of(settings.ownKey()));
    known.addAll(log.encodingKeys());
    encodings = known;
    if (events() > 0 && !encodings.containsAll(before)) {
      LOG.warn(
          "{}: its encoding has changed often while events wait: those that wait in the oldest"
              + " encoding can no longer be delivered",
          settings.integration());
    }
  }

  /** Takes new settings; lines that were encoded for the old ones stay as they are. */
  void use(LaneSettings settings) {
    filter = settings.filter();
  }

  /** The next record as the integration sees it, or null when none came within the time. */
  @Nullable Parcel next(Duration wait) throws IOException, InterruptedException {
    Parcel first = nextNow();
    if (first != null || wait.isZero()) {
      return first;
    }
    log.await(wait);
    return nextNow();
  }

  private @Nullable Parcel nextNow() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      Reserve kept = reserve;
      boolean aside = kept != null && kept.isOlderThan(log.reading());
      Parcel parcel = aside ? null : nextOf(log);
      return parcel == null && kept != null ? nextOf(kept.cursor()) : parcel;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Parcel nextOf(Cursor cursor) throws IOException, InterruptedException {
    LogBatch batch = cursor.next(Duration.ZERO);
    return batch == null ? null : parcel(batch, cursor);
  }

  /** To be held while records are looked at and skipped that {@link #next} may give otherwise. */
  Lock lock() {
    return lock;
  }

  /** The record as the integration sees it. */
  Parcel parcel(LogBatch batch, Cursor from) {
    EncodedBatch all = batch.lines(encodings);
    int events = batch.events();
    if (all == null) { // damaged, or nobody wrote it for it as it is now
      int damaged = batch.isDamaged(encodings) ? events : 0;
      int forgotten = events - damaged;
      if (forgotten > 0 && !told) {
        told = true;
        LOG.error(
            "{}: events from number {} on are in the log in no encoding that it knows, and are"
                + " given up",
            name,
            batch.start().sequence());
      }
      return new Parcel(NOTHING, 0, 0, damaged, forgotten, from, batch.end());
    }
    EncodedBatch wanted = filter.select(all);
    int absent = Math.max(0, events - all.size());
    int refused = absent > 0 && batch.lines(ONLY_SOME) == null ? absent : 0;
    int filtered = all.size() - wanted.size() + absent - refused;
    return new Parcel(wanted, filtered, refused, 0, 0, from, batch.end());
  }

  /** Reads again from the first record that was not committed. */
  void rewind() {
    log.rewind();
    Reserve kept = reserve;
    if (kept != null) {
      kept.cursor().rewind();
    }
  }

  /** Events that wait, wanted or not. */
  long events() {
    Reserve kept = reserve;
    return log.lagEvents() + (kept == null ? 0 : kept.cursor().lagEvents());
  }

  /** Bytes that they keep on disk. */
  long bytes() {
    Reserve kept = reserve;
    return log.lagBytes() + (kept == null ? 0 : kept.cursor().lagBytes());
  }

  /** Events that damage has cost it since this was asked last. */
  long newlyDamaged() {
    Reserve kept = reserve;
    long all = log.damagedEvents() + (kept == null ? 0 : kept.cursor().damagedEvents());
    long fresh = all - damaged;
    damaged = all;
    return fresh;
  }

  /**
   * Forgets damage behind which nothing came that could be committed; for a sender that has nothing
   * in flight.
   */
  void passDamage() {
    log.commit(log.reading());
    Reserve kept = reserve;
    if (kept != null) {
      kept.cursor().commit(kept.cursor().reading());
    }
  }

  /** Notes its place after a window was confirmed: a killed process would send it again. */
  void note() {
    try {
      log.note();
      Reserve kept = reserve;
      if (kept != null) {
        kept.cursor().note();
      }
    } catch (IOException e) {
      LOG.debug("A place could not be noted; it is saved within a second", e);
    }
  }

  Cursor log() {
    return log;
  }

  @Nullable Reserve reserve() {
    return reserve;
  }

  void reserve(Reserve opened) {
    reserve = opened;
  }

  private void saveIfPossible() {
    try {
      log.save();
      Reserve kept = reserve;
      if (kept != null) {
        kept.cursor().save();
      }
    } catch (IOException e) {
      LOG.debug("A place could not be saved; the log tries again, and says so", e);
    }
  }
}
