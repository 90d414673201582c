package dev.camelsiem.edge.camel.deadletter;

/**
 * How much is kept.
 *
 * @param maxBytes of all files together
 * @param segmentBytes size at which a file is closed and the next is begun
 * @param dropOldest when full: true deletes the oldest file, false refuses new letters
 */
record LetterLimits(long maxBytes, long segmentBytes, boolean dropOldest) {
  LetterLimits {
    if (segmentBytes < 1 || maxBytes < segmentBytes) {
      throw new IllegalArgumentException(
          "maxBytes=%d must be at least segmentBytes=%d, which must be at least 1"
              .formatted(maxBytes, segmentBytes));
    }
  }
}
