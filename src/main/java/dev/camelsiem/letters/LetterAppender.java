package dev.camelsiem.letters;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Appends to the file that is written, all of a batch or nothing. Not thread-safe. */
final class LetterAppender implements AutoCloseable {
  private static final int BLOCK = 1 << 16;

  private final Path path;
  private @Nullable FileChannel channel;
  private long size;
  private long before;

  LetterAppender(Path path) throws IOException {
    this.path = path;
    open();
  }

  /**
   * Opens the file unless it is open. When an attempt to begin a new one failed, this opens what is
   * there, be it the full one. An interrupt closes the channel of the thread that it meets: then
   * the file is opened again and ends where the last batch that was kept ends.
   */
  void open() throws IOException {
    FileChannel known = channel;
    if (known != null && known.isOpen()) {
      return;
    }
    long kept = known == null ? Long.MAX_VALUE : before;
    DurableFiles.createFolderOf(path);
    Set<java.nio.file.OpenOption> options = Set.of(CREATE, READ, WRITE, LinkOption.NOFOLLOW_LINKS);
    FileChannel opened = FileChannel.open(path, options, DurableFiles.ownerOnly());
    try {
      DurableFiles.syncFolder(DurableFiles.folderOf(path));
      size = Math.min(kept, endOfLastLine(opened));
      before = size;
      opened.truncate(size);
      channel = opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  long size() {
    return size;
  }

  /** Writes and syncs lines; {@link #undo} takes them away again until {@link #commit}. */
  void append(List<byte[]> lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    FileChannel current = channel;
    if (current == null) {
      throw new IOException("not open: " + path);
    }
    current.truncate(size); // what an attempt left that could not even be undone
    current.position(size);
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (byte[] line : lines) {
      if (line.length > block.remaining()) {
        write(current, block.flip());
        block.clear();
      }
      if (line.length > block.remaining()) {
        write(current, ByteBuffer.wrap(line));
      } else {
        block.put(line);
      }
    }
    write(current, block.flip());
    current.force(false);
  }

  /** What was appended stays. */
  void commit() {
    before = size;
  }

  private void write(FileChannel current, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      size += current.write(bytes);
    }
  }

  /** Takes away what was appended; where that fails, the next {@link #append} does it. */
  void undo(Exception why) {
    size = before;
    FileChannel current = channel;
    if (current != null) {
      try {
        current.truncate(size);
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }
  }

  /** Lets go of the file, so that it can get another name. */
  void shut() throws IOException {
    FileChannel current = channel;
    channel = null;
    size = 0;
    before = 0;
    if (current != null) {
      current.close();
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
  public void close() throws IOException {
    shut();
  }
}
