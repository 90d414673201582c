package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Writes lines of a checkpoint, each group of them with an end line that has their number and the
 * checksum of all that is before it. Not thread-safe.
 */
final class PlaceWriter {
  /** What only an end line begins with. */
  static final String END = "{\"files\":";

  private final CRC32C crc;
  private final OutputStream out;
  private int lines;

  /**
   * @param crc of all that is in the checkpoint already; goes on with what is written
   */
  PlaceWriter(OutputStream to, CRC32C crc) {
    this.crc = crc;
    this.out = new CheckedOutputStream(to, crc);
  }

  /** A line after the other: with many files all of them would take much memory. */
  void all(Collection<TailedFile> files) throws IOException {
    for (TailedFile file : files) {
      line(SavedPlace.line(file));
    }
    end();
  }

  void line(String line) throws IOException {
    write(line);
    lines++;
  }

  /** Ends a group. */
  void end() throws IOException {
    write(
        "%s%d,\"format\":%d,\"crc32c\":%d}"
            .formatted(END, lines, PlaceReader.FORMAT, crc.getValue()));
    out.flush();
    lines = 0;
  }

  private void write(String line) throws IOException {
    out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
  }
}
