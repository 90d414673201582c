package dev.camelsiem.edge.camel.syslog.sink;

import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.delivery.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.apache.camel.component.netty.ClientInitializerFactory;
import org.apache.camel.component.netty.NettyProducer;
import org.apache.camel.component.netty.handlers.ClientChannelHandler;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of a connection to a syslog receiver. */
final class SyslogClientInitializer extends ClientInitializerFactory {
  private final Destination destination;
  private final int maxDatagramBytes;
  private final Transport.Listener listener;
  private final @Nullable TlsClient tls;
  private final @Nullable NettyProducer producer;

  SyslogClientInitializer(
      Destination destination, int maxDatagramBytes, Transport.Listener listener) {
    this(
        destination,
        maxDatagramBytes,
        listener,
        destination.tls() == null ? null : TlsClient.of(destination.tls()),
        null);
  }

  private SyslogClientInitializer(
      Destination destination,
      int maxDatagramBytes,
      Transport.Listener listener,
      @Nullable TlsClient tls,
      @Nullable NettyProducer producer) {
    this.destination = destination;
    this.maxDatagramBytes = maxDatagramBytes;
    this.listener = listener;
    this.tls = tls;
    this.producer = producer;
  }

  @Override
  public ClientInitializerFactory createPipelineFactory(NettyProducer owner) {
    return new SyslogClientInitializer(destination, maxDatagramBytes, listener, tls, owner);
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (destination.protocol() == Protocol.UDP) {
      pipeline.addLast("datagrams", new DatagramEncoder(maxDatagramBytes, listener));
    } else {
      if (tls != null) {
        pipeline.addLast(
            "tls", tls.handler(channel.alloc(), destination.address(), destination.port()));
      }
      pipeline.addLast("stall", new WriteStallHandler(destination.writeTimeout()));
      pipeline.addLast("frames", new FrameEncoder(destination.framing()));
      pipeline.addLast("watch", new ConnectionWatch(listener, tls != null));
    }
    pipeline.addLast("handler", new ClientChannelHandler(producer));
  }
}
