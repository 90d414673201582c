package dev.camelsiem.delivery.log;

import dev.camelsiem.flow.event.EncodedBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A record: one that was just appended holds its sections plain, one that was read as stored. */
final class LogRecord implements LogBatch {
  private static final Logger LOG = LoggerFactory.getLogger(LogRecord.class);
  private static final int BYTES_OF_DECODED_LINE = 64;

  private final RecordHeader header;
  private final Position start;
  private final long[] keys;
  private final Sections sections;
  private final AtomicReferenceArray<@Nullable EncodedBatch> decoded;
  private final boolean[] damaged;
  private final long weight;

  /** Gives plain sections. */
  @FunctionalInterface
  private interface Sections {
    byte[] plain(int number) throws DamagedException;
  }

  /** A record that is ready to be appended. */
  static final class Prepared {
    private final byte[] stored;
    private final long[] keys;
    private final byte[][] plain;

    private Prepared(byte[] stored, long[] keys, byte[][] plain) {
      this.stored = stored;
      this.keys = keys;
      this.plain = plain;
    }

    /** Its bytes; {@link #seal} makes them valid. */
    byte[] stored() {
      return stored;
    }

    /** The record at its place. */
    LogRecord seal(Position start, long appendedAt, long logId) {
      RecordHeader.seal(stored, start.sequence(), appendedAt, logId);
      ByteBuffer buffer = ByteBuffer.wrap(stored);
      RecordHeader header =
          new RecordHeader(
              buffer.getInt(4),
              stored.length,
              start.sequence(),
              buffer.getInt(24),
              appendedAt,
              keys.length);
      byte[][] sections = plain; // and not the stored bytes with them
      long bytes = 0;
      for (byte[] each : sections) {
        bytes += each.length;
      }
      return new LogRecord(
          header, start, keys, number -> sections[number], new boolean[keys.length], bytes);
    }
  }

  private LogRecord(
      RecordHeader header,
      Position start,
      long[] keys,
      Sections sections,
      boolean[] damaged,
      long bytes) {
    this.header = header;
    this.start = start;
    this.keys = keys;
    this.sections = sections;
    this.damaged = damaged;
    this.decoded = new AtomicReferenceArray<>(keys.length);
    this.weight = bytes + (long) BYTES_OF_DECODED_LINE * header.events();
  }

  /**
   * Puts an entry into the form of a record.
   *
   * @throws IllegalArgumentException when it is too big for one
   */
  static Prepared prepare(LogEntry entry) {
    int count = entry.lines().size();
    long[] keys = new long[count];
    byte[][] plain = new byte[count][];
    byte[][] stored = new byte[count][];
    int header = RecordHeader.FIXED + RecordHeader.ENTRY * count;
    long total = header;
    int number = 0;
    for (Map.Entry<Long, EncodedBatch> each : entry.lines().entrySet()) {
      keys[number] = each.getKey();
      plain[number] = SectionCodec.encode(each.getValue());
      stored[number] = Compression.pack(plain[number]);
      total += stored[number].length;
      if (plain[number].length > RecordHeader.MAX_RECORD) { // nobody would unpack it
        throw new IllegalArgumentException("lines of " + plain[number].length + " bytes: split it");
      }
      number++;
    }
    if (count > RecordHeader.MAX_SECTIONS || total > RecordHeader.MAX_RECORD) {
      throw new IllegalArgumentException(
          "a record of " + total + " bytes in " + count + " encodings is too big: split it");
    }
    byte[] record = new byte[(int) total];
    int at = header;
    for (int i = 0; i < count; i++) {
      System.arraycopy(stored[i], 0, record, at, stored[i].length);
      RecordHeader.prepareSection(record, i, keys[i], at, stored[i].length);
      at += stored[i].length;
    }
    RecordHeader.prepare(record, entry.events(), count);
    return new Prepared(record, keys, plain);
  }

  /** A record that was read; its sections are checked. */
  static LogRecord check(byte[] bytes, RecordHeader header, Position start) {
    int count = header.sections();
    boolean[] damaged = new boolean[count];
    long[] keys = new long[count];
    int[] froms = new int[count + 1];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    froms[0] = header.headerLength();
    long held = bytes.length;
    for (int i = 0; i < count; i++) {
      int at = RecordHeader.FIXED + RecordHeader.ENTRY * i;
      int length = buffer.getInt(at + 8);
      keys[i] = buffer.getLong(at);
      damaged[i] = buffer.getInt(at + 12) != RecordHeader.checksum(bytes, froms[i], length);
      froms[i + 1] = froms[i] + length;
      held += Compression.plainLength(bytes, froms[i], froms[i + 1]);
    }
    return new LogRecord(
        header,
        start,
        keys,
        number -> Compression.unpack(bytes, froms[number], froms[number + 1]),
        damaged,
        held);
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

  /** Bytes that it takes in the log. */
  int storedBytes() {
    return header.totalLength();
  }

  /** Bytes of memory that it takes at most, its lines decoded. */
  long weight() {
    return weight;
  }

  @Override
  public Position start() {
    return start;
  }

  @Override
  public Position end() {
    return new Position(header.end(), start.segment(), start.offset() + header.totalLength());
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
    return Arrays.stream(keys).boxed().toList();
  }

  @Override
  public @Nullable EncodedBatch lines(Collection<Long> encodingKeys) {
    for (Long wanted : encodingKeys) {
      for (int i = 0; i < keys.length; i++) {
        if (!damaged[i] && keys[i] == wanted) {
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
    for (int i = 0; i < keys.length; i++) {
      if (damaged[i] && encodingKeys.contains(keys[i])) {
        return true;
      }
    }
    return false;
  }

  private @Nullable EncodedBatch section(int number) {
    EncodedBatch known = decoded.get(number);
    if (known != null) {
      return known;
    }
    synchronized (decoded) { // many may come for it at once
      EncodedBatch meanwhile = decoded.get(number);
      return meanwhile != null ? meanwhile : decode(number);
    }
  }

  private @Nullable EncodedBatch decode(int number) {
    try {
      byte[] plain = sections.plain(number);
      EncodedBatch lines = SectionCodec.decode(plain, 0, plain.length);
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
