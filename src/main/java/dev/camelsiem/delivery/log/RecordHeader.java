package dev.camelsiem.delivery.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the sections of a record: magic, length of the header, length of all, checksum
 * of the header, first sequence number, events, time of the append, number of sections; then for
 * each section its encoding key, its length and its checksum. The checksum of the header covers the
 * log's id too: only who knows it can forge a record inside an event's text.
 */
record RecordHeader(
    int headerLength, int totalLength, long first, int events, long appendedAt, int sections) {
  static final int MAGIC = 0xC5E1_4C6F;
  static final int FIXED = 40;
  static final int ENTRY = 16;
  static final int MAX_SECTIONS = 256;
  static final int MAX_LENGTH = FIXED + ENTRY * MAX_SECTIONS;

  /** A record that is longer is damage. */
  static final int MAX_RECORD = 64 << 20;

  private static final long MOST_SEQUENCE = 1L << 62;
  private static final int CRC_AT = 12;
  private static final int FIRST_AT = 16;
  private static final int EVENTS_AT = 24;
  private static final int APPENDED_AT = 28;
  private static final int SECTIONS_AT = 36;

  /** Number behind the last event. */
  long end() {
    return first + events;
  }

  /** Writes all but what only the append knows. */
  static void prepare(byte[] record, int events, int sections) {
    ByteBuffer buffer = ByteBuffer.wrap(record);
    buffer.putInt(0, MAGIC);
    buffer.putInt(4, FIXED + ENTRY * sections);
    buffer.putInt(8, record.length);
    buffer.putInt(EVENTS_AT, events);
    buffer.putInt(SECTIONS_AT, sections);
  }

  static void prepareSection(byte[] record, int number, long key, int from, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(record);
    int at = FIXED + ENTRY * number;
    buffer.putLong(at, key);
    buffer.putInt(at + 8, length);
    buffer.putInt(at + 12, checksum(record, from, length));
  }

  /** Completes a prepared record. */
  static void seal(byte[] record, long first, long appendedAt, long logId) {
    ByteBuffer buffer = ByteBuffer.wrap(record);
    buffer.putLong(FIRST_AT, first);
    buffer.putLong(APPENDED_AT, appendedAt);
    buffer.putInt(CRC_AT, headerChecksum(record, 0, buffer.getInt(4), logId));
  }

  /** The header that stands at a place of some bytes, or null when there is none or not all. */
  static @Nullable RecordHeader parse(byte[] bytes, int at, int available, long logId) {
    if (available < FIXED) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int headerLength = buffer.getInt(at + 4);
    int totalLength = buffer.getInt(at + 8);
    int sections = buffer.getInt(at + SECTIONS_AT);
    if (buffer.getInt(at) != MAGIC
        || sections < 0
        || sections > MAX_SECTIONS
        || headerLength != FIXED + ENTRY * sections
        || headerLength > available
        || totalLength < headerLength
        || totalLength > MAX_RECORD
        || buffer.getInt(at + CRC_AT) != headerChecksum(bytes, at, headerLength, logId)) {
      return null;
    }
    RecordHeader header =
        new RecordHeader(
            headerLength,
            totalLength,
            buffer.getLong(at + FIRST_AT),
            buffer.getInt(at + EVENTS_AT),
            buffer.getLong(at + APPENDED_AT),
            sections);
    return header.addsUp(buffer, at) ? header : null;
  }

  private boolean addsUp(ByteBuffer buffer, int at) {
    long length = headerLength;
    for (int i = 0; i < sections; i++) {
      int section = buffer.getInt(at + FIXED + ENTRY * i + 8);
      if (section < 0) {
        return false;
      }
      length += section;
    }
    return length == totalLength && first > 0 && first < MOST_SEQUENCE && events > 0;
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static int headerChecksum(byte[] bytes, int at, int headerLength, long logId) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(8).putLong(0, logId));
    crc.update(bytes, at, CRC_AT);
    crc.update(bytes, at + CRC_AT + 4, headerLength - CRC_AT - 4);
    return (int) crc.getValue();
  }
}
