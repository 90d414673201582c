package dev.camelsiem.edge.camel.syslog.source;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;
import org.jspecify.annotations.Nullable;

/** Sets up each connection, or the UDP socket, of one listener. */
final class SyslogPipeline extends ServerInitializerFactory {
  private final SyslogListening listening;
  private final @Nullable SslContext tls;

  SyslogPipeline(SyslogListening listening, @Nullable SslContext tls) {
    this.listening = listening;
    this.tls = tls;
  }

  @Override
  public ServerInitializerFactory createPipelineFactory(NettyConsumer consumer) {
    throw new IllegalStateException("made for another consumer");
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (listening.isDatagram()) {
      pipeline.addLast("datagrams", new DatagramHandler(listening));
      return;
    }
    SyslogStream stream = listening.connections().admit(listening, channel);
    if (stream == null) {
      return;
    }
    channel.config().setRecvByteBufAllocator(new ReadSizes(stream::mostOfRead));
    pipeline.addLast("answers", new UnreadAnswers(channel, stream::readsNothing));
    if (tls != null) {
      pipeline.addLast("records", new TlsRecordMeter(stream.records()));
      SslHandler handler = tls.newHandler(channel.alloc());
      pipeline.addLast("tickets", new NoTickets(handler.engine()));
      pipeline.addLast("tls", handler);
    }
    if (listening.limits().idleSeconds() > 0) {
      pipeline.addLast("idle", new IdleStateHandler(listening.limits().idleSeconds(), 0, 0));
    }
    pipeline.addLast("frames", new StreamHandler(listening.connections(), stream, tls != null));
  }
}
