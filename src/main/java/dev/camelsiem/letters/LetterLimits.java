package dev.camelsiem.letters;

import java.time.Duration;

/**
 * How much is kept.
 *
 * @param maxBytes of all files together
 * @param segmentBytes size at which a file is closed and the next is begun; at least a 1024th of
 *     all
 * @param whenFull what happens at {@code maxBytes}
 * @param originBytes what one origin may add in a period; more is summed up. Not looked at with
 *     {@link WhenFull#refuse}
 * @param originPeriod the period
 * @param maxAge files that were last written before are deleted
 */
public record LetterLimits(
    long maxBytes,
    long segmentBytes,
    WhenFull whenFull,
    long originBytes,
    Duration originPeriod,
    Duration maxAge) {
  private static final int SHARES = 8;
  private static final int MOST_FILES = 1_024;

  /** What to do with new letters when all files together are full; spelled as in the Kamelet. */
  public enum WhenFull {
    /** The exchange fails, and its source waits. */
    refuse,
    /** The oldest letters go of whoever has most. */
    dropOldest
  }

  public LetterLimits {
    if (segmentBytes < 1 || maxBytes < segmentBytes) {
      throw new IllegalArgumentException(
          "maxBytes=%d must be at least segmentBytes=%d, which must be at least 1"
              .formatted(maxBytes, segmentBytes));
    }
    if (originBytes < 0 || originPeriod.toMillis() < 1 || maxAge.toMillis() < 1) {
      throw new IllegalArgumentException(
          "originBytes=%d must be at least 0, originPeriod=%s and maxAge=%s more than 0"
              .formatted(originBytes, originPeriod, maxAge));
    }
    segmentBytes = Math.max(segmentBytes, maxBytes / MOST_FILES);
    originBytes = originBytes == 0 ? Math.max(1, maxBytes / SHARES) : originBytes;
  }

  boolean drops() {
    return whenFull == WhenFull.dropOldest;
  }
}
