package dev.camelsiem.edge.camel.syslog.source;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.IntSupplier;

/**
 * How much one read of a connection takes: as Netty guesses, but little when too much waits for the
 * route. A connection learns that only when it has read, and a thousand of them that read 64 KiB
 * each would be too much. Netty learns nothing from such a read: the next one is as large as it was
 * before.
 */
final class ReadSizes extends AdaptiveRecvByteBufAllocator {
  static final int LARGEST = 65_536;

  /** When much waits, of those whose turn it is. */
  static final int SMALL = 4_096;

  /** Of those who will have to wait. */
  static final int LEAST = 64;

  private static final int FIRST = 2_048;

  /** Netty's own 16 would let a thousand who send much keep the one who sends little waiting. */
  private static final int READS_IN_A_ROW = 1;

  private final IntSupplier most;

  /**
   * @param most bytes that the next read may take
   */
  ReadSizes(IntSupplier most) {
    super(LEAST, FIRST, LARGEST);
    this.most = most;
    maxMessagesPerRead(READS_IN_A_ROW);
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's only way to it
  public RecvByteBufAllocator.Handle newHandle() {
    return new Sizes((RecvByteBufAllocator.ExtendedHandle) super.newHandle());
  }

  /** A read that takes no more than it was told to. */
  private final class Little extends MaxMessageHandle {
    private int size = LEAST;

    @Override
    public int guess() {
      return size;
    }
  }

  @SuppressWarnings("deprecation")
  private final class Sizes implements RecvByteBufAllocator.ExtendedHandle {
    private final RecvByteBufAllocator.ExtendedHandle guessed;
    private final Little little = new Little();
    private RecvByteBufAllocator.ExtendedHandle now;

    Sizes(RecvByteBufAllocator.ExtendedHandle guessed) {
      this.guessed = guessed;
      now = guessed;
    }

    /** Before each read. */
    @Override
    public void reset(ChannelConfig config) {
      int size = most.getAsInt();
      little.size = Math.min(size, guessed.guess());
      now = size < LARGEST ? little : guessed;
      now.reset(config);
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return now.allocate(allocator);
    }

    @Override
    public int guess() {
      return now.guess();
    }

    @Override
    public void incMessagesRead(int count) {
      now.incMessagesRead(count);
    }

    @Override
    public void lastBytesRead(int bytes) {
      now.lastBytesRead(bytes);
    }

    @Override
    public int lastBytesRead() {
      return now.lastBytesRead();
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      now.attemptedBytesRead(bytes);
    }

    @Override
    public int attemptedBytesRead() {
      return now.attemptedBytesRead();
    }

    @Override
    public boolean continueReading() {
      return now.continueReading();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier mayBeMore) {
      return now.continueReading(mayBeMore);
    }

    @Override
    public void readComplete() {
      now.readComplete();
    }
  }
}
