package dev.camelsiem.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A TCP port of this machine on which nobody listens and that nobody else gets: connections are
 * refused until somebody listens there, which works while the port is held, since both sides allow
 * the address to be used again.
 */
public final class HeldPort implements Closeable {
  private final Socket socket = new Socket();

  public HeldPort() throws IOException {
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
  }

  public int number() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
