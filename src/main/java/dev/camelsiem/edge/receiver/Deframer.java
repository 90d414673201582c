package dev.camelsiem.edge.receiver;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts a stream into messages: octet counting when it begins with a digit, else lines (RFC 6587).
 * Not thread-safe.
 */
final class Deframer {
  /** A longer message is a sender gone wrong. */
  private static final int LONGEST = 4 << 20;

  private static final int MOST_DIGITS = 7;

  private byte[] buffer = new byte[64 << 10];
  private int filled;
  private int begin;
  private boolean decided;
  private boolean counting;

  byte[] buffer() {
    if (filled == buffer.length) {
      if (begin > 0) {
        System.arraycopy(buffer, begin, buffer, 0, filled - begin);
        filled -= begin;
        begin = 0;
      } else {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
    }
    return buffer;
  }

  /** Where the next bytes go in {@link #buffer()}. */
  int filled() {
    return filled;
  }

  /** Takes note of bytes that were read into the buffer. */
  void read(int count) {
    filled += count;
    if (!decided && filled > begin) {
      counting = buffer[begin] >= '0' && buffer[begin] <= '9';
      decided = true;
    }
  }

  /**
   * Moves to the next whole message.
   *
   * @return false when more bytes are needed
   * @throws IOException when the stream cannot be cut
   */
  boolean next(Cut cut) throws IOException {
    boolean whole = counting ? nextCounted(cut) : nextLine(cut);
    if (!whole && filled - begin > LONGEST) {
      throw new IOException("a message of more than " + LONGEST + " bytes");
    }
    return whole;
  }

  /** What is left at the end of the stream. */
  boolean rest(Cut cut) {
    cut.from = begin;
    cut.to = filled;
    return filled > begin;
  }

  byte[] array() {
    return buffer;
  }

  private boolean nextLine(Cut cut) {
    for (int i = begin; i < filled; i++) {
      if (buffer[i] == '\n') {
        cut.from = begin;
        cut.to = i > begin && buffer[i - 1] == '\r' ? i - 1 : i;
        begin = i + 1;
        return true;
      }
    }
    return false;
  }

  private boolean nextCounted(Cut cut) throws IOException {
    int length = 0;
    for (int i = begin; i < filled; i++) {
      byte b = buffer[i];
      if (b == ' ' && i > begin) {
        if (filled - i - 1 < length) {
          return false;
        }
        cut.from = i + 1;
        cut.to = i + 1 + length;
        begin = cut.to;
        return true;
      }
      if (b < '0' || b > '9' || i - begin >= MOST_DIGITS) {
        throw new IOException("not an octet count");
      }
      length = length * 10 + (b - '0');
    }
    return false;
  }

  /** Where a message lies in {@link #array()}. */
  static final class Cut {
    int from;
    int to;
  }
}
