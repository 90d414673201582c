package dev.camelsiem.edge.camel.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One budget of bytes for all that has begun to arrive and is not complete: half-sent frames and
 * bodies of all connections of a source, and what is complete and waits. Whoever is going to hold
 * more says so first, with the size that its buffer will really have.
 *
 * <p>When there is no room, the largest holder gives way, be it the one that asks or another: its
 * connection is closed, so that many who hold little are not stopped by few who hold much. A holder
 * on another thread needs a moment until it has let go; what is about to be let go may come to half
 * the budget, beyond that the one that asks gives way unless it wants little. Nobody gives way
 * where that would not be enough.
 *
 * <p>What is complete does not give way. So those of it that wait for their turn hold half the
 * budget at most, and those of one sender half of what others leave of that. Where it is full up
 * with complete ones, whoever wants little gets it out of the half that is beyond the budget.
 *
 * <p>So never more is held than one and a half times the budget and {@link #smallBytes} for each
 * connection. A change costs a short lock and the logarithm of the number of holders, and holding
 * nothing costs nothing. Thread-safe.
 */
public final class UnfinishedBudget {
  /** Gives way: lets go of its bytes soon, and calls {@link Holding#close} when it has. */
  @FunctionalInterface
  public interface Holder {
    /**
     * Called once, on the thread of whoever needed room, without any lock. Must not block; throws
     * nothing.
     *
     * @param bytes what it held or wanted to hold
     */
    void giveWay(long bytes);
  }

  private static final Comparator<Holding> BY_SIZE =
      Comparator.<Holding>comparingLong(holding -> holding.bytes)
          .thenComparingLong(holding -> holding.number);

  private static final int SMALL_PART = 1024;

  private final long limit;
  private final TreeSet<Holding> bySize = new TreeSet<>(BY_SIZE);
  private long unfinished; // all of bySize
  private final WaitingBytes waiting; // complete ones whose turn has not come
  private long numbers;
  private long held;
  private long leaving;
  private long mostHeld;
  private long gaveWay;

  /**
   * @param limit bytes for all holders together
   */
  public UnfinishedBudget(long limit) {
    if (limit < SMALL_PART) {
      throw new IllegalArgumentException("a budget of " + limit + " bytes; the least is 1024");
    }
    this.limit = limit;
    waiting = new WaitingBytes(mostWaitingBytes());
  }

  /** A holder that holds nothing yet, and is a sender of its own. */
  public Holding open(Holder holder) {
    return open(new Object(), holder);
  }

  /**
   * A holder that holds nothing yet.
   *
   * @param sender shares what may wait with all others that have an equal one
   */
  public synchronized Holding open(Object sender, Holder holder) {
    return new Holding(sender, holder, ++numbers);
  }

  /** All that is held now, what is about to be let go included. */
  public synchronized long heldBytes() {
    return held;
  }

  /** The most that was ever held at a time. */
  public synchronized long mostHeldBytes() {
    return mostHeld;
  }

  /** How many holders had to give way so far. */
  public synchronized long gaveWay() {
    return gaveWay;
  }

  public long limitBytes() {
    return limit;
  }

  /** Of all complete ones. */
  public long mostWaitingBytes() {
    return limit / 2;
  }

  /** A holder that wants no more than this may have it while others are about to let go. */
  public long smallBytes() {
    return limit / SMALL_PART;
  }

  /** What one connection holds. Used by its own thread only; what it counts is in the budget. */
  public final class Holding {
    private final Object sender;
    private final Holder holder;
    private final long number;
    private long bytes; // guarded by the budget, but written by the own thread only
    private boolean givesWay;
    private boolean complete;
    private boolean waits;

    private Holding(Object sender, Holder holder, long number) {
      this.sender = sender;
      this.holder = holder;
      this.number = number;
    }

    /**
     * Says how much will be held from now on, more or less than before. Less is always granted.
     *
     * @return false when this holder must not take more; unless it is complete it gives way, and
     *     its {@link Holder#giveWay} has been called, by this call or an earlier one
     */
    public boolean hold(long wanted) {
      if (wanted == bytes) {
        return true;
      }
      return change(this, wanted);
    }

    /**
     * All of it has come: from now on it waits for its {@link #turn} and does not give way.
     *
     * @return false when it has given way already or too much waits; nothing has changed then
     */
    public boolean complete() {
      synchronized (UnfinishedBudget.this) {
        if (givesWay || !mayWait(this)) {
          return false;
        }
        forget(this);
        complete = true;
        return await();
      }
    }

    /**
     * A complete one waits for its next {@link #turn}.
     *
     * @return false when too much waits: then nothing has changed
     */
    public boolean waitAgain() {
      synchronized (UnfinishedBudget.this) {
        return waits || mayWait(this) && await();
      }
    }

    private boolean await() {
      waits = true;
      waiting.add(sender, bytes);
      return true;
    }

    /**
     * It waits no longer. When it needs room for what is made of it, any of the others gives way.
     */
    public void turn() {
      synchronized (UnfinishedBudget.this) {
        if (waits) {
          waits = false;
          waiting.add(sender, -bytes);
        }
      }
    }

    /** Nothing is held any more. Harmless when repeated. */
    public void close() {
      hold(0);
    }
  }

  private record Leaver(Holder holder, long bytes) {}

  private boolean change(Holding asking, long wanted) {
    List<Leaver> toGiveWay = List.of();
    boolean granted = true;
    synchronized (this) {
      if (wanted > asking.bytes) {
        if (asking.givesWay) {
          return false;
        }
        toGiveWay = new ArrayList<>(0);
        granted = makeRoom(asking, wanted, toGiveWay);
      }
      if (granted) {
        resize(asking, wanted);
      }
    }
    for (Leaver each : toGiveWay) {
      each.holder.giveWay(each.bytes);
    }
    return granted;
  }

  private boolean mayWait(Holding one) {
    return one.bytes <= smallBytes() || waiting.isRoom(one.sender, one.bytes);
  }

  /**
   * False when there is no room.
   *
   * @param toGiveWay gets those that give way, the asking one perhaps among them; others keep their
   *     bytes till they go
   */
  private boolean makeRoom(Holding asking, long wanted, List<Leaver> toGiveWay) {
    long more = wanted - asking.bytes;
    boolean isSmall = wanted <= smallBytes();
    boolean isBeyond = held + more > limit + limit / 2;
    List<Holding> enough = enough(asking, wanted, held - leaving + more - limit);
    if (enough == null) {
      return isSmall && !isBeyond || refuse(asking, wanted, toGiveWay);
    }
    enough.forEach(each -> leave(each, each.bytes, toGiveWay));
    return !isBeyond || isSmall || refuse(asking, wanted, toGiveWay);
  }

  /** The largest that hold so much together; null when those that may be sent away don't. */
  private @Nullable List<Holding> enough(Holding asking, long wanted, long missing) {
    if (missing <= 0) {
      return List.of();
    }
    long own = bySize.contains(asking) ? asking.bytes : 0;
    if (unfinished - own < missing) {
      return null;
    }
    List<Holding> enough = new ArrayList<>();
    long sum = 0;
    for (Holding each : bySize.descendingSet()) {
      if (sum >= missing || (!asking.complete && each != asking && each.bytes <= wanted)) {
        break;
      }
      if (each != asking) {
        enough.add(each);
        sum += each.bytes;
      }
    }
    return sum >= missing ? enough : null;
  }

  private boolean refuse(Holding asking, long wanted, List<Leaver> toGiveWay) {
    if (!asking.complete) {
      leave(asking, wanted, toGiveWay);
    }
    return false;
  }

  /** It is none of those that may be sent away. */
  private void forget(Holding holding) {
    if (bySize.remove(holding)) {
      unfinished -= holding.bytes;
    }
  }

  private void leave(Holding holding, long wanted, List<Leaver> toGiveWay) {
    forget(holding);
    holding.givesWay = true;
    leaving += holding.bytes;
    gaveWay++;
    toGiveWay.add(new Leaver(holding.holder, wanted));
  }

  private void resize(Holding holding, long wanted) {
    held += wanted - holding.bytes;
    mostHeld = Math.max(mostHeld, held);
    if (holding.givesWay) {
      leaving += wanted - holding.bytes;
      holding.bytes = wanted;
      return;
    }
    forget(holding);
    if (holding.waits) {
      waiting.add(holding.sender, wanted - holding.bytes);
    }
    holding.bytes = wanted;
    if (wanted > 0 && !holding.complete) {
      bySize.add(holding);
      unfinished += wanted;
    }
  }
}
