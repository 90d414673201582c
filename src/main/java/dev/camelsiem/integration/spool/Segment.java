package dev.camelsiem.integration.spool;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One file of a spool. Appended to at its end, read from any record on. Not thread-safe. */
final class Segment implements AutoCloseable {
  static final String SUFFIX = ".spool";
  private static final int SCAN_CHUNK = 1 << 20;

  private final Path path;
  private final long number;
  private final FileChannel channel;
  private long end;

  private Segment(Path path, long number, FileChannel channel, long end) {
    this.path = path;
    this.number = number;
    this.channel = channel;
    this.end = end;
  }

  /** Opens segment {@code number} of a folder, new or as an earlier process left it. */
  static Segment open(Path folder, long number) throws IOException {
    Path path = folder.resolve(String.format("%016d", number) + SUFFIX);
    FileChannel channel =
        FileChannel.open(
            path, Set.of(CREATE, READ, WRITE, LinkOption.NOFOLLOW_LINKS), OwnerOnly.FILE);
    return new Segment(path, number, channel, channel.size());
  }

  /** The number in a file's name, or -1 when it is no segment. */
  static long number(Path file) {
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(SUFFIX)) {
      return -1;
    }
    String digits = name.substring(0, name.length() - SUFFIX.length());
    boolean numeric =
        !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(Character::isDigit);
    return numeric ? Long.parseLong(digits) : -1;
  }

  long number() {
    return number;
  }

  /** Where the next record goes. */
  long end() {
    return end;
  }

  /** Writes a record at the end, not yet synced. A failed write leaves the end where it was. */
  void append(ByteBuffer record) throws IOException {
    long at = end;
    while (record.hasRemaining()) {
      at += channel.write(record, at);
    }
    end = at;
  }

  void sync() throws IOException {
    channel.force(false);
  }

  /** The payload of the record at an offset, or null when there is no whole and sound one. */
  byte @Nullable [] payload(long offset) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(SpoolRecord.HEADER);
    if (offset + SpoolRecord.HEADER > end || !fill(header, offset)) {
      return null;
    }
    int length = header.getInt(4);
    boolean plausible =
        header.getInt(0) == SpoolRecord.MARKER
            && length >= 4
            && length <= SpoolRecord.LONGEST
            && offset + SpoolRecord.HEADER + length <= end;
    if (!plausible) {
      return null;
    }
    ByteBuffer payload = ByteBuffer.allocate(length);
    if (!fill(payload, offset + SpoolRecord.HEADER)) {
      return null;
    }
    boolean sound = SpoolRecord.checksum(payload.array(), 0, length) == header.getInt(8);
    return sound ? payload.array() : null;
  }

  /** The offset of the next sound record at or after one; {@link #end()} when there is none. */
  long nextRecord(long from) throws IOException {
    byte[] marker = ByteBuffer.allocate(4).putInt(SpoolRecord.MARKER).array();
    ByteBuffer chunk = ByteBuffer.allocate(SCAN_CHUNK);
    for (long at = from; at + SpoolRecord.HEADER <= end; at += SCAN_CHUNK - 3) {
      chunk.clear().limit((int) Math.min(SCAN_CHUNK, end - at));
      if (!fill(chunk, at)) {
        return end;
      }
      for (int i = 0; i + 4 <= chunk.limit(); i++) {
        if (Arrays.equals(chunk.array(), i, i + 4, marker, 0, 4) && payload(at + i) != null) {
          return at + i;
        }
      }
    }
    return end;
  }

  /** Cuts a torn tail, so that new records follow the last sound one. */
  void cut(long newEnd) throws IOException {
    channel.truncate(newEnd);
    channel.force(true);
    end = newEnd;
  }

  /** Keeps a copy of a damaged file beside it, for people who want to look. */
  void quarantine() throws IOException {
    Files.copy(
        path,
        path.resolveSibling(path.getFileName() + ".damaged"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private boolean fill(ByteBuffer buffer, long offset) throws IOException {
    long at = offset;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        return false;
      }
      at += read;
    }
    return true;
  }
}
