package dev.camelsiem.integration;

import java.time.Duration;

/**
 * When an event counts as delivered, and how far an integration may lag behind. Immutable.
 *
 * @param confirm how the SIEM shows that it has what was sent; {@link Confirm#NONE} for UDP, and
 *     for Kafka, whose protocol confirms by itself
 * @param confirmTimeout how long a SIEM may take to answer its first half-close before it counts as
 *     one that never does, or each RELP frame before what is not answered is sent again
 * @param quotaBytes most bytes of the log that may wait for this integration
 * @param quotaAge most time that an event may wait for it
 * @param whenFull what happens beyond either
 */
public record DeliverySettings(
    Confirm confirm,
    Duration confirmTimeout,
    long quotaBytes,
    Duration quotaAge,
    WhenFull whenFull) {
  /** For TCP and TLS: confirm by close, 10 GiB, three days, the oldest events go first. */
  public static final DeliverySettings DEFAULT =
      new DeliverySettings(
          Confirm.CLOSE,
          Duration.ofSeconds(30),
          10L << 30,
          Duration.ofDays(3),
          WhenFull.DROP_OLDEST);

  /** How a SIEM shows that it has what was sent. */
  public enum Confirm {
    /** It closes its side after ours: then it has read all of the window. */
    CLOSE,
    /** It does not: what was written counts as delivered. */
    NONE,
    /** It answers each frame, after the RELP protocol. */
    RELP
  }

  /** What happens when an integration lags behind farther than its quota. */
  public enum WhenFull {
    /** Its oldest events are skipped, runtime events before others. */
    DROP_OLDEST,
    /** What comes is not kept for it until it has caught up. */
    DROP_NEWEST,
    /** Its place jumps to the log's end; what lay between is given up, counted and told. */
    DETACH,
    /** Nothing is taken from any source: every integration waits for this one. */
    BLOCK
  }
}
