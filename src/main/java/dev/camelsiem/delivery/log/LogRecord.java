package dev.camelsiem.delivery.log;

import dev.camelsiem.flow.event.EncodedBatch;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A record and its bytes, which stand in the log as they are here. */
final class LogRecord implements LogBatch {
  private static final Logger LOG = LoggerFactory.getLogger(LogRecord.class);
  private static final int BYTES_OF_DECODED_LINE = 64;

  private final byte[] bytes;
  private final RecordHeader header;
  private final Position start;
  private final AtomicReferenceArray<@Nullable EncodedBatch> decoded;
  private final boolean[] damaged;

  private LogRecord(byte[] bytes, RecordHeader header, Position start, boolean[] damaged) {
    this.bytes = bytes;
    this.header = header;
    this.start = start;
    this.damaged = damaged;
    this.decoded = new AtomicReferenceArray<>(header.sections());
  }

  /** The bytes of a record; {@link #seal} makes them valid. */
  static byte[] prepare(LogEntry entry) {
    int sections = entry.lines().size();
    long[] keys = new long[sections];
    ByteWriter[] tables = new ByteWriter[sections];
    EncodedBatch[] lines = new EncodedBatch[sections];
    long total = RecordHeader.FIXED + (long) RecordHeader.ENTRY * sections;
    int number = 0;
    for (Map.Entry<Long, EncodedBatch> each : entry.lines().entrySet()) {
      keys[number] = each.getKey();
      lines[number] = each.getValue();
      tables[number] = SectionCodec.table(lines[number]);
      total += tables[number].size() + (long) lines[number].totalBytes() + lines[number].size();
      number++;
    }
    if (sections > RecordHeader.MAX_SECTIONS || total > RecordHeader.MAX_RECORD) {
      throw new IllegalArgumentException(
          "a record of " + total + " bytes in " + sections + " encodings is too big: split it");
    }
    byte[] record = new byte[(int) total];
    int at = RecordHeader.FIXED + RecordHeader.ENTRY * sections;
    for (int i = 0; i < sections; i++) {
      int from = at;
      tables[i].copyTo(record, at);
      at += tables[i].size();
      SectionCodec.copyLines(lines[i], record, at);
      at += lines[i].totalBytes() + lines[i].size();
      RecordHeader.prepareSection(record, i, keys[i], from, at - from);
    }
    RecordHeader.prepare(record, entry.events(), sections);
    return record;
  }

  /** The record that {@link #prepare} made, at its place. */
  static LogRecord seal(byte[] bytes, Position start, long appendedAt, long logId) {
    RecordHeader.seal(bytes, start.sequence(), appendedAt, logId);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    RecordHeader header =
        new RecordHeader(
            buffer.getInt(4),
            bytes.length,
            start.sequence(),
            buffer.getInt(24),
            appendedAt,
            buffer.getInt(36));
    return new LogRecord(bytes, header, start, new boolean[header.sections()]);
  }

  /** A record that was read; its sections are checked. */
  static LogRecord check(byte[] bytes, RecordHeader header, Position start) {
    boolean[] damaged = new boolean[header.sections()];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int from = header.headerLength();
    for (int i = 0; i < damaged.length; i++) {
      int at = RecordHeader.FIXED + RecordHeader.ENTRY * i;
      int length = buffer.getInt(at + 8);
      damaged[i] = buffer.getInt(at + 12) != RecordHeader.checksum(bytes, from, length);
      from += length;
    }
    return new LogRecord(bytes, header, start, damaged);
  }

  /** How many of its encodings cannot be read. */
  int damagedSections() {
    int count = 0;
    for (boolean each : damaged) {
      count += each ? 1 : 0;
    }
    return count;
  }

  /** Whether there is something in it that can be read, or never was. */
  boolean isUseful() {
    return damaged.length == 0 || damagedSections() < damaged.length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Bytes of memory it takes with the lines of all encodings decoded. */
  long weight() {
    return bytes.length + (long) BYTES_OF_DECODED_LINE * header.events() * header.sections();
  }

  @Override
  public Position start() {
    return start;
  }

  @Override
  public Position end() {
    return new Position(header.end(), start.segment(), start.offset() + bytes.length);
  }

  @Override
  public int events() {
    return header.events();
  }

  @Override
  public long appendedAt() {
    return header.appendedAt();
  }

  /** The keys of what it holds, also of what is damaged. */
  List<Long> keys() {
    Long[] keys = new Long[header.sections()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(i);
    }
    return List.of(keys);
  }

  @Override
  public @Nullable EncodedBatch lines(Collection<Long> encodingKeys) {
    for (Long wanted : encodingKeys) {
      for (int i = 0; i < header.sections(); i++) {
        if (!damaged[i] && key(i) == wanted) {
          EncodedBatch lines = section(i);
          if (lines != null) {
            return lines;
          }
        }
      }
    }
    return null;
  }

  @Override
  public boolean isDamaged(Collection<Long> encodingKeys) {
    for (int i = 0; i < header.sections(); i++) {
      if (damaged[i] && encodingKeys.contains(key(i))) {
        return true;
      }
    }
    return false;
  }

  private long key(int section) {
    return ByteBuffer.wrap(bytes).getLong(RecordHeader.FIXED + RecordHeader.ENTRY * section);
  }

  private @Nullable EncodedBatch section(int number) {
    EncodedBatch known = decoded.get(number);
    if (known != null) {
      return known;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int from = header.headerLength();
    for (int i = 0; i < number; i++) {
      from += buffer.getInt(RecordHeader.FIXED + RecordHeader.ENTRY * i + 8);
    }
    int length = buffer.getInt(RecordHeader.FIXED + RecordHeader.ENTRY * number + 8);
    try {
      EncodedBatch lines = SectionCodec.decode(bytes, from, from + length);
      decoded.set(number, lines);
      return lines;
    } catch (DamagedException e) {
      // A sound checksum over senseless bytes: written so by a defect, or by somebody else.
      LOG.error(
          "The lines of the {} events from {} in one encoding make no sense and are skipped: {}",
          events(),
          start.sequence(),
          e.getMessage());
      damaged[number] = true;
      return null;
    }
  }
}
