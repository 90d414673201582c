package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of one body while they arrive. Memory is reserved before it is taken, by what really
 * came; when the budget wants it back, it is given back at once.
 *
 * <p>{@link #add} is for the network thread alone; once the body is whole it belongs to one worker.
 */
final class RequestBody implements AutoCloseable {
  private static final int LEAST_STEP = 512;
  private static final int LARGEST_STEP = 256 * 1024;

  private final UnfinishedBudget.Holding holding;
  private final long limit;
  private final long mostWaiting;
  private final Runnable gone;
  private final List<byte[]> segments = new ArrayList<>();
  private byte[] last = new byte[0];
  private int filled;
  private int size;
  private long held;
  private boolean closed;

  /**
   * @param sender shares what may wait with all others that are its equals
   * @param gone is told, once and on any thread, that this body had to give way
   */
  RequestBody(UnfinishedBudget budget, Object sender, Runnable gone) {
    this.gone = gone;
    limit = budget.limitBytes();
    mostWaiting = budget.mostWaitingBytes();
    holding = budget.open(sender, bytes -> giveWay());
  }

  private void giveWay() {
    close();
    gone.run();
  }

  private synchronized boolean keep(byte[] segment) {
    if (!closed) {
      segments.add(segment);
    }
    return !closed;
  }

  int size() {
    return size;
  }

  /** Keeps what has come; false when there is no room for it: then it has given way. */
  boolean add(ByteBuf content) {
    while (content.isReadable()) {
      if (filled == last.length && !grow(content.readableBytes())) {
        return false;
      }
      int count = Math.min(content.readableBytes(), last.length - filled);
      content.readBytes(last, filled, count);
      filled += count;
      size += count;
    }
    return true;
  }

  /** In steps that grow with what has come. */
  private boolean grow(int wanted) {
    int step = Math.max(Math.max(LEAST_STEP, wanted), Math.min(size, LARGEST_STEP));
    if (!holding.hold(held + step)) {
      return false;
    }
    held += step;
    last = new byte[step];
    filled = 0;
    return keep(last);
  }

  /**
   * All of it has come.
   *
   * @throws HttpRefusal when it had to give way before, or too much waits already
   */
  void complete(String retryAfter) throws HttpRefusal {
    if (held > mostWaiting) {
      shrink();
    }
    if (!holding.complete()) {
      throw cannotWait(retryAfter);
    }
  }

  /** The last step may have been longer than what came. */
  private void shrink() {
    int spare = last.length - filled;
    synchronized (this) {
      if (closed || spare == 0) {
        return;
      }
      last = Arrays.copyOf(last, filled);
      segments.set(segments.size() - 1, last);
    }
    giveBack(spare);
  }

  /** Why it can't: one that never may is not asked to come again. */
  HttpRefusal cannotWait(String retryAfter) {
    return held > mostWaiting ? tooMuch(mostWaiting) : HttpRefusal.unavailable(retryAfter);
  }

  private static HttpRefusal tooMuch(long most) {
    return new HttpRefusal(
        413, "the body needs over %d bytes of memory: send fewer events at a time".formatted(most));
  }

  /** A worker has it no longer, and another will; false when too much waits for that. */
  boolean waitAgain() {
    return holding.waitAgain();
  }

  /** A worker has it. */
  void turn() {
    holding.turn();
  }

  /**
   * All of it in one array, which may be longer than {@link #size}; the body keeps nothing. Called
   * once.
   *
   * @throws HttpRefusal when there is no room for that
   */
  byte[] takeBytes(String retryAfter) throws HttpRefusal {
    List<byte[]> all;
    synchronized (this) {
      all = List.copyOf(segments);
      segments.clear();
    }
    last = new byte[0];
    if (all.size() == 1) {
      return all.get(0);
    }
    reserve(size, retryAfter);
    byte[] bytes = new byte[size];
    int at = 0;
    for (byte[] segment : all) {
      int count = Math.min(segment.length, size - at);
      System.arraycopy(segment, 0, bytes, at, count);
      at += count;
    }
    giveBack(held - size);
    return bytes;
  }

  /**
   * Reserves room for what is made of a whole body.
   *
   * @throws HttpRefusal when there is none; one that says so when there never is
   */
  void reserve(long bytes, String retryAfter) throws HttpRefusal {
    if (held + bytes > limit) {
      throw tooMuch(limit);
    }
    if (!holding.hold(held + bytes)) {
      throw HttpRefusal.unavailable(retryAfter);
    }
    held += bytes;
  }

  /** So much of it is not kept any more. */
  void giveBack(long bytes) {
    held -= bytes;
    boolean unused = holding.hold(held); // less is always granted
  }

  /** Gives everything back. May be called again, on any thread. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      segments.clear();
    }
    holding.close();
  }
}
