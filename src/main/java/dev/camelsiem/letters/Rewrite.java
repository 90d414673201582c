package dev.camelsiem.letters;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.durable.CrashPoint;
import dev.camelsiem.durable.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file without some of its lines: first a copy beside it, synced, then one name for the other. A
 * file that keeps all lines is only read. Not thread-safe.
 */
final class Rewrite {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ENDING = ".tmp";

  private final Path file;
  private final Path copy;
  private @Nullable FileChannel channel;
  private @Nullable OutputStream out;
  private long read;
  private long left;

  private Rewrite(Path file) {
    this.file = file;
    this.copy =
        file.resolveSibling("%s.%016x%s".formatted(file.getFileName(), RANDOM.nextLong(), ENDING));
  }

  /**
   * Writes the copy; when that fails, none is left.
   *
   * @param keep false for a line to leave out
   * @return null when no line is left out
   * @throws UnreadableException when the file can't be read
   */
  static @Nullable Rewrite of(Path file, FileLines.Taker keep) throws IOException {
    Rewrite rewrite = new Rewrite(file);
    try {
      boolean unused =
          FileLines.each(file, (bytes, from, to) -> rewrite.take(keep, bytes, from, to));
      return rewrite.finish() ? rewrite : null;
    } catch (IOException | RuntimeException e) {
      rewrite.discard(e);
      throw e;
    }
  }

  private boolean take(FileLines.Taker keep, byte[] bytes, int from, int to) throws IOException {
    int length = to - from + 1;
    if (!keep.take(bytes, from, to)) {
      if (out == null) {
        begin();
      }
    } else {
      if (out != null) {
        out.write(bytes, from, length);
      }
      left += length;
    }
    read += length;
    return true;
  }

  /** The first line that goes: all before it stay. */
  private void begin() throws IOException {
    Set<java.nio.file.OpenOption> options = Set.of(CREATE_NEW, WRITE, LinkOption.NOFOLLOW_LINKS);
    FileChannel opened = FileChannel.open(copy, options, DurableFiles.ownerOnly());
    channel = opened;
    try (FileChannel from = FileChannel.open(file, READ)) {
      long at = 0;
      while (at < read) {
        long copied = from.transferTo(at, read - at, opened);
        if (copied <= 0) {
          throw new IOException(file + " became shorter while it was read");
        }
        at += copied;
      }
    }
    out = new BufferedOutputStream(Channels.newOutputStream(opened), 1 << 16);
  }

  private boolean finish() throws IOException {
    if (out == null || channel == null) {
      return false;
    }
    out.flush();
    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(file)); // as old as it was
    channel.force(true);
    channel.close();
    return true;
  }

  Path copy() {
    return copy;
  }

  /** Bytes of the lines that stay. */
  long left() {
    return left;
  }

  /** Gives the copy the name of the file. */
  void replace() throws IOException {
    replace(file, copy, left);
  }

  /** The same for a copy of a process before; a file of which nothing is left is deleted. */
  static void replace(Path file, Path copy, long left) throws IOException {
    Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (left == 0) {
      Files.deleteIfExists(file);
    }
    CrashPoint.reached("letters-replaced");
    DurableFiles.syncFolder(DurableFiles.folderOf(file));
  }

  /** Whether the copy has taken the place of the file, also when {@link #replace} threw. */
  boolean isReplaced() {
    return Files.notExists(copy);
  }

  /** Deletes the copy. */
  void discard(Exception why) {
    try {
      if (channel != null) {
        channel.close();
      }
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Whether a name is that of a copy of a file, of this version or one before. */
  static boolean isCopy(String name) {
    return name.endsWith(ENDING);
  }
}
