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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
  private final Transport.Factory transports;
  private final SupervisedLoop clock;
  private final LongAdder unrouted = new LongAdder();

  /** Appends share it; whoever changes lanes or gaps takes it alone. */
  private final ReentrantReadWriteLock settingsLock = new ReentrantReadWriteLock(true);

  /** Held by whoever applies settings or closes. */
  private final ReentrantLock changes = new ReentrantLock();

  /** All lanes by name, parked ones included. */
  private volatile Map<String, Lane> lanes = Map.of();

  /** Those that deliver, in the order of the settings. */
  private volatile List<Lane> active = List.of();

  private volatile boolean applied;
  private volatile boolean closed;

  private DeliveryRouter(EventLog log, Reserves reserves, Transport.Factory transports) {
    this.log = log;
    this.reserves = reserves;
    this.transports = transports;
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
   * @throws IOException when a cursor cannot be opened or saved; lanes before it are in use
   */
  public void apply(List<LaneSettings> wanted) throws IOException, InterruptedException {
    changes.lockInterruptibly();
    try {
      change(wanted);
      applied = true;
    } finally {
      changes.unlock();
    }
  }

  private void change(List<LaneSettings> wanted) throws IOException, InterruptedException {
    Map<String, Lane> all = new LinkedHashMap<>(lanes);
    List<Lane> delivering = new ArrayList<>();
    List<Lane> starting = new ArrayList<>();
    for (LaneSettings settings : wanted) {
      Lane lane = all.get(settings.name());
      if (lane == null) {
        lane = new Lane(settings, log.cursor(settings.name()), reserves, transports, settingsLock);
        all.put(settings.name(), lane);
      } else {
        lane.update(settings);
      }
      delivering.add(lane);
      if (!active.contains(lane)) {
        starting.add(lane);
      }
    }
    List<Lane> ending = active.stream().filter(lane -> !delivering.contains(lane)).toList();
    settingsLock.writeLock().lock();
    try {
      for (Lane lane : starting) {
        lane.open();
      }
      for (Lane lane : ending) {
        lane.shut();
      }
      lanes = Map.copyOf(all);
      active = List.copyOf(delivering);
    } finally {
      settingsLock.writeLock().unlock();
    }
    for (Lane lane : starting) {
      tellOfSmallDisk(lane.settings());
      lane.start();
    }
    for (Lane lane : ending) {
      lane.park();
    }
  }

  /**
   * Takes batches over; durable on return.
   *
   * @throws LogFullException when the disk, or the quota of an integration that blocks, has no
   *     room; nothing was taken
   * @throws IOException when the disk fails; nothing was taken
   */
  public void append(List<LogEntry> entries) throws IOException, InterruptedException {
    awaitRoom();
    settingsLock.readLock().lockInterruptibly();
    try {
      if (active.isEmpty()) {
        tellUnrouted(entries.stream().mapToLong(LogEntry::events).sum());
        return;
      }
      log.append(entries);
      for (Lane lane : lanes.values()) {
        lane.count(entries);
      }
    } finally {
      settingsLock.readLock().unlock();
    }
  }

  /** How each integration that delivers does, in the order of the settings. */
  public List<LaneStatus> status() {
    return active.stream().map(Lane::status).toList();
  }

  /** How the log does. */
  public LogStatus logStatus() {
    return log.status();
  }

  /** Events that came while no integration was enabled: nobody gets them. */
  public long unrouted() {
    return unrouted.sum();
  }

  /** Ends the waiting time of a lane's outage. */
  public void retryNow(String integrationId) {
    for (Lane lane : active) {
      if (lane.settings().integration().id().equalsIgnoreCase(integrationId)) {
        lane.retryNow();
      }
    }
  }

  /**
   * Delivers what it can within a time and ends; the rest waits in the log. Nothing may be appended
   * any more.
   */
  public void close(Duration within) throws IOException, InterruptedException {
    changes.lockInterruptibly();
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
      active.forEach(lane -> lane.finish(true));
      for (Lane lane : active) {
        lane.stop(Duration.ofNanos(Math.max(1, until - System.nanoTime())), true);
        LOG.info("stopped {}", lane.status());
      }
    } finally {
      lanes.values().forEach(Lane::abandon); // also those that a failed change has left running
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

  private void watch(AgeMarks ages) throws IOException, InterruptedException {
    Strangers strangers = new Strangers(log);
    for (long tick = 0; !closed; tick++) {
      ages.mark(log.end().sequence());
      for (Lane lane : lanes.values()) {
        lane.tick(ages);
      }
      if (tick % TICKS_A_MINUTE == 1) {
        look(strangers, ages);
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  /** Unless settings are changing right now: then nobody can tell who is a stranger. */
  private void look(Strangers strangers, AgeMarks ages) throws IOException {
    if (applied && changes.tryLock()) {
      try {
        strangers.look(lanes.keySet(), ages);
      } finally {
        changes.unlock();
      }
    }
  }

  /** A disk that is full before a quota is stops everybody, which a quota is there to prevent. */
  private void tellOfSmallDisk(LaneSettings lane) {
    long free = log.status().freeBytes();
    long quota = lane.integration().delivery().quotaBytes();
    if (quota > free) {
      LOG.warn(
          "{}: its quota of {} MiB is more than the {} MiB that the disk has free: if its SIEM stays"
              + " away, the disk is full first, and all sources wait; set a smaller `quotaMegabytes`",
          lane.integration(),
          quota >> 20,
          free >> 20);
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
    for (Lane lane : active) {
      if (lane.quota().blocks()) {
        return lane;
      }
    }
    return null;
  }

  private void tellUnrouted(long events) {
    unrouted.add(events);
    long sum = unrouted.sum();
    if (Long.highestOneBit(sum) != Long.highestOneBit(sum - events)) {
      LOG.error("no integration is enabled: {} events were delivered to nobody so far", sum);
    }
  }
}
