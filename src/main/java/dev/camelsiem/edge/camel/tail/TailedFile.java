package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.flow.event.EventId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One file that is tailed, by whatever name, and how far it was read. Not thread-safe. */
final class TailedFile {
  final String key;

  /** The name it has or had last. */
  Path path;

  /** {@link #path} as text: the origin of its events. */
  String origin;

  /** The same file with links followed; what is opened. */
  Path realPath;

  Fingerprint fingerprint = Fingerprint.NONE;

  /**
   * Names what the file holds in the ids of its events. Random, kept in the checkpoint, and a new
   * one whenever the content is another: neither path, inode nor the file's head could tell a
   * rotated or truncated file from the one before it, or would stay the same while a small file
   * grows. When the checkpoint is lost, so are the names, and what is read again has new ids.
   */
  long source = EventId.newSource();

  /** False until a checkpoint holds {@link #source}. */
  boolean sourceSaved;

  /** Start of the first line that was not handed out yet. */
  long offset;

  /** Start of the first line that was not delivered yet: what a checkpoint says. */
  long delivered;

  /** Size when last looked at. */
  long size;

  /** Size at which no further line could be read; -1 when there may be one. */
  long stuckSize = -1;

  /** {@link System#nanoTime()} of the moment when {@link #stuckSize} was reached. */
  long stuckSince;

  /** The line that is being passed over because it is too long, or null. */
  @Nullable OversizeLine oversize;

  /** Another file that must be read to its end first, since it had this one's name before. */
  @Nullable TailedFile predecessor;

  @Nullable FileChannel channel;

  /** Epoch milliseconds when a scan last saw it. */
  long seen;

  /**
   * {@link System#nanoTime()} since when it has none of the wanted names any more; 0 while it has.
   */
  long goneSince;

  /** True while it can't be opened, so that it is said once. */
  boolean unreadable;

  /** True while it has lines in the batch. */
  boolean inBatch;

  /** {@link System#nanoTime()} of the last read, for choosing which descriptor to close. */
  long lastRead;

  TailedFile(String key, Path path, Path realPath) {
    this.key = key;
    this.path = path;
    this.realPath = realPath;
    this.origin = path.toString();
  }

  void moveTo(Path newPath, Path newRealPath) {
    path = newPath;
    realPath = newRealPath;
    origin = newPath.toString();
  }

  /** Bytes that were not read yet. */
  long lag() {
    return Math.max(0, size - offset);
  }

  boolean hasUnreadLines() {
    return size != offset && size != stuckSize;
  }

  /** Starts again at the top: the content is not what it was. */
  void restart() {
    source = EventId.newSource();
    sourceSaved = false;
    offset = 0;
    delivered = 0; // a place in the old content would skip lines of the new one
    stuckSize = -1;
    oversize = null;
    fingerprint = Fingerprint.NONE;
  }

  /** Goes back to the place that was delivered: what was read beyond it is forgotten. */
  void rewind() {
    offset = delivered;
    stuckSize = -1;
    oversize = null;
    inBatch = false;
  }

  void stuckAt(long atSize) {
    if (stuckSize != atSize) {
      stuckSize = atSize;
      stuckSince = System.nanoTime();
    }
  }

  void close() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      channel = null;
      open.close();
    }
  }

  @Override
  public String toString() {
    return origin;
  }
}
