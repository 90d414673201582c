package dev.camelsiem.edge.camel.tail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A line over the limit: its beginning, length and hash are kept, the rest is passed over without
 * being stored. A carriage return at its end does not count.
 */
final class OversizeLine {
  static final int HEAD_BYTES = 8 * 1024;

  /** Where the line begins in the file. */
  final long start;

  /** The first bytes of the line. */
  final byte[] head;

  /** Up to where it was passed over. */
  long scanned;

  /** True when its dead letter was written before its end was seen. */
  boolean reported;

  private final MessageDigest digest = sha256();
  private boolean endsWithReturn;

  OversizeLine(long start, byte[] head) {
    this.start = start;
    this.head = head;
    this.scanned = start;
  }

  /** Takes the next bytes of the line. */
  void pass(byte[] bytes, int from, int to) {
    if (to > from) {
      if (endsWithReturn) {
        digest.update((byte) '\r');
      }
      endsWithReturn = bytes[to - 1] == '\r';
      digest.update(bytes, from, endsWithReturn ? to - from - 1 : to - from);
      scanned += to - from;
    }
  }

  /** Bytes of the line so far. */
  long length() {
    return scanned - start - (endsWithReturn ? 1 : 0);
  }

  /** SHA-256 of the line, in hexadecimal; once. */
  String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
