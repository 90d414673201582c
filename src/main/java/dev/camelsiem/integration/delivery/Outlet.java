package dev.camelsiem.integration.delivery;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.Integration;
import dev.camelsiem.integration.delivery.SentWindow.Sent;
import dev.camelsiem.integration.spool.Spool;
import dev.camelsiem.supervise.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to one integration, in order, whatever the others do.
 *
 * <p>While the SIEM takes what it gets, batches go through a bounded queue to a sender thread. When
 * it does not take a batch within {@link #PATIENCE}, when the queue is full, when the connection
 * breaks, or when it alone holds the others up, the outlet is in <em>outage</em>: what was sent
 * last, the queue and all that follows go to the spool, and the spool is sent in order until it is
 * empty. Thread-safe; one lock guards all, and is never held while the wire is waited for.
 */
public final class Outlet {
  /** How long a batch may wait before it goes to disk. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long an old address may go on draining after a change. */
  static final Duration DRAIN = Duration.ofSeconds(5);

  private static final Backoff ATTEMPTS =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60));
  private static final int QUEUE_EVENTS = 10_000;
  private static final int RESEND_BYTES = 4 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

  /** A connection that lived shorter does not count as a success. */
  private static final long STABLE = Duration.ofSeconds(10).toNanos();

  /** Share of time for which one outlet may keep the others waiting. */
  private static final int TOLERATED_SHARE = 4;

  private final Transport.Factory transports;
  private final Spool spool;
  private final Thread sender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<Parcel> queue = new ArrayDeque<>();
  private final SentWindow window = new SentWindow();
  private final OutletCounters counters = new OutletCounters();

  private Integration integration;
  private @Nullable Transport transport;
  private @Nullable TransportListener listener;
  private @Nullable Redirect redirect;
  private Spool.@Nullable Read pending;
  private boolean outage;
  private boolean stopping;
  private boolean abandoned;
  private long queuedEvents;
  private int failures;
  private long retryAt = System.nanoTime();
  private boolean sending;
  private long outageSince;
  private long blamed;
  private long blamedAt = System.nanoTime();

  /** A change of address that waits until the old one has what was meant for it. */
  private record Redirect(@Nullable Parcel last, long deadline) {}

  /** What the sender does next: a batch of the queue or of the spool. */
  private record Task(EncodedBatch batch, @Nullable Parcel parcel, Spool.@Nullable Read read) {}

  /**
   * Starts delivering. What the spool holds from an earlier process is sent first.
   *
   * @param spool closed by {@link #stop}
   */
  public Outlet(Integration integration, Transport.Factory transports, Spool spool) {
    this.integration = integration;
    this.transports = transports;
    this.spool = spool;
    if (!spool.isEmpty()) {
      outage = true;
      outageSince = System.nanoTime();
      LOG.info("{}: {} events wait in the spool and are sent first", name(), spool.events());
    }
    sender = new Thread(this::run, "siem-sender-" + integration.id());
    sender.setDaemon(true);
    sender.start();
  }

  /**
   * Takes a batch over. Never waits for the SIEM; in an outage it waits for the disk.
   *
   * @param delivery hears when the batch is delivered, spooled or refused
   */
  public void offer(EncodedBatch batch, Delivery delivery) {
    lock.lock();
    try {
      counters.accepted += batch.size();
      Parcel parcel = new Parcel(batch, delivery);
      boolean full = !queue.isEmpty() && queuedEvents + batch.size() > QUEUE_EVENTS;
      if (!outage && full) {
        enterOutage("its queue is full");
      }
      if (outage) {
        keep(List.of(parcel));
      } else {
        queue.add(parcel);
        queuedEvents += batch.size();
      }
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Counts events that the integration does not want. */
  public void filtered(int events) {
    counters.filtered.add(events);
  }

  /** Looks at the clock: called about ten times a second by whoever owns the outlets. */
  public void tick() {
    lock.lock();
    try {
      long now = System.nanoTime();
      Parcel oldest = queue.peek();
      if (!outage && oldest != null && now - oldest.queuedAt > PATIENCE.toNanos()) {
        enterOutage("it did not take a batch within " + PATIENCE.toSeconds() + " s");
      }
      if (redirect != null && now - redirect.deadline() > 0) {
        closeTransport(); // frees a send that is stuck; the sender then turns to the new address
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes new settings; a new address applies once the old one has drained. */
  public void update(Integration changed) {
    lock.lock();
    try {
      boolean moved = !changed.destination().equals(integration.destination());
      integration = changed;
      spool.maxBytes(changed.delivery().quotaBytes());
      if (moved) {
        LOG.info("{}: moves to {}", name(), changed.destination());
        redirect = new Redirect(queue.peekLast(), System.nanoTime() + DRAIN.toNanos());
        work.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what it can within a time, keeps the rest in the spool and ends. Nothing may be offered
   * any more.
   */
  public void stop(Duration within) throws InterruptedException {
    lock.lock();
    try {
      stopping = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
    sender.join(Math.max(1, within.toMillis()));
    boolean stuck = abandon();
    sender.join(TimeUnit.SECONDS.toMillis(10));
    closeSpool(stuck);
  }

  /** Ends the sender; true when it was stuck in a send. */
  private boolean abandon() {
    lock.lock();
    try {
      noticeBreak(System.nanoTime());
      abandoned = true;
      if (!queue.isEmpty()) {
        enterOutage("it did not take everything before the stop");
      }
      boolean stuck = sending;
      closeTransport();
      work.signalAll();
      return stuck;
    } finally {
      lock.unlock();
    }
  }

  /** How it does right now. */
  public OutletStatus status() {
    lock.lock();
    try {
      return new OutletStatus(
          integration.name(),
          integration.destination().toString(),
          outage,
          queuedEvents,
          spool.events(),
          spool.bytes(),
          counters.accepted,
          counters.filtered.sum(),
          counters.sent,
          counters.sentBytes,
          counters.spooled,
          counters.resent,
          counters.dropped(),
          Math.max(0, counters.connections.get() - 1),
          counters.lastError,
          counters.lastSuccess);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      Task task = next();
      while (task != null) {
        try {
          wire().send(task.batch());
          sent(task);
        } catch (IOException | RuntimeException e) {
          failed(e);
        }
        task = next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      LOG.error("{}: the sender ended; what follows goes to the spool", name(), e);
      throw e;
    }
  }

  /** Waits for something to send; null at the end. */
  private @Nullable Task next() throws InterruptedException {
    lock.lock();
    try {
      while (!abandoned && !(stopping && (outage || queue.isEmpty()))) {
        long now = System.nanoTime();
        noticeBreak(now);
        turnToNewAddress(now);
        if (retryAt - now > 0) {
          work.awaitNanos(retryAt - now);
          continue;
        }
        Task task = outage ? fromSpool() : null;
        if (task == null && !queue.isEmpty()) {
          task = new Task(queue.getFirst().batch, queue.getFirst(), null);
        }
        if (task != null) {
          return task;
        }
        release(now);
        work.awaitNanos(TimeUnit.SECONDS.toNanos(1));
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** The next record of the spool; null ends the outage. */
  private @Nullable Task fromSpool() {
    try {
      pending = pending != null ? pending : spool.next();
    } catch (IOException e) {
      failures++;
      retryAt = System.nanoTime() + ATTEMPTS.delay(failures);
      error("the spool cannot be read: " + e.getMessage());
      return null;
    }
    if (pending != null) {
      return new Task(pending.batch(), null, pending);
    }
    outage = false;
    LOG.info(
        "{}: has caught up after {} s",
        name(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - outageSince));
    return null;
  }

  private void sent(Task task) throws IOException {
    long waited = 0;
    lock.lock();
    try {
      long now = System.nanoTime();
      counters.sent += task.batch().size();
      counters.sentBytes += task.batch().totalBytes();
      counters.lastSuccess = System.currentTimeMillis();
      sending = false;
      if (isStable(now)) {
        failures = 0;
      }
      Parcel parcel = task.parcel();
      if (parcel == null) {
        remember(task.batch(), task.read());
        pending = null;
      } else if (parcel.spooled) {
        remember(task.batch(), spool.next()); // it is the first record that nobody has read
      } else if (queue.peek() == parcel) {
        queue.removeFirst();
        queuedEvents -= parcel.batch.size();
        remember(task.batch(), null);
        waited = parcel.delivery.done();
      }
      release(now);
      blame(now, waited);
    } finally {
      lock.unlock();
    }
  }

  private void remember(EncodedBatch batch, Spool.@Nullable Read read) {
    EncodedBatch kept = read == null ? batch : null;
    window.add(new Sent(kept, read == null ? null : read.end(), batch.size(), batch.totalBytes()));
  }

  /** Goes to disk when, for over a quarter of the time, everybody else waits for this one. */
  private void blame(long now, long waited) {
    blamed = Math.max(0, blamed - (now - blamedAt) / TOLERATED_SHARE) + waited;
    blamedAt = now;
    if (!outage && blamed > PATIENCE.toNanos() / TOLERATED_SHARE) {
      blamed = 0;
      enterOutage("it is slower than the others");
    }
  }

  private void failed(Exception e) {
    lock.lock();
    try {
      sending = false;
      if (abandoned) {
        return;
      }
      if (e instanceof RuntimeException && failures == 0) {
        LOG.error("{}: a defect in the transport", name(), e);
      }
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      broken(System.nanoTime(), why);
    } finally {
      lock.unlock();
    }
  }

  /** A connection that ended between two sends. */
  private void noticeBreak(long now) {
    TransportListener heard = listener;
    if (heard == null || heard.brokenBy == null) {
      return;
    }
    String why = heard.brokenBy;
    heard.brokenBy = null;
    if (!heard.connected) { // the failed write has said it already, with a poorer reason
      counters.lastError = why;
      return;
    }
    if (heard.orderly && !window.isRecent(now)) {
      window.clear(this::confirm); // an idle connection that the peer closed: all was read
    } else {
      broken(now, why);
    }
  }

  /** Sends again, from disk, what may not have been read; waits before the next attempt. */
  private void broken(long now, String why) {
    failures = isStable(now) ? 1 : failures + 1;
    if (listener != null) {
      listener.connected = false;
    }
    retryAt = now + ATTEMPTS.delay(failures);
    error(why);
    if (window.isEmpty()) {
      return;
    }
    if (!outage) {
      enterOutage("the connection broke: " + why);
    }
    int events = window.events();
    window.clear(entry -> {});
    spool.rewind();
    pending = null;
    counters.resent += events;
    LOG.info("{}: {} events that were sent last are sent again", name(), events);
  }

  private boolean isStable(long now) {
    return listener != null && listener.isStable(now);
  }

  /** Tells of the first failure and then at every doubling. */
  private void error(String why) {
    counters.lastError = why;
    if (Integer.bitCount(failures) == 1) {
      LOG.warn("{}: attempt {} failed: {}", integration, failures, why);
    }
  }

  /** Moves what was sent last and the queue to the spool; the spool holds nothing unread before. */
  private void enterOutage(String why) {
    LOG.warn("{}: {}; events go to the spool until it catches up", integration, why);
    outage = true;
    outageSince = System.nanoTime();
    keepWindow();
    List<Parcel> parcels = new ArrayList<>(queue);
    queue.clear();
    queuedEvents = 0;
    keep(parcels);
  }

  /** Gives what was sent last a place on disk, read already. */
  private void keepWindow() {
    List<Sent> live = window.live();
    List<EncodedBatch> batches = new ArrayList<>();
    live.forEach(
        entry -> {
          if (entry.batch != null) {
            batches.add(entry.batch);
          }
        });
    try {
      int kept = spool.append(batches);
      for (Sent entry : live.subList(0, kept)) {
        Spool.Read read = spool.next();
        entry.end = read == null ? null : read.end();
      }
    } catch (IOException e) {
      error("what was sent last could not be kept: " + e.getMessage());
    }
    live.forEach(entry -> entry.batch = null);
  }

  private void keep(List<Parcel> parcels) {
    int kept = 0;
    String cause = "spool full";
    String why = "the spool of " + name() + " is full";
    try {
      kept = spool.append(parcels.stream().map(parcel -> parcel.batch).toList());
    } catch (IOException e) {
      cause = "spool unwritable";
      why = "the spool of " + name() + " cannot be written: " + e.getMessage();
      counters.lastError = why;
    }
    for (int i = 0; i < parcels.size(); i++) {
      Parcel parcel = parcels.get(i);
      if (i < kept) {
        parcel.spooled = true;
        counters.spooled += parcel.batch.size();
        parcel.delivery.done();
      } else {
        counters.dropped(cause, parcel.batch.size());
        parcel.delivery.refuse(integration.name(), parcel.batch, why);
      }
    }
    if (kept < parcels.size()) {
      LOG.error("{}: {}; {} batches refused", name(), why, parcels.size() - kept);
    }
  }

  /** Lets go of what the peer has surely read. */
  private void release(long now) {
    Destination destination = integration.destination();
    int resend = destination.protocol() == Protocol.UDP ? 0 : RESEND_BYTES;
    if (resend == 0) {
      window.clear(this::confirm);
    } else {
      window.evict(now, resend, this::confirm);
    }
  }

  private void confirm(Sent entry) {
    if (entry.end == null) {
      return;
    }
    try {
      spool.confirm(entry.end, entry.events);
    } catch (IOException e) {
      error("the spool's place could not be saved: " + e.getMessage());
    }
  }

  private void turnToNewAddress(long now) {
    Redirect change = redirect;
    if (change == null) {
      return;
    }
    boolean drained = outage || change.last() == null || !queue.contains(change.last());
    if (drained || now - change.deadline() > 0) {
      closeTransport();
      window.clear(this::confirm); // we closed the old connection, in good order
      redirect = null;
      failures = 0;
      retryAt = now;
    }
  }

  /** The way to the SIEM, opened anew after a change. */
  private Transport wire() {
    lock.lock();
    try {
      sending = true;
      if (transport == null) {
        TransportListener fresh = new TransportListener();
        listener = fresh;
        transport = transports.open(integration.destination(), fresh);
      }
      return transport;
    } finally {
      lock.unlock();
    }
  }

  private void closeTransport() {
    if (transport != null) {
      listener = null; // the end of this connection is no news
      transport.close();
      transport = null;
    }
  }

  /** A peer that did not read on gets what was sent last once more, at the next start. */
  private void closeSpool(boolean stuck) {
    lock.lock();
    try {
      if (!stuck) {
        window.clear(this::confirm);
      }
      spool.close();
    } catch (IOException e) {
      LOG.warn("{}: the spool was not closed in order: {}", name(), e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private String name() {
    return '"' + integration.name() + '"';
  }

  /**
   * Carries news from the transport's threads. Takes no lock: whoever closes a transport holds it
   * and waits for these threads.
   */
  private final class TransportListener implements Transport.Listener {
    volatile boolean connected;
    volatile long connectedAt;
    volatile boolean orderly;
    volatile @Nullable String brokenBy;

    @Override
    public void connected() {
      connectedAt = System.nanoTime();
      connected = true;
      counters.connections.incrementAndGet();
    }

    @Override
    public void disconnected(boolean byPeer, String why) {
      orderly = byPeer;
      brokenBy = why;
      if (lock.tryLock()) { // else the sender is awake, or looks within a second
        try {
          work.signalAll();
        } finally {
          lock.unlock();
        }
      }
    }

    @Override
    public void lost(int events, String why) {
      counters.dropped(why, events);
      counters.lastError = why;
    }

    /** Whether the connection has lived long enough to count as a success. */
    boolean isStable(long now) {
      return connected && now - connectedAt > STABLE;
    }
  }
}
