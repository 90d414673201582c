package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * What stands right before a place in a file: tells a file that goes on from one with the same head
 * that was written anew.
 *
 * @param end the place
 * @param length how many bytes before it are known, at most {@value #MAX_BYTES}; 0 when none
 * @param crc their CRC32C
 */
record Place(long end, int length, long crc) {
  static final int MAX_BYTES = 64;
  static final Place NONE = new Place(0, 0, 0);

  /**
   * The place at an index of an array.
   *
   * @param offset the same place in the file
   */
  static Place at(byte[] bytes, int index, long offset) {
    int length = Math.min(MAX_BYTES, index);
    return length == 0 ? NONE : new Place(offset, length, crc(bytes, index - length, length));
  }

  static Place in(FileChannel file, long offset) throws IOException {
    byte[] before = new byte[(int) Math.min(MAX_BYTES, offset)];
    int count = read(file, before, offset - before.length);
    return count < before.length ? NONE : at(before, count, offset);
  }

  /** How many bytes before an offset must be read to compare them; 0 when nothing is known. */
  int lengthAt(long offset) {
    return offset == end ? length : 0;
  }

  /** Whether an array begins with the bytes before the place. */
  boolean startsLike(byte[] bytes, int count) {
    return count >= length && crc(bytes, 0, length) == crc;
  }

  /** Whether a file has the same bytes before the place; true when nothing is known. */
  boolean isIn(FileChannel file) throws IOException {
    byte[] there = new byte[length];
    return startsLike(there, read(file, there, end - length));
  }

  private static int read(FileChannel file, byte[] target, long offset) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target);
    int count = 0;
    while (count >= 0 && buffer.hasRemaining()) {
      count = file.read(buffer, offset + buffer.position());
    }
    return buffer.position();
  }

  private static long crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return crc.getValue();
  }
}
