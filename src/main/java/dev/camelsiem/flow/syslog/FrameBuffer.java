package dev.camelsiem.flow.syslog;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Lines;
import java.util.Arrays;

/**
 * The bytes of a stream from the begin of the frame that is not complete. Frames share the array
 * that they arrived in, so none is ever written to twice. Not thread-safe.
 */
final class FrameBuffer {
  private static final byte[] NONE = {};

  /** An array is given up for a smaller one when less than this part of it is still waited on. */
  private static final int LEAST_PART = 4;

  /** Longest frame with what stands around it: no more room than this is made ahead. */
  private final int most;

  byte[] bytes = NONE;

  /** Where the frame that is not complete yet begins. */
  int start;

  /** Up to here no line end was found. */
  int scanned;

  int end;

  FrameBuffer(int most) {
    this.most = most;
  }

  /** Length of the array that {@link #room} would give. */
  int sizeFor(int more) {
    if (bytes.length - end >= more) {
      return bytes.length;
    }
    int carry = end - start;
    return carry + Math.max(0, Math.min(carry, most - carry)) + more;
  }

  byte[] room(int more) {
    if (bytes.length - end < more) {
      move(new byte[sizeFor(more)]);
    }
    return bytes;
  }

  /** Holds no more than what still waits calls for. */
  void settle() {
    int carry = end - start;
    if (carry == 0) {
      clear();
    } else if (carry < bytes.length / LEAST_PART) {
      move(new byte[carry]);
    }
  }

  void clear() {
    bytes = NONE;
    start = 0;
    scanned = 0;
    end = 0;
  }

  private void move(byte[] target) {
    int carry = end - start;
    System.arraycopy(bytes, start, target, 0, carry);
    bytes = target;
    scanned = Math.max(0, scanned - start);
    start = 0;
    end = carry;
  }

  boolean isEmpty() {
    return start == end;
  }

  int waiting() {
    return end - start;
  }

  /** A copy of the first bytes that wait. */
  byte[] first(int most) {
    return Arrays.copyOfRange(bytes, start, start + Math.min(most, end - start));
  }

  int digitsAt(int from) {
    int i = from;
    while (i < end && Ascii.isDigit(bytes[i])) {
      i++;
    }
    return i - from;
  }

  /** So many digits at {@link #start} as a number. */
  int number(int digits) {
    int value = 0;
    for (int i = start; i < start + digits; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  /** Where the next line feed is, or {@link #end}. */
  int lineEnd(int from) {
    return Lines.end(bytes, from, end);
  }

  void skipLineEnds() {
    while (start < end && (bytes[start] == '\n' || bytes[start] == '\r')) {
      start++;
    }
  }

  /** Goes on after a place where nothing is known of the bytes behind. */
  void goTo(int place) {
    start = place;
    scanned = place;
  }
}
