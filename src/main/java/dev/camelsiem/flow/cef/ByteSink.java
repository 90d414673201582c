package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.text.Ascii;
import java.util.Arrays;

/**
 * Where the encoder writes: straight into the batch, behind its last event. Grows as needed; not
 * thread-safe.
 */
final class ByteSink {
  private EncodedBatch.Builder batch = new EncodedBatch.Builder(0);
  private byte[] bytes = new byte[0];
  private int start;
  private int at;

  /** Begins a line behind the last event of a batch. */
  void begin(EncodedBatch.Builder target) {
    batch = target;
    bytes = target.room(512);
    start = target.position();
    at = start;
  }

  /** Begins the same line anew. */
  void rewind() {
    at = start;
  }

  int at() {
    return at;
  }

  int length() {
    return at - start;
  }

  /** The array with room for more bytes at {@link #at()}; the writer then calls {@link #end}. */
  byte[] room(int more) {
    if (bytes.length - at < more) {
      bytes = batch.room(at - start + more);
    }
    return bytes;
  }

  void end(int newAt) {
    at = newAt;
  }

  void put(byte[] source) {
    put(source, 0, source.length);
  }

  void put(byte[] source, int from, int length) {
    byte[] target = room(length);
    System.arraycopy(source, from, target, at, length);
    at += length;
  }

  void put(char ascii) {
    room(1)[at++] = (byte) ascii;
  }

  /** A number in decimal, without sign when positive. */
  void putNumber(long number) {
    byte[] target = room(20);
    if (number < 0) {
      if (number == Long.MIN_VALUE) {
        put(MIN_LONG);
        return;
      }
      target[at++] = '-';
      number = -number;
    }
    int digits = digits(number);
    for (int i = at + digits - 1; i >= at; i--) {
      target[i] = (byte) ('0' + number % 10);
      number /= 10;
    }
    at += digits;
  }

  /** The bits of a number in hexadecimal, with zeros in front up to a number of digits. */
  void putHex(long number, int leastDigits) {
    int digits = Math.max(leastDigits, (67 - Long.numberOfLeadingZeros(number)) / 4);
    byte[] target = room(16);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      target[at++] = HEX[(int) (number >>> shift) & 15];
    }
  }

  byte[] copy() {
    return Arrays.copyOfRange(bytes, start, at);
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private static final byte[] HEX = Ascii.bytes("0123456789abcdef");
  private static final byte[] MIN_LONG = Ascii.bytes(Long.toString(Long.MIN_VALUE));
}
