package dev.camelsiem.integration.spool;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.flow.event.EncodedBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue of batches on disk: {@link #append} puts at the end, {@link #next} reads on,
 * {@link #confirm} forgets up to a place, {@link #rewind} reads again from the first unconfirmed
 * record.
 *
 * <p>A record counts once {@link #append} has returned: it is synced then. The place of the last
 * confirmation is saved now and then, so after a crash some confirmed records may be read again,
 * never fewer. Damage costs the damaged records and is counted; it never keeps the spool from
 * opening. Not thread-safe: its owner guards it.
 */
public final class Spool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final long SEGMENT_BYTES = 8L << 20;
  private static final int CURSOR_BYTES = 24;

  private final Path folder;
  private long maxBytes;
  private final FileChannel lock;
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private Position read = new Position(0, 0);
  private Position confirmed = new Position(0, 0);
  private Position saved = new Position(0, 0);
  private long bytes;
  private long events;
  private long unconfirmedEvents;
  private long damagedBytes;

  /** The place after a record: segment number and offset. */
  public record Position(long segment, long offset) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
      int bySegment = Long.compare(segment, other.segment);
      return bySegment != 0 ? bySegment : Long.compare(offset, other.offset);
    }
  }

  /**
   * A record that was read.
   *
   * @param end what to {@link #confirm} when the batch is delivered
   */
  public record Read(EncodedBatch batch, Position end) {}

  private Spool(Path folder, long maxBytes, FileChannel lock) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.lock = lock;
  }

  /**
   * Opens the spool of a folder, which is created if need be, and takes up what an earlier process
   * left in it.
   *
   * @param maxBytes most bytes that all its files take
   * @throws IOException when the folder cannot be used or another process uses it
   */
  public static Spool open(Path folder, long maxBytes) throws IOException {
    Files.createDirectories(folder, OwnerOnly.FOLDER);
    Spool spool = new Spool(folder, maxBytes, lock(folder));
    boolean opened = false;
    try {
      spool.recover();
      opened = true;
      return spool;
    } finally {
      if (!opened) {
        spool.close();
      }
    }
  }

  /** Nothing is left to read. */
  public boolean isEmpty() {
    return events == 0;
  }

  /** Events that were not read yet. */
  public long events() {
    return events;
  }

  /** Events that were not confirmed yet, read or not. */
  public long unconfirmedEvents() {
    return unconfirmedEvents;
  }

  /** Bytes of all files. */
  public long bytes() {
    return bytes;
  }

  /** Changes the bound; what is over it already stays. */
  public void maxBytes(long most) {
    maxBytes = most;
  }

  /** Bytes that could not be read back because they were damaged. */
  public long damagedBytes() {
    return damagedBytes;
  }

  /**
   * Puts batches at the end, synced once.
   *
   * @return how many of them, from the front, found room
   * @throws IOException when the disk fails; none of them counts then
   */
  public int append(List<EncodedBatch> batches) throws IOException {
    int taken = 0;
    long newEvents = 0;
    Segment before = segments.peekLast();
    long endBefore = before == null ? 0 : before.end();
    try {
      for (EncodedBatch batch : batches) {
        int size = SpoolRecord.size(batch);
        if (bytes + size > maxBytes || size > SpoolRecord.LONGEST) {
          break;
        }
        Segment segment = writable(size);
        segment.append(SpoolRecord.encode(batch));
        bytes += size;
        newEvents += batch.size();
        taken++;
      }
      if (taken > 0) {
        segments.getLast().sync();
      }
    } catch (IOException e) {
      undo(before, endBefore);
      throw e;
    }
    events += newEvents;
    unconfirmedEvents += newEvents;
    return taken;
  }

  /** The next unread record, or null when there is none. */
  public @Nullable Read next() throws IOException {
    while (true) {
      Segment segment = segmentOf(read);
      if (segment == null) {
        events = 0;
        return null;
      }
      byte[] payload = segment.payload(read.offset());
      EncodedBatch batch = payload == null ? null : SpoolRecord.decode(payload);
      if (payload != null && batch != null) {
        read = new Position(segment.number(), read.offset() + SpoolRecord.HEADER + payload.length);
        events = Math.max(0, events - batch.size());
        return new Read(batch, read);
      }
      skipDamage(segment);
    }
  }

  /** Forgets all records up to a place; files that are done are deleted. */
  public void confirm(Position end, int eventCount) throws IOException {
    if (end.compareTo(confirmed) <= 0) {
      return;
    }
    confirmed = end;
    unconfirmedEvents = Math.max(0, unconfirmedEvents - eventCount);
    boolean deleted = false;
    while (segments.size() > 1 && segments.getFirst().number() < confirmed.segment()) {
      deleted |= deleteFirst();
    }
    boolean allDone =
        segments.size() == 1
            && segments.getFirst().number() == confirmed.segment()
            && segments.getFirst().end() == confirmed.offset();
    if (allDone) {
      deleted |= deleteFirst();
    }
    boolean far =
        confirmed.segment() == saved.segment()
            && confirmed.offset() - saved.offset() > SEGMENT_BYTES / 8;
    if (deleted || far) {
      save();
    }
  }

  /** Reads again from the first record that was not confirmed. */
  public void rewind() {
    read = confirmed;
    events = unconfirmedEvents;
  }

  /** Saves the place of the last confirmation. */
  public void save() throws IOException {
    if (saved.equals(confirmed)) {
      return;
    }
    ByteBuffer cursor = ByteBuffer.allocate(CURSOR_BYTES);
    cursor.putLong(confirmed.segment()).putLong(confirmed.offset());
    cursor.putInt(SpoolRecord.checksum(cursor.array(), 0, 16)).putInt(0).flip();
    Path temporary = folder.resolve("cursor.tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(CREATE, WRITE, TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS),
            OwnerOnly.FILE)) {
      while (cursor.hasRemaining()) {
        channel.write(cursor);
      }
      channel.force(true);
    }
    Files.move(
        temporary,
        folder.resolve("cursor"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    saved = confirmed;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      save();
    } finally {
      for (Segment segment : segments) {
        segment.close();
      }
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"),
            Set.of(CREATE, WRITE, LinkOption.NOFOLLOW_LINKS),
            OwnerOnly.FILE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false; // this very process uses it
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new IOException(
          folder + " is used by another pipeline; give each its own data directory");
    }
    return channel;
  }

  /** Reads every record once: counts events, cuts the torn tail, steps over damage. */
  private void recover() throws IOException {
    List<Long> numbers;
    try (Stream<Path> files = Files.list(folder)) {
      numbers = files.map(Segment::number).filter(number -> number >= 0).sorted().toList();
    }
    confirmed = readCursor();
    for (long number : numbers) {
      Segment segment = Segment.open(folder, number);
      segments.add(segment);
      if (number < confirmed.segment()) {
        deleteFirst();
      } else {
        if (number == confirmed.segment() && confirmed.offset() > segment.end()) {
          confirmed = new Position(number, segment.end());
        }
        scan(segment, number == confirmed.segment() ? confirmed.offset() : 0);
        bytes += segment.end();
      }
    }
    if (!segments.isEmpty() && segments.getFirst().number() > confirmed.segment()) {
      confirmed = new Position(segments.getFirst().number(), 0);
    } else if (segments.isEmpty()) {
      confirmed = new Position(confirmed.segment() + 1, 0);
    }
    saved = confirmed;
    rewind();
  }

  private void scan(Segment segment, long from) throws IOException {
    boolean damaged = false;
    long at = Math.min(from, segment.end());
    while (at < segment.end()) {
      byte[] payload = segment.payload(at);
      if (payload != null) {
        unconfirmedEvents += Math.max(0, ByteBuffer.wrap(payload).getInt());
        at += SpoolRecord.HEADER + payload.length;
        continue;
      }
      long next = segment.nextRecord(at + 1);
      if (next == segment.end()) {
        LOG.warn("{}: {} bytes of a torn record cut off at {}", segment, next - at, at);
        if (segment.end() - at > 0) {
          segment.cut(at);
        }
        return;
      }
      if (!damaged) {
        segment.quarantine();
        damaged = true;
      }
      at = next; // counted when the reader gets there
    }
  }

  private void skipDamage(Segment segment) throws IOException {
    long next = segment.nextRecord(read.offset() + 1);
    damagedBytes += next - read.offset();
    LOG.error(
        "{}: {} damaged bytes at {} skipped; a copy of the file is kept beside it",
        segment,
        next - read.offset(),
        read.offset());
    read = new Position(segment.number(), next);
  }

  /** The segment in which the reading goes on, or null when all is read. */
  private @Nullable Segment segmentOf(Position position) {
    for (Segment segment : segments) {
      if (segment.number() == position.segment() && position.offset() < segment.end()) {
        return segment;
      }
      if (segment.number() > position.segment() && segment.end() > 0) {
        read = new Position(segment.number(), 0);
        return segment;
      }
    }
    return null;
  }

  private Segment writable(int size) throws IOException {
    Segment last = segments.peekLast();
    if (last != null && (last.end() == 0 || last.end() + size <= SEGMENT_BYTES)) {
      return last;
    }
    if (last != null) {
      last.sync();
    }
    long number =
        last == null ? Math.max(confirmed.segment(), read.segment()) + 1 : last.number() + 1;
    Segment fresh = Segment.open(folder, number);
    segments.add(fresh);
    OwnerOnly.syncFolder(folder);
    return fresh;
  }

  /** Takes back what a failed append has written. */
  private void undo(@Nullable Segment before, long endBefore) throws IOException {
    while (!segments.isEmpty() && segments.getLast() != before) {
      Segment added = segments.removeLast();
      bytes -= Math.min(bytes, added.end());
      added.delete();
    }
    if (before != null && before.end() > endBefore) {
      bytes -= before.end() - endBefore;
      before.cut(endBefore);
    }
  }

  private boolean deleteFirst() throws IOException {
    Segment done = segments.removeFirst();
    bytes = Math.max(0, bytes - done.end());
    done.delete();
    return true;
  }

  private Position readCursor() throws IOException {
    Path file = folder.resolve("cursor");
    if (!Files.exists(file)) {
      return new Position(0, 0);
    }
    byte[] stored = Files.readAllBytes(file);
    ByteBuffer cursor = ByteBuffer.wrap(stored);
    boolean sound =
        stored.length == CURSOR_BYTES && SpoolRecord.checksum(stored, 0, 16) == cursor.getInt(16);
    if (!sound) {
      LOG.warn("{} is damaged: the spool is sent again from its beginning", file);
      return new Position(0, 0);
    }
    return new Position(cursor.getLong(0), cursor.getLong(8));
  }
}
