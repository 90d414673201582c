package dev.camelsiem.delivery.log;

/**
 * A place between two records.
 *
 * @param sequence number of the event that stands behind it; the first event of a log is 1
 * @param segment first sequence number of the segment it lies in
 * @param offset in the segment's file; only a hint, the sequence counts
 */
public record Position(long sequence, long segment, long offset) implements Comparable<Position> {
  @Override
  public int compareTo(Position other) {
    return Long.compare(sequence, other.sequence);
  }
}
