package dev.camelsiem.lang.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that are not text yet: from {@code buffer_from_base64}, read by {@code decode}. */
public final class Buffer {
  private final byte[] bytes;

  /** Takes the bytes over; nobody may change them afterwards. */
  public Buffer(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes; read only. */
  public byte[] array() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Buffer buffer && Arrays.equals(bytes, buffer.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Buffer of " + bytes.length + " bytes";
  }
}
