package dev.camelsiem.edge.camel.syslog.source;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/**
 * In front of the TLS engine: with TLS 1.3 the session is not one that can be resumed, so the
 * engine sends no tickets.
 *
 * <p>Nobody who only writes reads them. When such a sender closes, its system sees that something
 * was not read, resets the connection and throws away what it had not sent yet. With TLS 1.2 a
 * ticket is part of the handshake.
 */
final class NoTickets extends ChannelInboundHandlerAdapter {
  private final SSLEngine engine;

  NoTickets(SSLEngine engine) {
    this.engine = engine;
  }

  /** The session is known once we have answered, and the ticket is made after the next message. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    SSLSession session = engine.getHandshakeSession();
    if (session != null) {
      if (session.getProtocol().equals("TLSv1.3")) {
        session.invalidate();
      }
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }
}
