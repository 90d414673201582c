package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.LogEntry;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Integration;
import dev.camelsiem.supervise.SupervisedLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one integration through the log: its cursor, its quota, its sender. Lives as long as
 * the router, parked while the integration is disabled or gone. Its life cycle (start, update,
 * park, stop) is driven by one thread at a time; counting and status come from any.
 */
final class Lane {
  /** How long an old address may go on with what is in flight after a change, or a park. */
  static final Duration GRACE = Duration.ofSeconds(5);

  static final String DISABLED = "disabled";

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final LaneCounters counters = new LaneCounters();
  private final Transport.Factory transports;
  private final SenderMonitor monitor;
  private final Backlog backlog;
  private final Quota quota;
  private volatile long pendingAtStart;
  private volatile boolean known;
  private volatile LaneSettings settings;
  private volatile @Nullable Sender sender;
  private volatile @Nullable SupervisedLoop thread;
  private volatile long movedAt;
  private volatile boolean moving;
  private int quotaFailures;

  Lane(
      LaneSettings settings,
      Cursor cursor,
      @Nullable Reserve kept,
      Reserves reserves,
      Transport.Factory transports,
      ReentrantReadWriteLock settingsLock) {
    this.settings = settings;
    this.transports = transports;
    monitor = new SenderMonitor(settings.integration().toString(), counters);
    backlog = new Backlog(cursor, kept, settings);
    quota = new Quota(settings, backlog, counters, reserves, settingsLock.writeLock());
  }

  /** Events count from the log's end on, if they did not. Appends are kept away meanwhile. */
  void open() throws IOException {
    if (!known) {
      known = true;
      pendingAtStart = backlog.events();
    }
    if (!quota.isParked()) {
      return; // a gap of a lane that delivers is its quota's
    }
    if (backlog.log().isGapOpen()) {
      backlog.log().closeGap();
    }
    quota.park(false);
  }

  /** Events that come from now on are not for it. Appends are kept away meanwhile. */
  void shut() throws IOException {
    backlog.log().openGap(DISABLED);
    quota.park(true);
  }

  /** Counts events that the log has taken; those in a gap meet their fate at once. */
  void count(List<LogEntry> entries) {
    for (LogEntry entry : entries) {
      counters.accepted.add(entry.events());
      if (backlog.log().isGapOpen()) {
        countInGap(entry);
      }
    }
  }

  private void countInGap(LogEntry entry) {
    EncodedBatch own = entry.lines().get(settings.ownKey());
    EncodedBatch lines = own == null ? entry.lines().get(settings.encodingKey()) : own;
    boolean forSome = entry.lines().containsKey(LogEntries.ONLY_SOME);
    long wanted = lines == null || quota.isParked() ? 0 : settings.filter().select(lines).size();
    if (wanted > 0) {
      counters.dropped(Quota.NEWEST, wanted);
    }
    long refused = lines == null || forSome || quota.isParked() ? 0 : entry.events() - lines.size();
    counters.refused.add(refused);
    counters.filtered.add(entry.events() - wanted - refused);
  }

  /** A disk that is full before a quota is stops everybody, which a quota is there to prevent. */
  void tellOfSmallDisk(long free) {
    long bytes = settings.integration().delivery().quotaBytes();
    if (bytes > free) {
      LOG.warn(
          "{}: its quota of {} MiB is more than the {} MiB that the disk has free: if its SIEM stays"
              + " away, the disk is full first, and all sources wait; set a smaller `quotaMegabytes`",
          settings.integration(),
          bytes >> 20,
          free >> 20);
    }
  }

  /** Begins to deliver, unless it does already; tells whether it began. */
  boolean start() {
    if (sender != null) {
      return false;
    }
    Sender fresh = new Sender(settings, backlog, monitor, counters, transports);
    thread = SupervisedLoop.start("siem-sender-" + settings.name(), fresh::run);
    sender = fresh; // not before: without a thread the next start is to try again
    if (pendingAtStart > 0) {
      LOG.info(
          "{}: {} events wait in the log and are sent first",
          settings.integration(),
          pendingAtStart);
    }
    return true;
  }

  /** Reads what is encoded for either settings from now on; the old ones are in force. */
  void prepare(LaneSettings changed) {
    backlog.prepare(changed);
  }

  void update(LaneSettings changed) {
    boolean moved = isElsewhere(settings.integration(), changed.integration());
    settings = changed;
    monitor.label(changed.integration().toString());
    backlog.use(changed);
    quota.use(changed);
    Sender current = sender;
    if (current != null) {
      movedAt = System.nanoTime();
      moving = moving || moved;
      current.update(changed, moved);
    }
  }

  /** Whether new settings need another transport. */
  private boolean isElsewhere(Integration from, Integration to) {
    return !to.destination().equals(from.destination())
        || to.delivery().confirm() != from.delivery().confirm()
        || !to.delivery().confirmTimeout().equals(from.delivery().confirmTimeout())
        || !transports.limits(to).equals(transports.limits(from));
  }

  /** Ends the sender; what waits is kept until it is started again. */
  void park() throws InterruptedException {
    stop(GRACE, false);
    monitor.state(SenderState.PARKED);
  }

  /** Tells the sender to end; {@link #stop} waits for it. */
  void finish(boolean drain) {
    Sender current = sender;
    if (current != null) {
      current.finish(drain);
    }
  }

  /** Ends the sender in good order within a time, or at once after it. */
  void stop(Duration within, boolean drain) throws InterruptedException {
    Sender current = sender;
    SupervisedLoop running = thread;
    if (current == null || running == null) {
      return;
    }
    current.finish(drain);
    if (!running.join(within)) {
      current.abandon();
      if (!running.join(GRACE)) {
        LOG.error("{}: its sender did not end; what is in flight is sent again", settings.name());
      }
    }
    running.stop();
    sender = null;
    thread = null;
  }

  /** Ends the sender at once, if it still runs, and does not wait for it. */
  void abandon() {
    Sender current = sender;
    SupervisedLoop running = thread;
    if (current != null && running != null) {
      current.abandon();
      running.stop();
    }
  }

  /** Looks at clock and quota; called a few times a second. */
  void tick(AgeMarks ages) throws InterruptedException {
    Sender current = sender;
    if (moving && current != null && System.nanoTime() - movedAt > GRACE.toNanos()) {
      moving = false;
      current.hurry();
    }
    try {
      quota.enforce(ages);
      quotaFailures = 0;
    } catch (IOException | RuntimeException e) {
      if (Integer.bitCount(++quotaFailures) == 1) {
        LOG.error("{}: its quota cannot be kept right now", settings.integration(), e);
      }
    }
  }

  void retryNow() {
    Sender current = sender;
    if (current != null) {
      current.retryNow();
    }
  }

  Quota quota() {
    return quota;
  }

  LaneCounters counters() {
    return counters;
  }

  LaneSettings settings() {
    return settings;
  }

  Backlog backlog() {
    return backlog;
  }

  LaneStatus status() {
    return monitor.status(
        settings.integration().name(),
        settings.integration().destination().toString(),
        pendingAtStart,
        backlog.events(),
        backlog.bytes());
  }
}
