package dev.camelsiem.edge.camel.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;

/**
 * How far an HTTP/1.1 connection is read while one of its requests is worked on: until something
 * comes, so that its end is seen. That end does not close it, since whoever has sent its last may
 * still read. Streams of HTTP/2 are read on. For the connection's network thread alone.
 */
final class Reading {
  private final boolean http2;

  Reading(boolean http2) {
    this.http2 = http2;
  }

  /** A request is worked on, and nothing has come behind it. */
  void watch(ChannelHandlerContext context) {
    if (!http2) {
      context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      read(context.channel(), true);
    }
  }

  /** Something has come behind it. */
  void pause(ChannelHandlerContext context) {
    if (!http2) {
      read(context.channel(), false);
    }
  }

  /** It is over. */
  void goOn(ChannelHandlerContext context) {
    if (!http2) {
      context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
      read(context.channel(), true);
    }
  }

  private static void read(Channel channel, boolean wanted) {
    ReadGate.of(channel).setWanted(channel, wanted);
  }
}
