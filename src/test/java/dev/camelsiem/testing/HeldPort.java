package dev.camelsiem.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * A port of this machine, over TCP and UDP, on which nobody listens and that nobody else gets:
 * connections are refused until somebody listens there, which works while the port is held, in this
 * process and in others, since both sides allow the address to be used again. For what cannot take
 * port 0 and say where it listens.
 */
public final class HeldPort implements Closeable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int DISCARD = 9;
  private static final int ATTEMPTS = 100;

  private final Both sockets = hold();

  private record Both(Socket stream, DatagramChannel datagrams) {}

  public HeldPort() throws IOException {}

  private static Both hold() throws IOException {
    for (int attempt = 1; ; attempt++) {
      Socket socket = new Socket();
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(LOOPBACK, 0));
        return new Both(socket, datagrams(socket.getLocalPort()));
      } catch (BindException e) { // another one has the number over UDP
        socket.close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Connected, so that it gets no datagram that is meant for whoever listens. */
  private static DatagramChannel datagrams(int port) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    boolean whole = false;
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(LOOPBACK, port));
      channel.connect(new InetSocketAddress(LOOPBACK, DISCARD));
      whole = true;
      return channel;
    } finally {
      if (!whole) {
        channel.close();
      }
    }
  }

  public int number() {
    return sockets.stream().getLocalPort();
  }

  @Override
  public String toString() {
    return Integer.toString(number());
  }

  @Override
  public void close() throws IOException {
    try {
      sockets.stream().close();
    } finally {
      sockets.datagrams().close();
    }
  }
}
