package dev.camelsiem.edge.camel.syslog.source;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel whose thread may be gone: then nothing that is asked of it throws. Thread-safe. */
final class StreamSocket {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSocket.class);

  private final Channel channel;

  StreamSocket(Channel channel) {
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  /** Now when this is its thread, else later. */
  void onLoop(Runnable work) {
    if (channel.eventLoop().inEventLoop()) {
      work.run();
    } else {
      execute(work);
    }
  }

  /** Later, on the loop; when that is gone, on a thread that holds no lock. */
  void execute(Runnable work) {
    try {
      channel.eventLoop().execute(work);
    } catch (RejectedExecutionException e) {
      GlobalEventExecutor.INSTANCE.execute(work);
    }
  }

  void setReading(boolean wanted) {
    try {
      channel.config().setAutoRead(wanted);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} is not read any more: its thread is gone", channel);
    }
  }

  void close() {
    ChannelFuture unused = channel.close(); // it is gone either way
  }
}
