package dev.camelsiem.flow.cef;

import dev.camelsiem.text.Octets;
import java.util.Arrays;

/** Bytes that are the same in many lines, to be copied eight at a time. Immutable. */
final class Piece {
  static final Piece EMPTY = new Piece(new byte[0]);

  final int length;

  /** Holds as many more that mean nothing. */
  final byte[] padded;

  Piece(byte[] bytes) {
    length = bytes.length;
    padded = Arrays.copyOf(bytes, length + Octets.SIZE);
  }

  /** This with another behind it. */
  Piece and(Piece other) {
    byte[] both = Arrays.copyOf(padded, length + other.length);
    System.arraycopy(other.padded, 0, both, length, other.length);
    return new Piece(both);
  }
}
