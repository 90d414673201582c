package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a file begins with at some moment.
 *
 * @param size in bytes, after its beginning was read
 */
record Head(Fingerprint fingerprint, long size) {
  /** So often a file may become shorter while its beginning is read. */
  private static final int TRIES = 5;

  static Head of(FileChannel file) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      @Nullable Fingerprint fingerprint = Fingerprint.NONE.extend(file);
      long size = file.size();
      if (fingerprint != null && fingerprint.length() <= size) {
        return new Head(fingerprint, size);
      }
    }
    throw new IOException("it is cut again and again");
  }

  boolean isEmpty() {
    return fingerprint.length() == 0;
  }
}
