package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.text.Lines;
import dev.camelsiem.text.Utf8;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts one file after the other into whole lines.
 *
 * <p>A stretch of a file is read into a fresh array, which the events of several batches then share
 * without a copy; what is left of a line at its end is read again with the next stretch, so that a
 * file that waits costs no memory. Not thread-safe.
 */
final class LineReader {
  private static final Logger LOG = LoggerFactory.getLogger(LineReader.class);
  private static final int SLACK = 128 * 1024;

  private final int maxEventBytes;
  private final int chunkBytes;
  private byte[] scratch = new byte[0];

  private @Nullable TailedFile file;
  private byte[] bytes = scratch;
  private int position;
  private int limit;
  private long base;
  private long receivedAt;
  private boolean flush;

  LineReader(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
    this.chunkBytes = maxEventBytes + SLACK;
  }

  /** The file of whose stretch lines are left; null when there is none. */
  @Nullable TailedFile current() {
    return file;
  }

  /** Forgets the stretch; nothing after the last line handed out is remembered. */
  void forget() {
    file = null;
    bytes = scratch;
  }

  /**
   * Reads the next stretch of a file. When it is found to be not what it was, it is {@link
   * TailedFile#isUnsettled}, and nothing of what was read counts.
   *
   * @param flushLast true when the rest of the file is a line though no line end follows
   * @return false when there was nothing to cut
   */
  boolean read(TailedFile from, FileChannel channel, Batch batch, boolean flushLast)
      throws IOException {
    from.size(channel.size());
    if (from.size < from.offset || (from.offset == 0 && from.size < from.knownSize)) {
      from.changed(from.largest - from.offset, "cut to " + from.size + " bytes");
      return false;
    }
    OversizeLine oversize = from.oversize;
    if (oversize != null) {
      return passOver(from, oversize, channel, batch, flushLast);
    }
    int known = from.place.lengthAt(from.offset);
    byte[] chunk = new byte[known + (int) Math.min(chunkBytes, from.size - from.offset)];
    int count = readFully(channel, chunk, from.offset - known);
    if (!isSame(from, channel) || !goesOn(from, chunk, known, count)) {
      return false;
    }
    if (count == known) { // at its end, or its size is not true
      from.stuckAt(from.size, true);
      return false;
    }
    begin(from, chunk, known, count, flushLast);
    return true;
  }

  private void begin(TailedFile from, byte[] chunk, int known, int count, boolean flushLast) {
    file = from;
    bytes = chunk;
    base = from.offset - known;
    limit = count;
    position = from.offset == 0 ? byteOrderMark(from, chunk, count) : known;
    receivedAt = System.currentTimeMillis();
    flush = flushLast && base + count == from.size;
  }

  /** Hands lines to the batch until it is full or the stretch is used up. */
  void cut(Batch batch) {
    TailedFile from = file;
    if (from != null) {
      int before = position;
      boolean more = cut(from, batch);
      if (position > before) {
        from.place = Place.at(bytes, position, from.offset);
      }
      if (!more) {
        forget();
      }
    }
  }

  /** Returns false when nothing more can be cut out of the stretch. */
  private boolean cut(TailedFile from, Batch batch) {
    while (position < limit) {
      if (batch.isFull()) {
        return true;
      }
      int end = Lines.end(bytes, position, limit);
      if (end == limit) {
        return rest(from, batch);
      }
      if (!line(from, batch, end)) {
        return true;
      }
      moveTo(from, batch, end + 1);
    }
    return false;
  }

  /** Returns false when the batch has no room for the line that ends here. */
  private boolean line(TailedFile from, Batch batch, int end) {
    int to = Lines.textEnd(bytes, position, end);
    if (Lines.isBlank(bytes, position, to)) {
      return true;
    }
    if (to - position > maxEventBytes) {
      byte[] head = Arrays.copyOfRange(bytes, position, position + OversizeLine.HEAD_BYTES);
      OversizeLine whole = new OversizeLine(base + position, head);
      whole.pass(bytes, position, to);
      report(from, whole, batch);
      return true;
    }
    if (!batch.hasRoomFor(to - position)) {
      batch.markFull();
      return false;
    }
    long offset = base + position;
    batch.add(new RawEvent(bytes, position, to, from.origin, offset, receivedAt, from.source, 0));
    return true;
  }

  /**
   * No line end is left: wait for it, take the rest as it is, or pass over a line without end.
   * Returns true when the batch has no room for the rest.
   */
  private boolean rest(TailedFile from, Batch batch) {
    if (limit - position > maxEventBytes + 1) {
      int headEnd = Math.min(limit, position + OversizeLine.HEAD_BYTES);
      from.oversize =
          new OversizeLine(base + position, Arrays.copyOfRange(bytes, position, headEnd));
    } else if (flush) {
      if (!line(from, batch, limit)) {
        return true;
      }
      moveTo(from, batch, limit);
    } else if (base + limit >= from.size) {
      from.stuckAt(from.size, false);
    }
    return false;
  }

  private void moveTo(TailedFile from, Batch batch, int newPosition) {
    position = newPosition;
    from.offset = base + newPosition;
    batch.touch(from);
  }

  /** Looks for the end of a line that is too long, one scratch buffer after the other. */
  private boolean passOver(
      TailedFile from, OversizeLine oversize, FileChannel channel, Batch batch, boolean flushLast)
      throws IOException {
    if (scratch.length == 0) {
      scratch = new byte[SLACK * 2];
    }
    int count = readFully(channel, scratch, oversize.scanned);
    if (!isSame(from, channel)) {
      return false;
    }
    from.suspect = false;
    from.knownSize = from.size;
    int end = Lines.end(scratch, 0, count);
    oversize.pass(scratch, 0, end);
    if (end < count) {
      report(from, oversize, batch);
      from.oversize = null;
      from.offset = oversize.scanned + 1;
      from.place = Place.at(scratch, end + 1, from.offset);
      batch.touch(from);
    } else if (count == 0 && flushLast) {
      report(from, oversize, batch);
      from.offset = oversize.scanned;
      batch.touch(from);
    } else if (count == 0) {
      from.stuckAt(from.size, false);
    }
    return false;
  }

  private void report(TailedFile from, OversizeLine oversize, Batch batch) {
    if (oversize.reported) {
      return;
    }
    oversize.reported = true;
    long length = oversize.length();
    int kept = (int) Math.min(length, oversize.head.length);
    String hash = oversize.hash();
    String part = kept < length ? "its first " + kept + " bytes are kept" : "all of it is kept";
    String detail =
        "line of %d bytes, maxEventBytes is %d; %s, SHA-256 of all %s"
            .formatted(length, maxEventBytes, part, hash);
    long now = System.currentTimeMillis();
    RawEvent event =
        new RawEvent(oversize.head, 0, kept, from.origin, oversize.start, now, from.source, 0);
    DeadLetter letter = new DeadLetter(event, StopReason.TOO_LARGE, detail, "siem-tail");
    batch.add(kept < length ? letter.cutFrom(length, hash) : letter);
  }

  /** After a read: is it still the file that it was? If not, what was read does not count. */
  private static boolean isSame(TailedFile from, FileChannel channel) throws IOException {
    Fingerprint extended = channel.size() < from.offset ? null : from.fingerprint.extend(channel);
    if (extended == null) {
      from.changed(from.knownSize - from.offset, "it begins differently now");
      return false;
    }
    from.fingerprint = extended;
    return true;
  }

  /** Whether the bytes before the place are those that were there. */
  private static boolean goesOn(TailedFile from, byte[] chunk, int known, int count) {
    if (known > 0 && !from.place.startsLike(chunk, count)) {
      from.changed(from.knownSize - from.offset, "other lines stand before its place");
      return false;
    }
    from.suspect = false;
    from.knownSize = from.size;
    return true;
  }

  private static int byteOrderMark(TailedFile from, byte[] head, int count) {
    int one = count > 0 ? head[0] & 0xff : -1;
    int two = count > 1 ? head[1] & 0xff : -1;
    if ((one == 0xff && two == 0xfe) || (one == 0xfe && two == 0xff)) {
      LOG.warn(
          "{} begins like UTF-16: only UTF-8 is understood, its lines will not make sense", from);
    }
    return Utf8.skipBom(head, 0, count);
  }

  private static int readFully(FileChannel channel, byte[] target, long offset) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target);
    int count = 0;
    while (count >= 0 && buffer.hasRemaining()) {
      count = channel.read(buffer, offset + buffer.position());
    }
    return buffer.position();
  }

  /** The offset after the last line end, or 0; a line longer than a stretch counts as ended. */
  static long endOfLastLine(FileChannel channel, long size) throws IOException {
    byte[] tail = new byte[(int) Math.min(size, SLACK)];
    int count = readFully(channel, tail, size - tail.length);
    for (int i = count - 1; i >= 0; i--) {
      if (tail[i] == '\n') {
        return size - tail.length + i + 1;
      }
    }
    return tail.length < size ? size : 0;
  }
}
