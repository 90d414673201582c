package dev.camelsiem.delivery.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.durable.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed place of a cursor, written in place and not synced, after every window: a process
 * that is killed goes on from here, while after a power loss the synced {@link CursorFile} of the
 * last second counts. Two slots in turn, each with its checksum, so that one is whole at any time.
 * Thread-safe.
 */
final class PlaceFile implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PlaceFile.class);
  static final String SUFFIX = ".place";
  private static final int SLOT = 64;
  private static final int CHECKED = 32;

  private final Disk disk;
  private final Path path;
  private final long logId;
  private @Nullable FileChannel channel;
  private int slot;

  PlaceFile(Disk disk, Path path, long logId) {
    this.disk = disk;
    this.path = path;
    this.logId = logId;
  }

  /** The one of a cursor of a log. */
  static PlaceFile of(LogState log, Path folder, String cursor) {
    return new PlaceFile(log.disk(), path(folder, cursor), log.id());
  }

  static Path path(Path folder, String cursor) {
    return folder.resolve(DurableFiles.safeName(cursor) + SUFFIX);
  }

  /** The furthest place that was noted, or null when there is none that is whole. */
  synchronized @Nullable Position read() throws ClosedByInterruptException {
    byte[] array = new byte[2 * SLOT];
    ByteBuffer bytes = ByteBuffer.wrap(array);
    try (FileChannel in = disk.open(path, READ)) {
      while (bytes.hasRemaining() && in.read(bytes) > 0) {
        // goes on
      }
    } catch (NoSuchFileException e) {
      return null;
    } catch (ClosedByInterruptException e) {
      throw e; // not the file's fault
    } catch (IOException e) {
      LOG.warn(
          "Cannot read {}: the place that was saved last counts, and a few events may come again",
          path,
          e);
      return null;
    }
    Position first = slot(array, bytes.position(), 0);
    Position second = slot(array, bytes.position(), SLOT);
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return first.sequence() > second.sequence() ? first : second;
  }

  private @Nullable Position slot(byte[] array, int length, int at) {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    if (length < at + CHECKED + 4
        || bytes.getLong(at) != logId
        || bytes.getInt(at + CHECKED) != RecordHeader.checksum(array, at, CHECKED)) {
      return null;
    }
    return new Position(bytes.getLong(at + 8), bytes.getLong(at + 16), bytes.getLong(at + 24));
  }

  /** Notes a place. */
  synchronized void write(Position place) throws IOException {
    FileChannel out = channel;
    if (out == null || !out.isOpen()) { // an interrupt closes it
      out = disk.open(path, CREATE, WRITE);
      channel = out;
    }
    byte[] array = new byte[SLOT];
    ByteBuffer bytes = ByteBuffer.wrap(array);
    bytes.putLong(logId).putLong(place.sequence()).putLong(place.segment()).putLong(place.offset());
    bytes.putInt(RecordHeader.checksum(array, 0, CHECKED)).position(0);
    slot = 1 - slot;
    long at = (long) slot * SLOT;
    while (bytes.hasRemaining()) {
      at += out.write(bytes, at);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    FileChannel out = channel;
    channel = null;
    if (out != null) {
      out.close();
    }
  }
}
