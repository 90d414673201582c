package dev.camelsiem.delivery.log;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.durable.CrashPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the newest segment. All but {@link #force} under the log's lock for writing. */
final class SegmentWriter {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
  private static final int CHUNK = 256 << 10; // keeps the JDK's own buffers small
  private static final int STEP = 4 << 20;
  private static final ByteBuffer ZEROS = ByteBuffer.allocate(CHUNK).asReadOnlyBuffer();

  private final Segment segment;
  private final FileChannel channel;
  private final long segmentBytes;
  private long end;
  private long allocated;

  private SegmentWriter(Segment segment, FileChannel channel, long segmentBytes) {
    this.segment = segment;
    this.channel = channel;
    this.segmentBytes = segmentBytes;
    this.end = SegmentHeader.LENGTH;
    this.allocated = SegmentHeader.LENGTH;
  }

  /** Makes a new segment whose first event has this number; synced, also its name. */
  static SegmentWriter create(LogState log, long first) throws IOException {
    Path path = log.folder().resolve(Segment.nameOf(first));
    clear(log, path);
    Segment previous = log.segments().last();
    long base = previous == null ? 0 : previous.base() + previous.length();
    SegmentHeader header =
        new SegmentHeader(
            log.id(),
            first,
            System.currentTimeMillis(),
            previous == null ? 0 : previous.first(),
            previous == null ? 0 : previous.length());
    FileChannel channel = log.disk().open(path, CREATE_NEW, READ, WRITE);
    boolean done = false;
    try {
      Segment segment = new Segment(path, first, base, SegmentHeader.LENGTH);
      SegmentWriter writer = new SegmentWriter(segment, channel, log.settings().segmentBytes());
      writer.writeAll(ByteBuffer.wrap(header.encode()), 0);
      writer.allocate(SegmentHeader.LENGTH);
      channel.force(true);
      CrashPoint.reached("segment-created");
      log.disk().syncFolder(log.folder());
      done = true;
      return writer;
    } finally {
      if (!done) {
        discard(log, channel, path);
      }
    }
  }

  private static void discard(LogState log, FileChannel channel, Path path) {
    try {
      channel.close();
      log.disk().delete(path);
    } catch (IOException e) {
      LOG.warn("Cannot delete {}, which could not be made: {}", path, e.toString());
    }
  }

  /** Removes what stands where the segment will: one that holds no record, or something odd. */
  private static void clear(LogState log, Path path) throws IOException {
    Segment last = log.segments().last();
    if (last != null && last.path().equals(path)) {
      log.segments().remove(last);
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean empty =
        Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
            && (last != null && last.path().equals(path)
                || Files.size(path) <= SegmentHeader.LENGTH);
    if (empty) {
      log.disk().delete(path);
    } else if (!log.damages().quarantine().moveAside(path)) {
      throw new IOException(path + " is in the way of a new segment: move it away");
    }
  }

  Segment segment() {
    return segment;
  }

  /** Behind the last record that was written, synced or not. */
  long end() {
    return end;
  }

  boolean isFull() {
    return end >= segmentBytes;
  }

  /** Writes a record at the end; {@link #takeBack} after an exception. */
  void write(byte[] record) throws IOException {
    if (end + record.length > allocated) {
      allocate(end + record.length);
    }
    writeAll(ByteBuffer.wrap(record), end);
    end += record.length;
  }

  /** Takes back what was written from a place on. */
  void takeBack(long to) throws IOException {
    channel.truncate(to);
    end = to;
    allocated = to;
  }

  void force() throws IOException {
    channel.force(false);
    CrashPoint.reached("after-fsync");
  }

  /** Cuts off what was only allocated, syncs and closes the file. */
  void finish() throws IOException {
    try (channel) {
      if (channel.size() > end) {
        channel.truncate(end);
      }
      channel.force(true);
    }
  }

  /** Closes the file without trust in it: a sync has failed. */
  void abandon(long goodEnd) {
    try (channel) {
      channel.truncate(goodEnd);
    } catch (IOException e) {
      LOG.warn("Cannot cut {} at its last good record: {}", segment.path(), e.toString());
    }
  }

  /** Fills the file with zeros, so that a sync need not write its new length. */
  private void allocate(long least) {
    long wanted = Math.min(allocated + STEP, Math.max(segmentBytes, least));
    if (wanted <= allocated) {
      return;
    }
    try {
      for (long at = allocated; at < wanted; ) {
        ByteBuffer zeros = ZEROS.duplicate();
        zeros.limit((int) Math.min(CHUNK, wanted - at));
        at += channel.write(zeros, at);
      }
      allocated = wanted;
    } catch (java.nio.channels.ClosedChannelException e) {
      LOG.debug("Closed while {} was enlarged", segment.path(), e); // the write will tell
    } catch (IOException e) {
      // No room for more than is needed: the write itself decides.
      LOG.debug("Cannot allocate room in {}", segment.path(), e);
    }
  }

  private void writeAll(ByteBuffer bytes, long from) throws IOException {
    long at = from;
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + CHUNK));
      at += channel.write(bytes, at);
    }
  }
}
