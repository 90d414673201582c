package dev.camelsiem.edge.camel.syslog.source;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much one read of a connection takes: as Netty guesses, but next to nothing when the queue is
 * full. A connection learns that only when it has read, and a thousand of them that read 64 KiB
 * each would be too much.
 */
final class ReadSizes extends AdaptiveRecvByteBufAllocator {
  private static final int LARGEST = 65_536;
  private static final int FIRST = 2_048;
  private static final int LEAST = 64;

  /** As Netty has it for connections that choose no allocator. */
  private static final int READS_IN_A_ROW = 16;

  private final BatchQueue queue;

  ReadSizes(BatchQueue queue) {
    super(LEAST, FIRST, LARGEST);
    this.queue = queue;
    maxMessagesPerRead(READS_IN_A_ROW);
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's only way to it
  public RecvByteBufAllocator.Handle newHandle() {
    return new Sizes(super.newHandle(), queue);
  }

  @SuppressWarnings("deprecation")
  private static final class Sizes extends RecvByteBufAllocator.DelegatingHandle
      implements RecvByteBufAllocator.ExtendedHandle {
    private final BatchQueue queue;

    Sizes(RecvByteBufAllocator.Handle guesses, BatchQueue queue) {
      super(guesses);
      this.queue = queue;
    }

    @Override
    public int guess() {
      return queue.isFull() ? LEAST : super.guess();
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return allocator.ioBuffer(guess());
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier mayBeMore) {
      return ((RecvByteBufAllocator.ExtendedHandle) delegate()).continueReading(mayBeMore);
    }
  }
}
