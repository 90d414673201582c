package dev.camelsiem.edge.camel.syslog.source;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.BooleanSupplier;

/**
 * How much one read of a connection takes: as Netty guesses, but next to nothing when too much
 * waits for the route. A connection learns that only when it has read, and a thousand of them that
 * read 64 KiB each would be too much.
 */
final class ReadSizes extends AdaptiveRecvByteBufAllocator {
  private static final int LARGEST = 65_536;
  private static final int FIRST = 2_048;
  private static final int LEAST = 64;

  /** Netty's own 16 would let a thousand who send much keep the one who sends little waiting. */
  private static final int READS_IN_A_ROW = 1;

  private final BooleanSupplier behind;

  /**
   * @param behind whether the route is behind
   */
  ReadSizes(BooleanSupplier behind) {
    super(LEAST, FIRST, LARGEST);
    this.behind = behind;
    maxMessagesPerRead(READS_IN_A_ROW);
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's only way to it
  public RecvByteBufAllocator.Handle newHandle() {
    return new Sizes(super.newHandle(), behind);
  }

  @SuppressWarnings("deprecation")
  private static final class Sizes extends RecvByteBufAllocator.DelegatingHandle
      implements RecvByteBufAllocator.ExtendedHandle {
    private final BooleanSupplier behind;

    Sizes(RecvByteBufAllocator.Handle guesses, BooleanSupplier behind) {
      super(guesses);
      this.behind = behind;
    }

    @Override
    public int guess() {
      return behind.getAsBoolean() ? LEAST : super.guess();
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
