package dev.camelsiem.delivery.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Goes through the records of one segment and over its damages. Not thread-safe. */
final class SegmentScan {
  private static final int WINDOW = 64 << 10;

  private final Segment segment;
  private final SegmentFile file;
  private final Damages damages;
  private final long logId;
  private final byte[] window = new byte[WINDOW];
  private long windowAt;
  private int windowLength;
  private long offset = SegmentHeader.LENGTH;
  private long sequence;

  SegmentScan(Segment segment, SegmentFile file, Damages damages, long logId) {
    this.segment = segment;
    this.file = file;
    this.damages = damages;
    this.logId = logId;
    this.sequence = segment.first();
  }

  Segment segment() {
    return segment;
  }

  /** Behind the last record or damage that was passed. */
  long offset() {
    return offset;
  }

  /** Number behind the last record that was passed. */
  long sequence() {
    return sequence;
  }

  /** Goes to a place that may hold a record of this number; false when it does not. */
  boolean seek(long sequenceThere, long offsetThere, long length) throws IOException {
    if (sequenceThere == sequence && offsetThere == offset) {
      return true;
    }
    RecordHeader header = headerAt(offsetThere, length);
    if (header == null || header.first() != sequenceThere) {
      return false;
    }
    offset = offsetThere;
    sequence = sequenceThere;
    return true;
  }

  void rewind() {
    offset = SegmentHeader.LENGTH;
    sequence = segment.first();
  }

  /**
   * The next sound record that ends behind a number, or null when there is none.
   *
   * @param length where the segment ends
   * @param limit number at which the next segment begins; records from there on do not count
   * @param tornTail whether damage up to the end is what a crash leaves behind
   */
  @Nullable LogRecord next(long wanted, long length, long limit, boolean tornTail)
      throws IOException {
    while (offset < length) {
      RecordHeader header = headerAt(offset, length);
      if (header == null || !isPlausible(header, limit)) {
        if (header != null && header.first() >= limit) {
          return null; // superseded by the next segment
        }
        if (!resync(length, limit, tornTail)) {
          return null;
        }
        continue;
      }
      long at = offset;
      long before = sequence;
      if (header.end() > wanted) {
        LogRecord found = load(at, header);
        if (found != null) {
          offset = at + header.totalLength();
          sequence = header.end();
          return found;
        }
        if (tornTail) {
          if (!resync(length, limit, true)) {
            return null;
          }
          continue;
        }
        if (segment.behindDamage(at) == null) {
          damages.damaged(
              segment,
              at,
              at + header.totalLength(),
              Math.max(before, header.first()),
              header.end());
        }
      }
      offset = at + header.totalLength();
      sequence = header.end();
    }
    return null;
  }

  private boolean isPlausible(RecordHeader header, long limit) {
    return header.first() >= sequence && header.end() <= limit;
  }

  private @Nullable LogRecord load(long at, RecordHeader header) throws IOException {
    byte[] bytes = new byte[header.totalLength()];
    if (file.read(at, bytes, 0, bytes.length) < bytes.length) {
      return null;
    }
    if (!header.equals(RecordHeader.parse(bytes, 0, bytes.length, logId))) {
      return null; // changed while it was read
    }
    LogRecord read =
        LogRecord.check(bytes, header, new Position(header.first(), segment.first(), at));
    if (!read.isUseful()) {
      return null;
    }
    if (read.damagedSections() > 0) {
      damages.damagedSections(segment, read);
    }
    return read;
  }

  /** A header whose record fits before the segment's end, or null. */
  private @Nullable RecordHeader headerAt(long at, long length) throws IOException {
    if (at < windowAt || at + RecordHeader.MAX_LENGTH > windowAt + windowLength) {
      windowAt = at;
      windowLength = file.read(at, window, 0, (int) Math.min(WINDOW, Math.max(0, length - at)));
    }
    int from = (int) (at - windowAt);
    RecordHeader header = RecordHeader.parse(window, from, windowLength - from, logId);
    return header == null || at + header.totalLength() > length ? null : header;
  }

  /** Moves on to the next place that looks like a record, or to the end; false at a torn tail. */
  private boolean resync(long length, long limit, boolean tornTail) throws IOException {
    long from = offset;
    Long known = segment.behindDamage(from);
    if (known != null && known <= length) {
      offset = known;
      return true;
    }
    RecordHeader found = null;
    long at = from + 1;
    while (found == null && at < length) {
      at = nextMagic(at, length);
      RecordHeader candidate = at < length ? headerAt(at, length) : null;
      if (candidate != null && isPlausible(candidate, limit)) {
        found = candidate;
      } else {
        at++;
      }
    }
    if (found == null && tornTail) {
      if (!isZero(from, length)) {
        damages.tornTail(segment, from, length);
      }
      return false;
    }
    offset = found == null ? length : at;
    damages.damaged(segment, from, offset, sequence, found == null ? limit : found.first());
    return true;
  }

  private long nextMagic(long start, long length) throws IOException {
    long at = start;
    while (at < length) {
      if (at < windowAt || at + 4 > windowAt + windowLength) {
        windowAt = at;
        windowLength = file.read(at, window, 0, (int) Math.min(WINDOW, length - at));
        if (windowLength < 4) {
          return length;
        }
      }
      for (int i = (int) (at - windowAt); i + 4 <= windowLength; i++) {
        if (window[i] == (byte) (RecordHeader.MAGIC >>> 24)
            && window[i + 1] == (byte) (RecordHeader.MAGIC >>> 16)
            && window[i + 2] == (byte) (RecordHeader.MAGIC >>> 8)
            && window[i + 3] == (byte) RecordHeader.MAGIC) {
          return windowAt + i;
        }
      }
      at = windowAt + windowLength - 3;
    }
    return length;
  }

  private boolean isZero(long from, long to) throws IOException {
    byte[] chunk = new byte[WINDOW];
    long at = from;
    while (at < to) {
      int got = file.read(at, chunk, 0, (int) Math.min(WINDOW, to - at));
      for (int i = 0; i < got; i++) {
        if (chunk[i] != 0) {
          return false;
        }
      }
      if (got <= 0) {
        return true;
      }
      at += got;
    }
    return true;
  }
}
