package dev.camelsiem.edge.camel.deadletter;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.flow.event.DeadLetter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of JSON lines that dead letters are appended to, with the full ones beside it.
 *
 * <p>A batch is on disk, synced, when {@link #append} returns, or not in the file at all when it
 * throws. Thread-safe. One process at a time: a lock file says whose it is.
 */
final class LetterFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LetterFile.class);

  private final LetterLimits limits;
  private final Segments segments;
  private final Path path;
  private final FileChannel lockChannel;
  private @Nullable FileChannel channel;
  private long size;
  private boolean full;

  /**
   * Opens or creates the file; what a crash left of an unfinished line is cut off.
   *
   * @throws IOException when it can't be opened or another process holds it
   */
  LetterFile(Path path, LetterLimits limits) throws IOException {
    this.path = path;
    this.limits = limits;
    this.segments = new Segments(path);
    DurableFiles.createFolderOf(path);
    FileChannel lock = DurableFiles.lock(path);
    if (lock == null) {
      throw new IOException("another process writes these dead letters: " + path);
    }
    lockChannel = lock;
    try {
      channel = open();
    } catch (IOException | RuntimeException e) {
      lockChannel.close();
      throw e;
    }
  }

  /**
   * Writes and syncs a batch.
   *
   * @throws IOException when nothing of the batch was kept: the disk or the quota is full
   */
  synchronized void append(List<DeadLetter> letters) throws IOException {
    FileChannel current = current();
    long start = size;
    current.truncate(start); // what an attempt left that could not even be undone
    current.position(start);
    try {
      OutputStream out = new BufferedOutputStream(new Appender(current), 1 << 16);
      DeadLetterJson.write(letters, Instant.now(), out);
      out.flush();
      makeRoom(start);
      current.force(false);
    } catch (IOException | RuntimeException e) {
      size = start;
      undo(current, e);
      throw e;
    }
  }

  private void undo(FileChannel current, Exception why) {
    try {
      current.truncate(size);
    } catch (IOException e) {
      why.addSuppressed(e); // the next batch does it, or the next start
    }
  }

  /**
   * The file to append to. When an attempt to begin a new one failed, the next batch opens what is
   * there, be it the full one.
   */
  private FileChannel current() throws IOException {
    FileChannel current = channel;
    if (current != null && size >= limits.segmentBytes()) {
      channel = null;
      current.close();
      current = null;
      segments.archive();
    }
    if (current == null) {
      DurableFiles.createFolderOf(path);
      current = open();
      channel = current;
    }
    return current;
  }

  /** Frees or refuses, so that all files together stay below the limit. */
  private void makeRoom(long start) throws IOException {
    long total = segments.archivedBytes() + size;
    while (total > limits.maxBytes()) {
      long freed = limits.dropOldest() ? segments.deleteOldest() : 0;
      if (freed == 0) {
        sayOnce();
        throw new IOException(
            "dead letters are full: %d bytes below %s, %d more would pass maxBytes=%d; read and remove the numbered files, or raise maxBytes"
                .formatted(total - (size - start), path, size - start, limits.maxBytes()));
      }
      total -= freed;
    }
    full = false;
  }

  private void sayOnce() {
    if (!full) {
      full = true;
      LOG.error("Dead letters are full, new ones are refused and sources will wait: {}", path);
    }
  }

  private FileChannel open() throws IOException {
    Set<java.nio.file.OpenOption> options = Set.of(CREATE, READ, WRITE, LinkOption.NOFOLLOW_LINKS);
    FileChannel opened = FileChannel.open(path, options, DurableFiles.ownerOnly());
    try {
      DurableFiles.syncFolder(DurableFiles.folderOf(path));
      size = endOfLastLine(opened);
      opened.truncate(size);
      opened.position(size);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static long endOfLastLine(FileChannel file) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(1 << 13);
    long end = file.size();
    while (end > 0) {
      long from = Math.max(0, end - block.capacity());
      block.clear().limit((int) (end - from));
      while (block.hasRemaining() && file.read(block, from + block.position()) >= 0) {}
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return from + i + 1;
        }
      }
      end = from;
    }
    return 0;
  }

  @Override
  public synchronized void close() throws IOException {
    try (lockChannel) {
      if (channel != null) {
        channel.close();
      }
    }
  }

  /** Counts what goes to the file. */
  private final class Appender extends OutputStream {
    private final FileChannel target;

    Appender(FileChannel target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
      while (buffer.hasRemaining()) {
        size += target.write(buffer);
      }
    }
  }
}
