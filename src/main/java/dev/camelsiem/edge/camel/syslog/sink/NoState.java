package dev.camelsiem.edge.camel.syslog.sink;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.apache.camel.component.netty.NettyCamelState;
import org.apache.camel.component.netty.NettyCamelStateCorrelationManager;
import org.jspecify.annotations.Nullable;

/**
 * Remembers no exchange for a channel. Syslog has no answers, and the stock manager would complete
 * a finished exchange a second time when its idle connection is reset.
 */
final class NoState implements NettyCamelStateCorrelationManager {
  @Override
  public void putState(Channel channel, NettyCamelState state) {}

  @Override
  public void removeState(ChannelHandlerContext ctx, Channel channel) {}

  @Override
  public @Nullable NettyCamelState getState(
      ChannelHandlerContext ctx, Channel channel, Object message) {
    return null;
  }

  @Override
  public @Nullable NettyCamelState getState(
      ChannelHandlerContext ctx, Channel channel, Throwable cause) {
    return null;
  }
}
