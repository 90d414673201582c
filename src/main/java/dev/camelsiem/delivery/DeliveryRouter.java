package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.delivery.log.LogEntry;
import dev.camelsiem.delivery.log.LogFullException;
import dev.camelsiem.delivery.log.LogSettings;
import dev.camelsiem.delivery.log.LogStatus;
import dev.camelsiem.supervise.SupervisedLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One durable log and the lanes that read it: what {@link #append} has taken reaches every
 * integration at its own pace. Sources never wait for a SIEM, but for one whose policy is to block.
 * Thread-safe.
 */
public final class DeliveryRouter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryRouter.class);
  private static final Duration TICK = Duration.ofMillis(200);
  private static final int TICKS_A_MINUTE = 300;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final EventLog log;
  private final Reserves reserves;
  private final Lanes lanes;
  private final SupervisedLoop clock;
  private final Unrouted unrouted = new Unrouted();

  /** Appends share it; whoever changes lanes or gaps takes it alone. */
  private final ReentrantReadWriteLock settingsLock = new ReentrantReadWriteLock(true);

  /** Held by whoever applies settings or closes. */
  private final ReentrantLock changes = new ReentrantLock();

  private volatile boolean applied;
  private volatile boolean closed;

  private DeliveryRouter(EventLog log, Reserves reserves, Transport.Factory transports) {
    this.log = log;
    this.reserves = reserves;
    lanes = new Lanes(log, reserves, transports, settingsLock);
    AgeMarks ages = new AgeMarks(log.end().sequence());
    this.clock = SupervisedLoop.start("siem-delivery-clock", () -> watch(ages));
  }

  /**
   * Opens the log of a data directory and delivers to nobody yet; see {@link #apply}.
   *
   * @throws IOException when the directory cannot be used or another router uses it
   */
  public static DeliveryRouter open(
      Path dataDir, LogSettings settings, Transport.Factory transports) throws IOException {
    EventLog log = EventLog.open(dataDir.resolve("log"), settings);
    return new DeliveryRouter(log, new Reserves(dataDir, settings), transports);
  }

  /**
   * Takes settings into use, whole: lanes that are new begin at the log's end, or where they were
   * parked; lanes that are not named, or disabled, are parked with what waits for them.
   *
   * @param whenChanged run between the last event under the old settings and the first under the
   *     new ones
   * @throws IOException when a cursor cannot be opened or saved: the old lanes go on, and the same
   *     settings may be applied again
   */
  public void apply(List<LaneSettings> wanted, Runnable whenChanged)
      throws IOException, InterruptedException {
    changes.lockInterruptibly();
    try {
      change(wanted, whenChanged);
      applied = true;
    } finally {
      changes.unlock();
    }
  }

  private void change(List<LaneSettings> wanted, Runnable whenChanged)
      throws IOException, InterruptedException {
    for (LaneSettings settings : wanted) {
      lanes.prepare(settings);
    }
    Lanes.Change change;
    settingsLock.writeLock().lock();
    try {
      change = lanes.change(wanted);
      List<Lane> delivering = change.delivering();
      for (int i = 0; i < wanted.size(); i++) { // not before: nothing can fail any more
        delivering.get(i).update(wanted.get(i));
      }
      lanes.delivering(delivering);
      whenChanged.run();
    } finally {
      settingsLock.writeLock().unlock();
    }
    for (Lane lane : change.delivering()) {
      if (lane.start()) {
        lane.tellOfSmallDisk(log.status().freeBytes());
      }
    }
    for (Lane lane : change.leaving()) {
      lane.park();
    }
  }

  /**
   * Takes batches over; durable on return.
   *
   * @param current whether the settings that they were encoded for are still in force; asked while
   *     none can be applied
   * @return false when they are not: nothing was taken
   * @throws LogFullException when the disk, or the quota of an integration that blocks, has no
   *     room; nothing was taken
   * @throws IOException when the disk fails; nothing was taken
   */
  public boolean append(List<LogEntry> entries, BooleanSupplier current)
      throws IOException, InterruptedException {
    awaitRoom();
    settingsLock.readLock().lockInterruptibly();
    try {
      if (!current.getAsBoolean()) {
        return false;
      }
      if (lanes.delivering().isEmpty()) {
        unrouted.add(entries.stream().mapToLong(LogEntry::events).sum());
        return true;
      }
      log.append(entries);
      lanes.all().forEach(lane -> lane.count(entries));
      return true;
    } finally {
      settingsLock.readLock().unlock();
    }
  }

  /** How each integration that delivers does, in the order of the settings. */
  public List<LaneStatus> status() {
    return lanes.delivering().stream().map(Lane::status).toList();
  }

  /** How the log does. */
  public LogStatus logStatus() {
    return log.status();
  }

  /** Events that came while no integration was enabled: nobody gets them. */
  public long unrouted() {
    return unrouted.events();
  }

  /** Ends the waiting time of a lane's outage. */
  public void retryNow(String integrationId) {
    lanes.delivering().stream()
        .filter(lane -> lane.settings().integration().id().equalsIgnoreCase(integrationId))
        .forEach(Lane::retryNow);
  }

  /**
   * Delivers what it can within a time and ends; the rest waits in the log. Nothing may be appended
   * any more.
   */
  public void close(Duration within) throws IOException, InterruptedException {
    changes.lock(); // also for a caller who is interrupted: the folder is to be given back
    try {
      end(within);
    } finally {
      changes.unlock();
    }
  }

  private void end(Duration within) throws IOException, InterruptedException {
    closed = true;
    clock.stop();
    long until = System.nanoTime() + within.toNanos();
    try {
      boolean unused = clock.join(Lane.GRACE); // else it may open a reserve that nobody closes
      lanes.delivering().forEach(lane -> lane.finish(true));
      for (Lane lane : lanes.delivering()) {
        lane.stop(Duration.ofNanos(Math.max(1, until - System.nanoTime())), true);
        LOG.info("stopped {}", lane.status());
      }
    } finally {
      lanes.all().forEach(Lane::abandon); // also those that a failed change has left running
      try (reserves) {
        log.close();
      }
    }
  }

  /** Ends at once, as {@link #close(Duration)} without time. */
  @Override
  public void close() throws IOException {
    try {
      close(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the log is closed all the same
    }
  }

  private void watch(AgeMarks ages) throws InterruptedException {
    Strangers strangers = new Strangers(log, reserves);
    for (long tick = 0; !closed; tick++) {
      ages.mark(log.end().sequence());
      for (Lane lane : lanes.all()) {
        lane.tick(ages);
      }
      if (tick % TICKS_A_MINUTE == 1) {
        look(strangers, ages);
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  /** Unless settings are changing right now: then nobody can tell who is a stranger. */
  private void look(Strangers strangers, AgeMarks ages) {
    if (applied && changes.tryLock()) {
      try {
        strangers.look(lanes.names(), ages);
      } finally {
        changes.unlock();
      }
    }
  }

  /**
   * Looks whether a batch would be taken right now; waits a while for integrations that hold
   * everybody up, as their policy says. Asked before anything is done for a batch that would have
   * to be done again with it.
   *
   * @throws LogFullException as {@link #append}
   */
  public void awaitRoom() throws IOException, InterruptedException {
    log.requireRoom();
    long until = System.nanoTime() + LONGEST_WAIT.toNanos();
    @Nullable Lane blocking = blocking();
    while (blocking != null) {
      if (closed || System.nanoTime() - until > 0) {
        throw new LogFullException(
            blocking.settings().integration()
                + " has reached its quota, and its policy `BLOCK` holds up all");
      }
      Thread.sleep(TICK.toMillis() / 10);
      blocking = blocking();
    }
  }

  private @Nullable Lane blocking() {
    return lanes.delivering().stream()
        .filter(lane -> lane.quota().blocks())
        .findFirst()
        .orElse(null);
  }
}
