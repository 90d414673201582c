package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a file begins with: tells a file from another one that got its inode later.
 *
 * @param length how many bytes were hashed, at most {@value #MAX_BYTES}; grows with the file
 * @param hash hexadecimal, empty when nothing was hashed
 */
record Fingerprint(int length, String hash) {
  static final int MAX_BYTES = 1024;
  static final Fingerprint NONE = new Fingerprint(0, "");

  private static final int HASH_BYTES = 16;

  /**
   * The fingerprint as far as the file goes now, or null when it no longer begins as it did: it was
   * cut, or it is another file.
   */
  @Nullable Fingerprint extend(FileChannel file) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(MAX_BYTES);
    int count = 0;
    while (count >= 0 && head.hasRemaining()) {
      count = file.read(head, head.position());
    }
    int available = head.position();
    if (available < length || (length > 0 && !hash(head.array(), length).equals(hash))) {
      return null;
    }
    return available == length ? this : new Fingerprint(available, hash(head.array(), available));
  }

  private static String hash(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
