package dev.camelsiem.edge.camel.syslog.sink;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.delivery.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Turns a batch into one datagram per event (RFC 5426). UDP promises nothing, so a batch never
 * fails: what the system refused and what is too large is counted and reported, once per batch.
 */
final class DatagramEncoder extends ChannelOutboundHandlerAdapter {
  private final int maxBytes;
  private final Transport.Listener listener;

  DatagramEncoder(int maxBytes, Transport.Listener listener) {
    this.maxBytes = maxBytes;
    this.listener = listener;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    Object content = message instanceof AddressedEnvelope<?, ?> to ? to.content() : message;
    if (content instanceof EncodedBatch batch) {
      new Sending(ctx, promise, batch.size()).start(batch);
    } else {
      ChannelFuture unused = ctx.write(message, promise);
    }
  }

  /** The datagrams of one batch; lives on the event loop. */
  private final class Sending {
    private final ChannelHandlerContext ctx;
    private final ChannelPromise promise;
    private int open;
    private int failed;
    private @Nullable Throwable lastFailure;

    Sending(ChannelHandlerContext ctx, ChannelPromise promise, int size) {
      this.ctx = ctx;
      this.promise = promise;
      this.open = size + 1;
    }

    void start(EncodedBatch batch) {
      ByteBuf all = ctx.alloc().ioBuffer(batch.totalBytes());
      int tooLarge = 0;
      try {
        for (int i = 0; i < batch.size(); i++) {
          int length = batch.end(i) - batch.start(i);
          if (length > maxBytes) {
            tooLarge++;
            open--;
            continue;
          }
          all.writeBytes(batch.array(), batch.start(i), length);
          ctx.write(all.retainedSlice(all.writerIndex() - length, length))
              .addListener((ChannelFuture done) -> one(done.cause()));
        }
      } finally {
        all.release();
      }
      if (tooLarge > 0) {
        listener.lost(tooLarge, "larger than a datagram of " + maxBytes + " bytes");
      }
      one(null);
    }

    private void one(@Nullable Throwable cause) {
      if (cause != null) {
        failed++;
        lastFailure = cause;
      }
      if (--open > 0) {
        return;
      }
      if (failed > 0) {
        listener.lost(failed, "refused by the system: " + Failures.describe(lastFailure));
        ChannelFuture unused = ctx.close(); // the next batch resolves the address again
      }
      promise.trySuccess();
    }
  }
}
