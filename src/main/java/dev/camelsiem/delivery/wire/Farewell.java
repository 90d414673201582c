package dev.camelsiem.delivery.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * Tells a peer's answer to our half-close from an end that only crossed it: one who has read to the
 * end has acknowledged the end. Only Linux's kernel can be asked; elsewhere each end passes.
 */
final class Farewell {
  // States of TCP as Linux numbers them: the peer has ended, and we have not.
  private static final int CLOSE_WAIT = 8;
  // Both have ended, but our end was not acknowledged.
  private static final int LAST_ACK = 9;
  private static final int CLOSING = 11;

  private Farewell() {}

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
