package dev.camelsiem.delivery.log;

import java.time.Duration;

/**
 * How a log keeps what it gets.
 *
 * @param fsync when an append counts as durable
 * @param fsyncInterval for {@link Fsync#INTERVAL}
 * @param segmentBytes a segment that is longer is followed by a new one
 * @param cacheBytes most bytes of the newest records that stay in memory for its readers
 * @param minFreeBytes below so much free space nothing is appended; less on small disks: never more
 *     than a tenth of the disk
 */
public record LogSettings(
    Fsync fsync, Duration fsyncInterval, long segmentBytes, long cacheBytes, long minFreeBytes) {
  public static final LogSettings DEFAULT =
      new LogSettings(Fsync.BATCH, Duration.ofSeconds(1), 16L << 20, 8L << 20, 1L << 30);

  /** When an append is done. */
  public enum Fsync {
    /** When the disk has it: it survives a power loss. */
    BATCH,
    /** When the operating system has it; the disk follows within the interval. */
    INTERVAL,
    /** When the operating system has it. */
    OFF
  }
}
