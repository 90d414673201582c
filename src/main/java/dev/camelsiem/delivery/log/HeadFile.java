package dev.camelsiem.delivery.log;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that remembers how far a log went, so that a missing end is noticed.
 *
 * @param next number of the next event, at least
 */
record HeadFile(long logId, long next) {
  private static final Logger LOG = LoggerFactory.getLogger(HeadFile.class);
  static final String NAME = "head";
  private static final long MOST_SEQUENCE = 1L << 62;
  private static final long MAGIC = 0x5349_454D_4845_4431L; // SIEMHED1
  private static final int VERSION = 1;
  private static final int LENGTH = 36;

  byte[] encode() {
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    buffer.putLong(MAGIC).putLong(VERSION).putLong(logId).putLong(next);
    return buffer.putInt(RecordHeader.checksum(buffer.array(), 0, LENGTH - 4)).array();
  }

  /** What a file says, or null when there is none or it makes no sense. */
  static @Nullable HeadFile read(Disk disk, Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    try (FileChannel channel = disk.open(file, READ)) {
      while (buffer.hasRemaining() && channel.read(buffer) > 0) {
        // goes on
      }
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      LOG.error("Cannot read {}, going on without it: {}", file, e.toString());
      return null;
    }
    if (buffer.hasRemaining()
        || buffer.getLong(0) != MAGIC
        || buffer.getInt(LENGTH - 4) != RecordHeader.checksum(buffer.array(), 0, LENGTH - 4)) {
      LOG.error("{} is damaged; events missing at the log's end may not be noticed", file);
      return null;
    }
    if (buffer.getLong(8) > VERSION) {
      throw new IOException(
          file + " was written by a newer camel-siem: start that one, or use an empty folder");
    }
    return new HeadFile(
        buffer.getLong(16), Math.min(MOST_SEQUENCE, Math.max(1, buffer.getLong(24))));
  }
}
