package dev.camelsiem.delivery.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Frames that several integrations send, copied out of the heap once for all of them: those that
 * share an encoding read the same bytes one soon after the other. What one alone sends is not
 * copied here. Thread-safe.
 */
final class SharedFrames implements AutoCloseable {
  private static final int MOST = 32;
  private static final long MOST_BYTES = 8 << 20;

  private final boolean useful;

  // Guarded by this: the newest first.
  private final ArrayDeque<Stretch> stretches = new ArrayDeque<>(MOST);
  private long bytes;
  private boolean closed;

  /** A part of an array that was asked for; copied when it is asked for again. */
  private static final class Stretch {
    private final byte[] array;
    private final int from;
    private final int to;
    private @Nullable ByteBuf copy;

    Stretch(byte[] array, int from, int to) {
      this.array = array;
      this.from = from;
      this.to = to;
    }

    ByteBuf copy() {
      ByteBuf known = copy;
      if (known == null) {
        known = PooledByteBufAllocator.DEFAULT.directBuffer(to - from);
        copy = known.writeBytes(array, from, to - from);
      }
      return known;
    }

    void release() {
      if (copy != null) {
        copy.release();
      }
    }

    boolean is(byte[] otherArray, int otherFrom, int otherTo) {
      return array == otherArray && from == otherFrom && to == otherTo;
    }
  }

  /**
   * @param useful whether many event loops may write one buffer at once, which is so where its
   *     address alone is read
   */
  SharedFrames(boolean useful) {
    this.useful = useful;
  }

  /** The bytes of an array that never changes again, to be released by the caller. */
  ByteBuf of(byte[] array, int from, int to) {
    ByteBuf shared = useful ? shared(array, from, to) : null;
    return shared == null ? Unpooled.wrappedBuffer(array, from, to - from) : shared;
  }

  private synchronized @Nullable ByteBuf shared(byte[] array, int from, int to) {
    for (Stretch each : stretches) {
      if (each.is(array, from, to)) {
        return each.copy().retainedDuplicate();
      }
    }
    if (!closed && to - from <= MOST_BYTES / 2) {
      stretches.addFirst(new Stretch(array, from, to));
      bytes += to - from;
      while (stretches.size() > MOST || bytes > MOST_BYTES) {
        Stretch oldest = stretches.removeLast();
        bytes -= oldest.to - oldest.from;
        oldest.release();
      }
    }
    return null;
  }

  /** Forgets all; what is on its way stays as long as it is needed. */
  @Override
  public synchronized void close() {
    closed = true;
    stretches.forEach(Stretch::release);
    stretches.clear();
    bytes = 0;
  }
}
