package dev.camelsiem.delivery.wire;

import java.io.IOException;
import java.time.Duration;

/** Whether a peer answers the end of a connection with its own at all. Used by one thread. */
final class Answers {
  /** So many connections in a row that break behind their end may be this peer's way. */
  private static final int MOST_BREAKS = 6;

  private final Duration firstAnswer;
  private final Duration patience;
  private boolean known;
  private int breaks;

  /**
   * @param firstAnswer how long a peer that never answered may take
   * @param patience the same for one that has answered before
   */
  Answers(Duration firstAnswer, Duration patience) {
    this.firstAnswer = firstAnswer;
    this.patience = patience;
  }

  /**
   * Waits for the answer.
   *
   * @return nanoseconds it took, or -1 when this peer seems never to answer
   */
  long await(Link sent) throws IOException, InterruptedException {
    if (!known) {
      long first = sent.awaitFin(firstAnswer);
      if (first >= 0 || sent.isHalfClosed()) {
        return first;
      }
    }
    long nanos = sent.awaitFin(patience);
    if (nanos < 0) {
      known &= !sent.isHalfClosed(); // something that never answers may stand before it now
      throw new IOException(
          sent.peer() + " did not read to the end within " + patience.toSeconds() + " s");
    }
    return nanos;
  }

  void seen() {
    known = true;
    breaks = 0;
  }

  /**
   * The connection broke instead.
   *
   * @return whether this peer seems to break each connection that was ended
   */
  boolean broke(Link sent) {
    breaks += sent.isHalfClosed() ? 1 : 0;
    return breaks >= MOST_BREAKS;
  }
}
