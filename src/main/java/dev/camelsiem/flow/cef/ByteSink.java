package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Digits;
import dev.camelsiem.text.Octets;
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
    byte[] room = target.room(512);
    if (bytes != room) {
      batch = target;
      bytes = room;
    }
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

  void put(Piece piece) {
    put(piece, 0);
  }

  /** Without its first bytes. */
  void put(Piece piece, int skipped) {
    int length = piece.length - skipped;
    byte[] target = room(length + Octets.SIZE);
    byte[] source = piece.padded;
    for (int i = 0; i < length; i += Octets.SIZE) {
      Octets.put(target, at + i, Octets.get(source, skipped + i)); // what is beyond means nothing
    }
    at += length;
  }

  void put(char ascii) {
    room(1)[at++] = (byte) ascii;
  }

  /** A number in decimal, without sign when positive. */
  void putNumber(long number) {
    if (number == Long.MIN_VALUE) {
      put(MIN_LONG);
      return;
    }
    byte[] target = room(20);
    if (number < 0) {
      target[at++] = '-';
    }
    long positive = Math.abs(number);
    int digits = Digits.count(positive);
    Digits.put(target, at, positive, digits);
    at += digits;
  }

  /** The bits of a number in hexadecimal, with zeros in front up to a number of digits. */
  void putHex(long number, int leastDigits) {
    int digits = Math.max(leastDigits, (67 - Long.numberOfLeadingZeros(number)) / 4);
    byte[] target = room(16);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      target[at++] = Ascii.lowerHex((int) (number >>> shift) & 15);
    }
  }

  byte[] copy() {
    return Arrays.copyOfRange(bytes, start, at);
  }

  private static final byte[] MIN_LONG = Ascii.bytes(Long.toString(Long.MIN_VALUE));
}
