package dev.camelsiem.edge.camel.tail;

/** A line over the limit: its beginning is kept, the rest is passed over without being stored. */
final class OversizeLine {
  static final int HEAD_BYTES = 8 * 1024;

  /** Where the line begins in the file. */
  final long start;

  /** The first bytes of the line. */
  final byte[] head;

  /** Up to where it was passed over. */
  long scanned;

  /** True when its dead letter was written before its end was seen. */
  boolean reported;

  OversizeLine(long start, byte[] head) {
    this.start = start;
    this.head = head;
    this.scanned = start;
  }
}
