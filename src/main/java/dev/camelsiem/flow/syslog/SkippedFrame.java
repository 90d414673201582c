package dev.camelsiem.flow.syslog;

import java.util.Arrays;

/** A frame over the limit while it passes by: its first bytes and its length. Not thread-safe. */
final class SkippedFrame {
  private static final byte[] NONE = {};

  private byte[] kept = NONE;
  private int keptLength;
  private long length;
  private byte last;

  /** Another frame, of which so many bytes are kept at most. */
  void begin(long most) {
    kept = new byte[(int) Math.min(FrameReader.KEPT_BYTES, most)];
    keptLength = 0;
    length = 0;
    last = 0;
  }

  void add(byte[] bytes, int from, int to) {
    int more = Math.min(kept.length - keptLength, to - from);
    System.arraycopy(bytes, from, kept, keptLength, more);
    keptLength += more;
    length += to - from;
    last = to > from ? bytes[to - 1] : last;
  }

  /** The line is over; a carriage return at its end was part of the line end. */
  void endLine() {
    if (last == '\r') {
      keptLength -= keptLength == length ? 1 : 0;
      length--;
    }
  }

  long length() {
    return length;
  }

  int heldBytes() {
    return kept.length;
  }

  /** Its first bytes, which are forgotten here. */
  byte[] take() {
    byte[] result = Arrays.copyOf(kept, keptLength);
    kept = NONE;
    return result;
  }
}
