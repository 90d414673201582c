package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.ListenerGuard;
import dev.camelsiem.edge.camel.intake.Slots;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Admits connections and sets up what they speak: HTTP/1.1, HTTP/2, either of them over TLS. */
final class Connections {
  /** For ALPN. */
  static final ApplicationProtocolConfig PROTOCOLS =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2,
          ApplicationProtocolNames.HTTP_1_1);

  private static final int MOST_LINE = 4 * 1024;
  private static final int MOST_HEADERS = 16 * 1024;
  private static final int CHUNK = 8 * 1024;
  private static final int MOST_RESETS = 200;
  private static final int RESETS_SECONDS = 30;

  private final HttpServer server;
  private final @Nullable SslContext tls;
  private final Map<Channel, Peer> peers = new ConcurrentHashMap<>();

  Connections(HttpServer server, @Nullable SslContext tls) {
    this.server = server;
    this.tls = tls;
  }

  /**
   * @param all gets every connection, until it ends
   */
  ChannelInitializer<SocketChannel> initializer(ChannelGroup all) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        all.add(channel);
        admit(channel);
      }
    };
  }

  private void admit(SocketChannel channel) {
    InetSocketAddress remote = channel.remoteAddress();
    if (remote == null) {
      var unused = channel.close(); // gone before it was seen
      return;
    }
    InetAddress address = remote.getAddress();
    Slots.Slot slot =
        server
            .connections()
            .admit(
                address,
                () -> {
                  var unused = channel.close();
                });
    if (slot == null) {
      server.refused(channel, address);
      return;
    }
    ConnectionTimer timer =
        new ConnectionTimer(server.settings().headerMillis(), server.settings().idleMillis());
    Peer peer = new Peer(address, origin(remote), slot, timer);
    peers.put(channel, peer);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              slot.close();
              peers.remove(channel);
            });
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast("gate", new ReadGate());
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(server.settings().headerMillis());
      pipeline.addLast("tls", handler);
      pipeline.addLast("timer", timer);
      pipeline.addLast("protocol", new Negotiated(peer));
    } else {
      pipeline.addLast("timer", timer);
      if (server.settings().http2()) {
        pipeline.addLast("protocol", new Preface(peer));
      } else {
        http1(pipeline, peer);
      }
    }
  }

  /** Netty tells nobody of the end of a connection whose thread is gone. */
  void letOrphansGo() {
    peers.forEach(
        (channel, peer) -> {
          if (channel.eventLoop().isShutdown()) {
            boolean unused = ListenerGuard.closeAbandoned(channel); // or Netty had closed it
            peers.remove(channel);
            peer.orphaned();
          }
        });
  }

  private String origin(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (tls == null ? "http://" : "https://")
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }

  private void http1(ChannelPipeline pipeline, Peer peer) {
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MOST_LINE)
            .setMaxHeaderSize(MOST_HEADERS)
            .setMaxChunkSize(CHUNK)
            .setAllowDuplicateContentLengths(false)
            .setUseRfc9112TransferEncoding(true);
    pipeline.addLast("decoder", new HttpRequestDecoder(config));
    pipeline.addLast("encoder", new HttpResponseEncoder());
    pipeline.addLast("requests", new RequestHandler(server, peer, false));
  }

  private void http2(ChannelPipeline pipeline, Peer peer) {
    peer.timer().speaksHttp2();
    Http2Settings settings =
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(server.settings().maxStreams())
            .maxHeaderListSize(MOST_HEADERS);
    pipeline.addLast(
        "http2",
        Http2FrameCodecBuilder.forServer()
            .initialSettings(settings)
            .decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESETS_SECONDS)
            .gracefulShutdownTimeoutMillis(0)
            .build());
    pipeline.addLast(
        "streams",
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                stream
                    .pipeline()
                    .addLast(
                        new Http2StreamFrameToHttpObjectCodec(true),
                        new RequestHandler(server, peer, true));
              }
            }));
    pipeline.addLast("end", new ConnectionEnd(server, peer));
  }

  /** After the handshake, what the two sides have agreed on. */
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    private final Peer peer;

    Negotiated(Peer peer) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.peer = peer;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        http2(context.pipeline(), peer);
      } else {
        http1(context.pipeline(), peer);
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      server.broken(peer.origin(), cause);
      var unused = context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      server.broken(peer.origin(), cause);
      var unused = context.close();
    }
  }

  /** Without TLS: HTTP/2 begins with words that are no request of HTTP/1.1. */
  private final class Preface extends ByteToMessageDecoder {
    private static final String BEGINNING = "PRI ";
    private final Peer peer;

    Preface(Peer peer) {
      this.peer = peer;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      if (in.readableBytes() < BEGINNING.length()) {
        return;
      }
      boolean same = true;
      for (int i = 0; i < BEGINNING.length(); i++) {
        same &= in.getByte(in.readerIndex() + i) == BEGINNING.charAt(i);
      }
      if (same) {
        http2(context.pipeline(), peer);
      } else {
        http1(context.pipeline(), peer);
      }
      context.pipeline().remove(this); // hands on what it has read
    }
  }
}
