package dev.camelsiem.edge.camel.intake;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits a bounded number of connections or requests, in all and from one address, as {@link
 * Senders} tells them apart. When an address has one too many, the one of it that has got nothing
 * done for longest gives way; when all have, that of the address with the most idle ones: whoever
 * only occupies places keeps nobody out. An address that has far more places than the asking one
 * and than that with the most idle ones gives up one even when it is busy, if it has had it for a
 * second: noise keeps nobody out either. One that is younger or worked on does not give way; if all
 * are, the new one is refused. Thread-safe.
 */
public final class Slots {
  private static final long LEAST_AGE = TimeUnit.SECONDS.toNanos(1);

  /** So many times the places of another are far more. */
  private static final int FAR_MORE = 4;

  private final ConnectionLimiter limiter;
  private final LongSupplier nanoTime;
  private final Map<InetAddress, LinkedHashSet<Slot>> byAddress = new LinkedHashMap<>();
  private long gaveWay;
  private int taken;

  public Slots(ConnectionLimiter limiter) {
    this(limiter, System::nanoTime);
  }

  Slots(ConnectionLimiter limiter, LongSupplier nanoTime) {
    this.limiter = limiter;
    this.nanoTime = nanoTime;
  }

  /**
   * A place for one more, or null when there is none.
   *
   * @param leave tells its owner that it has lost its place; it is called once at most, on the
   *     thread of whoever needs the place
   */
  public @Nullable Slot admit(InetAddress from, Runnable leave) {
    InetAddress address = Senders.of(from);
    @Nullable Slot gone = null;
    Slot admitted;
    synchronized (this) {
      boolean room = limiter.admit(address);
      if (!room) {
        boolean own = limiter.isFullFor(address);
        gone = own ? evictOldest(byAddress.get(address)) : evictForAnother(address);
        room = gone != null && limiter.admit(address);
      }
      admitted = room ? new Slot(address, leave, nanoTime.getAsLong()) : null;
      if (admitted != null) {
        taken++;
        enqueue(admitted);
      }
    }
    leave(gone);
    return admitted;
  }

  /** Places that are taken now. */
  public synchronized int taken() {
    return taken;
  }

  /** How many have lost their place so far. */
  public synchronized long gaveWay() {
    return gaveWay;
  }

  private static void leave(@Nullable Slot slot) {
    if (slot != null) {
      slot.leave.run();
    }
  }

  private @Nullable Slot evictOldest(@Nullable Set<Slot> slots) {
    return slots == null || !isOld(slots) ? null : evict(slots.iterator().next());
  }

  /** An idle one, but not of an address that has far less than another: that is the cause. */
  private @Nullable Slot evictForAnother(InetAddress asking) {
    @Nullable Set<Slot> idle = ofMostIdle();
    int few = Math.max(limiter.count(asking) + 1, idle == null ? 0 : idle.size());
    @Nullable Slot ofMany = ofFarMoreThan(few);
    return ofMany == null ? evictOldest(idle) : evict(ofMany);
  }

  /** The idlest of the address with the most places; null when those are not far more. */
  private @Nullable Slot ofFarMoreThan(int few) {
    int least = Math.max(FAR_MORE * few, limiter.mostPerAddress() / FAR_MORE);
    @Nullable Set<Slot> most = null;
    for (LinkedHashSet<Slot> each : byAddress.values()) {
      if (each.size() >= least && (most == null || each.size() > most.size())) {
        most = each;
      }
    }
    Slot idlest = most == null ? null : most.iterator().next();
    boolean isOld = idlest != null && nanoTime.getAsLong() - idlest.admitted >= LEAST_AGE;
    return isOld ? idlest : null;
  }

  private Slot evict(Slot slot) {
    gaveWay++;
    release(slot);
    return slot;
  }

  private boolean isOld(Set<Slot> slots) {
    return nanoTime.getAsLong() - slots.iterator().next().since >= LEAST_AGE;
  }

  /** Of the address with the most, among several that with the oldest; null when all are young. */
  private @Nullable Set<Slot> ofMostIdle() {
    @Nullable Set<Slot> most = null;
    for (LinkedHashSet<Slot> each : byAddress.values()) {
      if (isOld(each) && (most == null || comesBefore(each, most))) {
        most = each;
      }
    }
    return most;
  }

  private static boolean comesBefore(Set<Slot> one, Set<Slot> other) {
    return one.size() > other.size()
        || one.size() == other.size()
            && one.iterator().next().since - other.iterator().next().since < 0;
  }

  private void enqueue(Slot slot) {
    byAddress.computeIfAbsent(slot.address, key -> new LinkedHashSet<>()).add(slot);
  }

  private void dequeue(Slot slot) {
    LinkedHashSet<Slot> same = byAddress.get(slot.address);
    if (same != null && same.remove(slot) && same.isEmpty()) {
      byAddress.remove(slot.address);
    }
  }

  private void release(Slot slot) {
    if (!slot.released) {
      slot.released = true;
      taken--;
      dequeue(slot);
      limiter.release(slot.address);
    }
  }

  /** One place. */
  public final class Slot implements AutoCloseable {
    private final InetAddress address;
    private final Runnable leave;
    private final long admitted;
    private long since;
    private int works;
    private boolean released;

    private Slot(InetAddress address, Runnable leave, long since) {
      this.address = address;
      this.leave = leave;
      this.admitted = since;
      this.since = since;
    }

    /** The address that it is counted with. */
    public InetAddress sender() {
      return address;
    }

    /** It has got something done: its time begins anew. */
    public void touch() {
      synchronized (Slots.this) {
        since = nanoTime.getAsLong();
        if (!released && works == 0) {
          dequeue(this);
          enqueue(this);
        }
      }
    }

    /** Something of it is worked on: it does not give way until {@link #done}. */
    public void work() {
      synchronized (Slots.this) {
        works++;
        dequeue(this);
      }
    }

    /** Ends one {@link #work}. */
    public void done() {
      synchronized (Slots.this) {
        works--;
        touch();
      }
    }

    /** Gives the place back. May be called again. */
    @Override
    public void close() {
      synchronized (Slots.this) {
        release(this);
      }
    }
  }
}
