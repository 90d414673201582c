package dev.camelsiem.delivery.wire;

import java.io.IOException;
import java.time.Duration;

/** Whether a peer answers the end of a connection with its own at all. Used by one thread. */
final class Answers {
  /** So many connections in a row that break behind their end may be this peer's way. */
  private static final int MOST_BREAKS = 6;

  private final Duration firstAnswer;
  private final Duration patience;
  private final WindowSize size;
  private boolean known;
  private int breaks;

  /**
   * @param firstAnswer how long a peer that never answered may take
   * @param patience the same for one that has answered before
   * @param size is told when that was not enough
   */
  Answers(Duration firstAnswer, Duration patience, WindowSize size) {
    this.firstAnswer = firstAnswer;
    this.patience = patience;
    this.size = size;
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
      size.late();
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
   * @return what to say of it: with the remedy, when this peer seems to break each connection that
   *     was ended
   */
  IOException broke(Link sent, IOException why) {
    breaks += sent.isHalfClosed() ? 1 : 0;
    if (breaks < MOST_BREAKS) {
      return why;
    }
    String remedy =
        "; so did all before it that were ended: if that is its way, set `confirm: NONE`";
    return new IOException(why.getMessage() + remedy, why);
  }
}
