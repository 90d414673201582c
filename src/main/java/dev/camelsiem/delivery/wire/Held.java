package dev.camelsiem.delivery.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What was confirmed and what of it is safe to forget: one window less, until the same receiver has
 * answered again. Used by one thread.
 */
final class Held {
  private long safe = ConfirmingTransport.NOTHING;

  /** What the last confirmed window ended with; the same as safe when nothing is held back. */
  private long seen = ConfirmingTransport.NOTHING;

  /** Whom the window that is held back went to; null when none is. */
  private @Nullable String receiver;

  long safe() {
    return safe;
  }

  long seen() {
    return seen;
  }

  boolean isHolding() {
    return receiver != null;
  }

  /** A window was answered, which proves the one before it. */
  void answered(long mark, String peer) {
    safe = seen;
    seen = mark;
    receiver = peer;
  }

  /** A mark with nothing before it that is not known already. */
  void passed(long mark) {
    seen = mark;
    if (receiver == null) {
      safe = mark;
    }
  }

  /** The receiver has answered once more. */
  void settle() {
    safe = seen;
    receiver = null;
  }

  /** Nothing beyond the safe mark counts any more. */
  void broke() {
    seen = safe;
    receiver = null;
  }

  /** Goes on where another way of sending has left off. */
  void resume(long safeMark, long lastMark, String peer) {
    safe = safeMark;
    seen = lastMark;
    receiver = lastMark == safeMark ? null : peer;
  }

  /**
   * Looks whether an answer of this peer would prove what is held back: that another machine reads
   * says nothing about the one that the window went to.
   *
   * @throws IOException when it would not
   */
  void check(String peer) throws IOException {
    String held = receiver;
    if (held != null && !held.equals(peer)) {
      throw new IOException(
          held + " is not there any more, " + peer + " is: it gets what " + held + " got last");
    }
  }
}
