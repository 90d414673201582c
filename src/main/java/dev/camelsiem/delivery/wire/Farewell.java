package dev.camelsiem.delivery.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The half-close, and what comes back: tells a peer's answer from an end that only crossed ours,
 * since one who has read to the end has acknowledged the end. Only Linux's kernel can be asked;
 * elsewhere each end passes.
 */
final class Farewell {
  // States of TCP as Linux numbers them: the peer has ended, and we have not.
  private static final int CLOSE_WAIT = 8;
  // Both have ended, but our end was not acknowledged.
  private static final int LAST_ACK = 9;
  private static final int CLOSING = 11;

  private Farewell() {}

  /**
   * Half-closes a connection from which all has gone out. On its event loop.
   *
   * @param said told when that is done, with what went wrong or null
   */
  static void say(Channel channel, Consumer<@Nullable Throwable> said) {
    if (channel instanceof EpollSocketChannel socket && socket.fd() instanceof Socket descriptor) {
      socket.config().setAutoClose(false); // what TLS may want to say to a late word of the peer
      said.accept(shutdownOutput(descriptor)); // Netty's own way costs two exceptions each time
    } else if (channel instanceof DuplexChannel duplex) {
      ChannelFuture unused = duplex.shutdownOutput().addListener(done -> said.accept(done.cause()));
    }
  }

  private static @Nullable Exception shutdownOutput(Socket descriptor) {
    try {
      descriptor.shutdown(false, true);
      return null;
    } catch (IOException | RuntimeException e) { // a peer that has reset it before is the latter
      return e;
    }
  }

  /**
   * Whether a peer that has closed, while we have not, did so in good order: all that was sent is
   * acknowledged and no reset came behind its end.
   */
  static boolean isClean(Channel channel) {
    if (!(channel instanceof EpollSocketChannel socket)) {
      return true;
    }
    try {
      EpollTcpInfo kernel = socket.tcpInfo();
      return kernel.state() == CLOSE_WAIT && kernel.unacked() == 0;
    } catch (ChannelException e) {
      return false; // it is gone
    }
  }

  /**
   * To be asked when the peer's end was heard of, after ours.
   *
   * @param secure whether the peer may have answered TLS's end, ahead of the one below it
   */
  static boolean isAnswer(Channel channel, boolean secure) throws IOException {
    if (!(channel instanceof EpollSocketChannel socket) || !socket.isOpen()) {
      return true;
    }
    if (socket.fd() instanceof Socket descriptor && descriptor.getSoError() != 0) {
      return false; // reset behind its end, since something came that nobody will read
    }
    EpollTcpInfo kernel = socket.tcpInfo();
    if (kernel.state() != CLOSING && kernel.state() != LAST_ACK) {
      return true;
    }
    return secure && kernel.unacked() == 1; // our end alone is still on its way
  }
}
