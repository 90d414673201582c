package dev.camelsiem.delivery.log;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that remembers how far a log went and who reads it, so that a missing end and a missing
 * cursor are noticed.
 *
 * @param next number of the next event, at least
 * @param cursors their names
 */
record HeadFile(long logId, long next, List<String> cursors) {
  private static final Logger LOG = LoggerFactory.getLogger(HeadFile.class);
  static final String NAME = "head";
  private static final long MOST_SEQUENCE = 1L << 62;
  private static final long MAGIC = 0x5349_454D_4845_4431L; // SIEMHED1
  private static final int VERSION = 1;
  private static final int FIXED = 32;
  private static final int CHECKSUM = 4;
  private static final int MOST_BYTES = 1 << 20;
  private static final int LEAST_BYTES_OF_NAME = 1;

  byte[] encode() {
    ByteWriter body = new ByteWriter();
    body.fixed(MAGIC);
    body.fixed(VERSION);
    body.fixed(logId);
    body.fixed(next);
    body.varint(cursors.size());
    cursors.forEach(body::text);
    byte[] bytes = new byte[body.size() + CHECKSUM];
    body.copyTo(bytes, 0);
    int checksum = RecordHeader.checksum(bytes, 0, body.size());
    ByteBuffer.wrap(bytes).putInt(body.size(), checksum);
    return bytes;
  }

  /** What a file says, or null when there is none or it makes no sense. */
  static @Nullable HeadFile read(Disk disk, Path file) throws IOException {
    ByteBuffer buffer;
    try (FileChannel channel = disk.open(file, READ)) {
      buffer = ByteBuffer.allocate((int) Math.min(MOST_BYTES, channel.size()));
      while (buffer.hasRemaining() && channel.read(buffer) > 0) {
        // goes on
      }
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      LOG.error("Cannot read {}, going on without it: {}", file, e.toString());
      return null;
    }
    int body = buffer.position() - CHECKSUM;
    byte[] bytes = buffer.array();
    if (body < FIXED
        || buffer.getLong(0) != MAGIC
        || buffer.getInt(body) != RecordHeader.checksum(bytes, 0, body)) {
      LOG.error("{} is damaged; events missing at the log's end may not be noticed", file);
      return null;
    }
    if (buffer.getLong(8) > VERSION) {
      throw new IOException(
          file + " was written by a newer camel-siem: start that one, or use an empty folder");
    }
    long next = Math.min(MOST_SEQUENCE, Math.max(1, buffer.getLong(24)));
    return new HeadFile(buffer.getLong(16), next, names(bytes, body, file));
  }

  private static List<String> names(byte[] bytes, int to, Path file) {
    List<String> names = new ArrayList<>();
    if (to == FIXED) {
      return names; // written by an older build
    }
    try {
      ByteReader reader = new ByteReader(bytes, FIXED, to);
      for (int left = reader.count(LEAST_BYTES_OF_NAME); left > 0; left--) {
        names.add(reader.someText());
      }
    } catch (DamagedException e) {
      LOG.error("{} does not tell who reads the log: {}", file, e.getMessage());
    }
    return names;
  }
}
