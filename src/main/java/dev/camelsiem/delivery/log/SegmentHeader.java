package dev.camelsiem.delivery.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a segment.
 *
 * @param logId the log it belongs to
 * @param first sequence number of its first event
 * @param createdAt epoch milliseconds
 * @param previousFirst {@code first} of the segment before it, 0 for none
 * @param previousLength how long that one was in the end
 */
record SegmentHeader(
    long logId, long first, long createdAt, long previousFirst, long previousLength) {
  static final int LENGTH = 64;
  static final int VERSION = 1;
  private static final long MAGIC = 0x5349_454D_4C4F_4731L; // SIEMLOG1
  private static final int CRC_AT = 60;

  byte[] encode() {
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    buffer.putLong(MAGIC).putInt(VERSION).putInt(LENGTH);
    buffer.putLong(logId).putLong(first).putLong(createdAt);
    buffer.putLong(previousFirst).putLong(previousLength);
    buffer.putInt(CRC_AT, RecordHeader.checksum(buffer.array(), 0, CRC_AT));
    return buffer.array();
  }

  /**
   * The header that the first bytes of a file make, or null when they make none.
   *
   * @throws IOException when a newer camel-siem wrote it
   */
  static @Nullable SegmentHeader decode(byte[] bytes, int length, Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (length < LENGTH
        || buffer.getLong() != MAGIC
        || buffer.getInt(CRC_AT) != RecordHeader.checksum(bytes, 0, CRC_AT)) {
      return null;
    }
    int version = buffer.getInt();
    if (version > VERSION) {
      throw new IOException(
          file
              + " was written by a newer camel-siem (format "
              + version
              + ", this one knows up to "
              + VERSION
              + "): start the newer one, or give this one an empty folder");
    }
    buffer.getInt();
    return new SegmentHeader(
        buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }
}
