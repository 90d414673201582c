package dev.camelsiem.delivery.wire;

import org.jspecify.annotations.Nullable;

/**
 * How a connection came to its end that nobody here ended. A peer that closes in good order is
 * judged only after a while: a reset behind its end says that it has left something unread.
 * Thread-safe.
 */
final class PeerEnd {
  private @Nullable Ending listens;
  private boolean judging;
  private boolean over;
  private boolean inOrder;
  private long at;
  private String why = "";

  /** The peer's end came; {@link #judge} follows. */
  synchronized void came() {
    judging = !over;
    at = System.nanoTime();
  }

  /** It is over; what was judged first counts. */
  void judge(boolean orderly, String reason) {
    Ending tell;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      inOrder = judging && orderly;
      judging = false;
      why = reason;
      tell = listens;
      listens = null;
      notifyAll();
    }
    if (tell != null) {
      tell.ended(orderly, reason);
    }
  }

  /** Whether the peer has closed it in good order; waits while that is not judged yet. */
  synchronized boolean isInOrder() throws InterruptedException {
    while (judging) {
      wait();
    }
    return inOrder;
  }

  /** When the peer closed it, as {@link System#nanoTime}. */
  synchronized long at() {
    return at;
  }

  /** Whom to tell of the end; at once when it has come already. */
  void whenOver(Ending ending) {
    synchronized (this) {
      if (!over) {
        listens = ending;
        return;
      }
    }
    ending.ended(inOrder, why);
  }

  /** Nobody is told any more. */
  synchronized void forget() {
    listens = null;
  }
}
