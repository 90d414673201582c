package dev.camelsiem.delivery;

import dev.camelsiem.supervise.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what waits for one integration to its SIEM, in order: reads the backlog, fills windows,
 * commits what the SIEM has shown to have. After a break it waits and sends again from the last
 * committed place. {@link SenderMonitor} owns the states. One thread runs {@link #run}; everything
 * else may come from any thread.
 */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final long SETTLE = TimeUnit.SECONDS.toNanos(Transport.SETTLE_AFTER_SECONDS);
  private static final long LONGEST_NAP = TimeUnit.MILLISECONDS.toNanos(250);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60));

  /** Opening a connection costs the SIEM nothing, so it is tried often. */
  private static final Duration LONGEST_BETWEEN_CONNECTS = Duration.ofSeconds(5);

  private final Backlog backlog;
  private final SenderMonitor monitor;
  private final LaneCounters counters;
  private final Transport.Factory transports;
  private final Semaphore wakeUps = new Semaphore(0);
  private final InFlight inFlight;

  private volatile LaneSettings settings;
  private volatile @Nullable Transport transport;
  private volatile Order order = Order.DELIVER;
  private volatile boolean anew;
  private volatile boolean retry;
  private long mark;
  private long lastConfirm = System.nanoTime();

  /** What the sender is told to do. */
  private enum Order {
    DELIVER,
    /** Deliver what waits, as long as all goes well, and end. */
    DRAIN,
    /** Finish what is in flight, and end. */
    FINISH,
    /** End now. */
    ABANDON
  }

  Sender(
      LaneSettings settings,
      Backlog backlog,
      SenderMonitor monitor,
      LaneCounters counters,
      Transport.Factory transports) {
    this.settings = settings;
    this.backlog = backlog;
    this.monitor = monitor;
    this.counters = counters;
    this.inFlight = new InFlight(counters);
    this.transports = transports;
  }

  /** Delivers until it is told to end. */
  void run() throws InterruptedException {
    try {
      backlog.rewind(); // where an earlier run that died has left off
      inFlight.giveBack();
      while (!isDone()) {
        try {
          step();
        } catch (IOException | RuntimeException e) {
          broken(e);
        }
      }
    } finally {
      closeTransport();
      monitor.state(SenderState.STOPPED);
    }
  }

  /** Takes new settings; a new destination once what is in flight is through. */
  void update(LaneSettings changed, boolean moved) {
    settings = changed;
    if (moved) {
      anew = true;
    }
    wakeUps.release();
  }

  /** Goes to a new destination now, whatever is in flight: it is sent there again. */
  void hurry() {
    if (anew) {
      closeTransport();
    }
  }

  /** Ends an outage's waiting time. */
  void retryNow() {
    retry = true;
    wakeUps.release();
  }

  /**
   * Tells the sender to end in good order.
   *
   * @param drain whether to deliver the backlog as long as all goes well, not only what is in
   *     flight
   */
  void finish(boolean drain) {
    order = drain ? Order.DRAIN : Order.FINISH;
    wakeUps.release();
  }

  /** Ends it now; what is in flight is sent again after the next start. */
  void abandon() {
    order = Order.ABANDON;
    closeTransport();
    wakeUps.release();
  }

  private boolean isDone() {
    return order == Order.ABANDON
        || order == Order.FINISH && inFlight.isEmpty()
        || order == Order.DRAIN && inFlight.isEmpty() && backlog.events() == 0;
  }

  /** Reads one parcel and sends it, or confirms what was sent. */
  private void step() throws IOException, InterruptedException {
    if (inFlight.isEmpty() ? anew : transport == null) { // moved, or closed under its hands
      turn();
    }
    boolean reads = order != Order.FINISH && !anew;
    Parcel parcel = reads ? backlog.next(nap()) : null;
    counters.damaged(backlog.newlyDamaged());
    if (parcel != null) {
      send(parcel);
    } else if (reads && inFlight.isEmpty()) {
      backlog.passDamage();
    }
    long now = System.nanoTime();
    Transport open = transport;
    if (open == null || inFlight.isEmpty()) {
      return;
    }
    boolean nothingMore = parcel == null && !(reads && order == Order.DELIVER);
    boolean window = hasWindow(open, now);
    if (open.isDue() || nothingMore && window) {
      committed(open.confirm());
      lastConfirm = System.nanoTime();
    } else if (parcel == null && !window) {
      settle(open, now, reads && order == Order.DELIVER);
    }
  }

  /** To the new destination; what the old one has not confirmed is sent again. */
  private void turn() {
    inFlight.giveBack();
    backlog.rewind();
    closeTransport();
    anew = false;
  }

  /** Confirms what was held back, when it is due. Who has napped was waiting for it already. */
  private void settle(Transport open, long now, boolean napped)
      throws IOException, InterruptedException {
    long left = lastConfirm + SETTLE - now;
    if (left > 0) {
      if (!napped) {
        pause(Math.min(left, LONGEST_NAP));
      }
      return;
    }
    int before = inFlight.size();
    committed(open.settle());
    lastConfirm = System.nanoTime();
    if (order != Order.DELIVER && inFlight.size() == before) {
      order = Order.ABANDON; // it confirms nothing: sent again after the next start
    }
  }

  private void send(Parcel parcel) throws IOException, InterruptedException {
    if (parcel.lines().isEmpty()) {
      boolean alone = inFlight.isEmpty();
      inFlight.addEmpty(parcel.sent(mark)); // goes with what was sent before it
      if (alone) {
        committed(mark);
      }
      return;
    }
    Transport open = transport;
    if (open == null && !inFlight.isEmpty()) {
      turn(); // it was closed just now; a new one knows nothing of what is in flight
      return;
    }
    if (open == null) {
      monitor.attempt();
      open = transports.open(settings.integration(), monitor);
      monitor.opened(open.isConfirmed());
      transport = open;
    }
    mark++;
    long before = counters.sent.sum();
    try {
      open.send(parcel.lines(), mark);
    } catch (IOException | RuntimeException e) {
      inFlight.owe(counters.sent.sum() - before);
      throw e;
    }
    inFlight.add(parcel.sent(mark)); // not before: what never left is not sent again
  }

  /** Forgets what the SIEM has, and all before it. */
  private void committed(long upTo) {
    if (inFlight.commit(upTo) > 0) {
      monitor.confirmed();
      backlog.note();
    }
    if (inFlight.isEmpty()) {
      monitor.state(SenderState.IDLE);
    }
  }

  /** How long to wait for a parcel: until the window or what was held back is due. */
  private Duration nap() {
    Transport open = transport;
    long now = System.nanoTime();
    long until = LONGEST_NAP;
    if (order != Order.DELIVER) {
      until = 0;
    } else if (open != null && !inFlight.isEmpty()) {
      until = (hasWindow(open, now) ? open.dueAt() : lastConfirm + SETTLE) - now;
    }
    return Duration.ofNanos(Math.max(0, Math.min(LONGEST_NAP, until)));
  }

  /** Whether something was sent that {@link Transport#confirm} has not been called for. */
  private static boolean hasWindow(Transport open, long now) {
    return open.dueAt() - now < TimeUnit.DAYS.toNanos(1);
  }

  private void broken(Exception e) throws InterruptedException {
    inFlight.giveBack();
    if (order == Order.ABANDON) {
      return; // the backlog may have another sender by now
    }
    backlog.rewind();
    lastConfirm = System.nanoTime();
    if (anew) {
      closeTransport();
      return; // we closed it ourselves
    }
    if (e instanceof RuntimeException) {
      LOG.error("\"{}\": a defect in delivery", settings.integration().name(), e);
    }
    boolean connected = monitor.hasConnected();
    monitor.failed(e.getMessage() == null ? e.toString() : e.getMessage());
    if (order != Order.DELIVER) {
      order = Order.ABANDON; // the rest is sent after the next start
      return;
    }
    monitor.attempt();
    long delay = BACKOFF.delay(monitor.failures());
    await(connected ? delay : Math.min(delay, LONGEST_BETWEEN_CONNECTS.toNanos()));
  }

  /** Waits before the next attempt; a change or an order ends it. */
  private void await(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    retry = false;
    long left = nanos;
    while (left > 0 && order == Order.DELIVER && !anew && !retry) {
      pause(left);
      left = until - System.nanoTime();
    }
  }

  /** Sleeps, at most so long; a wake-up that came before ends it at once. */
  private void pause(long nanos) throws InterruptedException {
    if (wakeUps.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      wakeUps.drainPermits();
    }
  }

  private void closeTransport() {
    Transport open = transport;
    transport = null;
    if (open != null) {
      open.close();
    }
  }
}
