package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
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

  /** True while lines of the stretch are left. */
  boolean hasMore() {
    return file != null;
  }

  /** Forgets the stretch; nothing after the last line handed out is remembered. */
  void forget() {
    file = null;
    bytes = scratch;
  }

  /**
   * Reads the next stretch of a file.
   *
   * @param flushLast true when the rest of the file is a line though no line end follows
   * @return false when there was nothing to cut
   */
  boolean read(TailedFile from, FileChannel channel, Batch batch, boolean flushLast)
      throws IOException {
    from.size = channel.size();
    if (from.size < from.offset) {
      LOG.info("{} was cut from {} to {} bytes: reading it again", from, from.offset, from.size);
      restart(from, batch);
    }
    OversizeLine oversize = from.oversize;
    if (oversize != null) {
      return passOver(from, oversize, channel, batch, flushLast);
    }
    int length = (int) Math.min(chunkBytes, from.size - from.offset);
    byte[] chunk = new byte[length];
    int count = readFully(channel, chunk, from.offset);
    if (!isSame(from, channel, batch) || count == 0) {
      return false;
    }
    begin(from, chunk, count, flushLast);
    return true;
  }

  private void begin(TailedFile from, byte[] chunk, int count, boolean flushLast) {
    file = from;
    bytes = chunk;
    base = from.offset;
    limit = count;
    position = base == 0 ? byteOrderMark(from, chunk, count) : 0;
    receivedAt = System.currentTimeMillis();
    flush = flushLast && base + count == from.size;
  }

  /** Hands lines to the batch until it is full or the stretch is used up. */
  void cut(Batch batch) {
    TailedFile from = file;
    while (from != null && !batch.isFull()) {
      int end = LineScanner.indexOfLineFeed(bytes, position, limit);
      if (end < 0) {
        rest(from, batch);
        return;
      }
      if (!line(from, batch, end)) {
        return;
      }
      moveTo(from, batch, end + 1);
      from = position == limit ? null : from;
    }
    if (from == null) {
      forget();
    }
  }

  /** Returns false when the batch has no room for the line that ends here. */
  private boolean line(TailedFile from, Batch batch, int end) {
    int to = end > position && bytes[end - 1] == '\r' ? end - 1 : end;
    if (LineScanner.isBlank(bytes, position, to)) {
      return true;
    }
    if (to - position > maxEventBytes) {
      byte[] head = Arrays.copyOfRange(bytes, position, position + OversizeLine.HEAD_BYTES);
      batch.add(tooLarge(from, base + position, to - position, head));
      return true;
    }
    if (!batch.hasRoomFor(to - position)) {
      return false;
    }
    long offset = base + position;
    batch.add(new RawEvent(bytes, position, to, from.origin, offset, receivedAt, from.source, 0));
    return true;
  }

  /** No line end is left: wait for it, take the rest as it is, or pass over a line without end. */
  private void rest(TailedFile from, Batch batch) {
    if (limit - position > maxEventBytes + 1) {
      int headEnd = Math.min(limit, position + OversizeLine.HEAD_BYTES);
      from.oversize =
          new OversizeLine(base + position, Arrays.copyOfRange(bytes, position, headEnd));
    } else if (flush) {
      if (!line(from, batch, limit)) {
        return;
      }
      moveTo(from, batch, limit);
    } else if (base + limit >= from.size) {
      from.stuckAt(from.size);
    }
    forget();
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
    if (!isSame(from, channel, batch)) {
      return false;
    }
    int end = LineScanner.indexOfLineFeed(scratch, 0, count);
    oversize.scanned += end < 0 ? count : end;
    if (end >= 0) {
      report(from, oversize, batch);
      from.oversize = null;
      from.offset = oversize.scanned + 1;
      batch.touch(from);
    } else if (count == 0 && flushLast) {
      report(from, oversize, batch);
      from.offset = oversize.scanned;
      batch.touch(from);
    } else if (count == 0) {
      from.stuckAt(from.size);
    }
    return false;
  }

  private void report(TailedFile from, OversizeLine oversize, Batch batch) {
    if (!oversize.reported) {
      oversize.reported = true;
      batch.add(tooLarge(from, oversize.start, oversize.scanned - oversize.start, oversize.head));
    }
  }

  private DeadLetter tooLarge(TailedFile from, long start, long length, byte[] head) {
    String detail =
        "line of %d bytes, maxEventBytes is %d; its first %d bytes are kept"
            .formatted(length, maxEventBytes, Math.min(length, head.length));
    int kept = (int) Math.min(length, head.length);
    long now = System.currentTimeMillis();
    RawEvent event = new RawEvent(head, 0, kept, from.origin, start, now, from.source, 0);
    return new DeadLetter(event, StopReason.TOO_LARGE, detail, "siem-tail");
  }

  /** After a read: is it still the file that it was? If not, what was read does not count. */
  private static boolean isSame(TailedFile from, FileChannel channel, Batch batch)
      throws IOException {
    Fingerprint extended = channel.size() < from.offset ? null : from.fingerprint.extend(channel);
    if (extended == null) {
      LOG.info("{} begins differently now: reading it from the start", from);
      restart(from, batch);
      return false;
    }
    from.fingerprint = extended;
    return true;
  }

  private static void restart(TailedFile from, Batch batch) {
    from.restart();
    batch.touch(from);
  }

  private static int byteOrderMark(TailedFile from, byte[] head, int count) {
    int one = count > 0 ? head[0] & 0xff : -1;
    int two = count > 1 ? head[1] & 0xff : -1;
    if ((one == 0xff && two == 0xfe) || (one == 0xfe && two == 0xff)) {
      LOG.warn(
          "{} begins like UTF-16: only UTF-8 is understood, its lines will not make sense", from);
    }
    return one == 0xef && two == 0xbb && count > 2 && (head[2] & 0xff) == 0xbf ? 3 : 0;
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
