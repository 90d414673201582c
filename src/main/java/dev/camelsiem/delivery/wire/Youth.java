package dev.camelsiem.delivery.wire;

import java.io.IOException;
import java.time.Duration;

/**
 * How long a connection must stay before it is ended: a receiver that closes whatever it accepts
 * has done so by then, while its close behind our end would pass for an answer. Used by one thread.
 */
final class Youth {
  /** After a break: two windows and the probe that settles them. */
  private static final int ON_TRIAL = 3;

  private final WireLimits limits;
  private int onTrial;

  Youth(WireLimits limits) {
    this.limits = limits;
  }

  void broke() {
    onTrial = ON_TRIAL;
  }

  void answered() {
    onTrial = Math.max(0, onTrial - 1);
  }

  /**
   * Waits as long as a connection is too young.
   *
   * @throws IOException when it has ended before
   */
  void await(Link link, long connectedAt, long bytes) throws IOException, InterruptedException {
    boolean trial = onTrial > 0;
    if (!trial && bytes > 2L * limits.startBytes()) {
      return; // so much is not read by somebody who closes at once
    }
    Duration least = limits.youth();
    if (trial && limits.trial().compareTo(least) > 0) {
      least = limits.trial();
    }
    long until = connectedAt + least.toNanos();
    long left = until - System.nanoTime();
    if (left > 0) {
      long unused = link.awaitFin(Duration.ofNanos(left));
    }
  }
}
