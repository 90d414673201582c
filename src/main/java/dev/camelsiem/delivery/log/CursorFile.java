package dev.camelsiem.delivery.log;

import static java.nio.file.StandardOpenOption.READ;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a cursor: its name, its log, its state, a checksum. */
final class CursorFile {
  private static final Logger LOG = LoggerFactory.getLogger(CursorFile.class);
  static final String SUFFIX = ".cursor";
  private static final long MAGIC = 0x5349_454D_4355_5231L; // SIEMCUR1
  private static final int VERSION = 1;
  private static final int MOST_BYTES = 4 << 20;
  private static final long MOST_SEQUENCE = 1L << 62;
  private static final int LEAST_BYTES_OF_GAP = 26;

  /** What a file holds. */
  record Content(String name, long logId, CursorState state) {}

  private CursorFile() {}

  /** A file's name for a cursor's; different ones for different cursors. */
  static String fileName(String name) {
    return DurableFiles.safeName(name) + SUFFIX;
  }

  /**
   * The cursor's name that a file's name tells, for a file that does not tell it itself; null when
   * it is none, or one of a long name, which is shortened.
   */
  static @Nullable String nameOf(String fileName, String suffix) {
    if (!fileName.endsWith(suffix)) {
      return null;
    }
    String text = fileName.substring(0, fileName.length() - suffix.length());
    byte[] bytes = new byte[text.length()];
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (low >= 0) {
        bytes[size++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[size++] = (byte) c;
      }
    }
    String name = new String(bytes, 0, size, StandardCharsets.UTF_8);
    return fileName.equals(DurableFiles.safeName(name) + suffix) ? name : null;
  }

  static byte[] encode(Content content) {
    ByteWriter writer = new ByteWriter();
    writer.fixed(MAGIC);
    writer.fixed(VERSION);
    writer.fixed(content.logId());
    writer.text(content.name());
    CursorState state = content.state();
    write(writer, state.committed());
    writer.varint(state.gaps().size());
    for (Gap gap : state.gaps()) {
      Position to = gap.to();
      write(writer, gap.from());
      writer.octet(to == null ? 0 : 1);
      if (to != null) {
        write(writer, to);
      }
      writer.text(gap.cause());
    }
    writer.varint(state.keys().size());
    state.keys().forEach(writer::fixed);
    byte[] body = writer.toArray();
    return ByteBuffer.allocate(body.length + 4)
        .put(body)
        .putInt(RecordHeader.checksum(body, 0, body.length))
        .array();
  }

  /**
   * Reads a file.
   *
   * @throws DamagedException when it is not as it was written
   * @throws NewerVersionException when a newer camel-siem wrote it
   * @throws IOException when it cannot be read
   */
  static Content read(Disk disk, Path file) throws IOException, DamagedException {
    try (FileChannel channel = disk.open(file, READ)) {
      long size = channel.size();
      if (size == 0 || size > MOST_BYTES) {
        throw new DamagedException("has " + size + " bytes");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) size);
      while (buffer.hasRemaining() && channel.read(buffer) > 0) {
        // goes on
      }
      return decode(buffer.array(), buffer.position(), file);
    }
  }

  /** The log that the cursors of a folder belong to, or null when none of them tells. */
  static @Nullable Long anyLogId(Disk disk, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path each : files) {
        try {
          return read(disk, each).logId();
        } catch (NewerVersionException | ClosedByInterruptException e) {
          throw e;
        } catch (DamagedException | IOException e) {
          LOG.debug("{} tells no log", each, e); // told when it is loaded
        }
      }
    }
    return null;
  }

  static Content decode(byte[] bytes, int length, Path file) throws IOException, DamagedException {
    int body = length - 4;
    if (body < 0 || ByteBuffer.wrap(bytes).getInt(body) != RecordHeader.checksum(bytes, 0, body)) {
      throw new DamagedException("its checksum is wrong");
    }
    ByteReader reader = new ByteReader(bytes, 0, body);
    if (reader.fixed() != MAGIC) {
      throw new DamagedException("it is no cursor");
    }
    long version = reader.fixed();
    if (version > VERSION) {
      throw new NewerVersionException(
          file + " was written by a newer camel-siem: start that one, or delete the file");
    }
    long logId = reader.fixed();
    String name = reader.someText();
    Position committed = position(reader);
    List<Gap> gaps = gaps(reader);
    List<Long> keys = new ArrayList<>();
    int count = Math.min(reader.count(8), CursorState.MOST_KEYS);
    for (int i = 0; i < count; i++) {
      keys.add(reader.fixed());
    }
    return new Content(name, logId, new CursorState(committed, gaps, keys));
  }

  private static List<Gap> gaps(ByteReader reader) throws DamagedException {
    int count = reader.count(LEAST_BYTES_OF_GAP);
    List<Gap> gaps = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < count; i++) {
      Position from = position(reader);
      Position to = reader.octet() == 0 ? null : position(reader);
      gaps.add(new Gap(from, to, reader.someText()));
      @Nullable Position end = to == null ? from : to;
      if (from.sequence() < before
          || end.sequence() < from.sequence()
          || to == null && i < count - 1) {
        throw new DamagedException("its gaps are out of order");
      }
      before = end.sequence();
    }
    return gaps;
  }

  private static void write(ByteWriter writer, Position position) {
    writer.fixed(position.sequence());
    writer.fixed(position.segment());
    writer.fixed(position.offset());
  }

  private static Position position(ByteReader reader) throws DamagedException {
    Position position = new Position(reader.fixed(), reader.fixed(), reader.fixed());
    if (position.sequence() < 1
        || position.sequence() > MOST_SEQUENCE
        || position.segment() < 1
        || position.offset() < 0) {
      throw new DamagedException("it names no place: " + position);
    }
    return position;
  }
}
