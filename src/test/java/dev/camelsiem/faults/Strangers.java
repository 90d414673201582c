package dev.camelsiem.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that mean no good, from as many addresses of the loopback net as it takes. */
final class Strangers implements AutoCloseable {
  private static final int PER_NET = 200;
  private final int port;
  private final List<SocketChannel> open = new ArrayList<>();

  Strangers(int port) {
    this.port = port;
  }

  /** One of many addresses of this machine. */
  static InetAddress of(int number) throws UnknownHostException {
    byte[] address = {127, 1, (byte) (number / PER_NET), (byte) (1 + number % PER_NET)};
    return InetAddress.getByAddress(address);
  }

  /** So many more connections, so many from each address. */
  void connect(int count, int perAddress) throws IOException {
    InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      open.add(channel);
      channel.bind(new InetSocketAddress(of(i / perAddress), 0));
      channel.connect(to);
      channel.configureBlocking(false);
    }
  }

  /** Sends the same over all of them, as fast as it is taken; who is closed meanwhile is left. */
  void sendAll(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    List<ByteBuffer> rest = new ArrayList<>();
    open.forEach(channel -> rest.add(ByteBuffer.wrap(bytes)));
    boolean more = true;
    long quiet = System.nanoTime();
    while (more && System.nanoTime() - quiet < 5_000_000_000L) { // paused ones may never take it
      more = false;
      for (int i = 0; i < open.size(); i++) {
        int written = rest.get(i).hasRemaining() ? write(open.get(i), rest.get(i)) : 0;
        more |= written >= 0 && rest.get(i).hasRemaining();
        quiet = written > 0 ? System.nanoTime() : quiet;
      }
    }
  }

  private static int write(SocketChannel channel, ByteBuffer bytes) {
    try {
      return channel.write(bytes);
    } catch (IOException closedMeanwhile) {
      bytes.position(bytes.limit());
      return -1;
    }
  }

  /** How many of them the other side has closed. */
  int closed() {
    int closed = 0;
    for (SocketChannel channel : open) {
      try {
        closed += channel.read(ByteBuffer.allocate(1)) < 0 ? 1 : 0;
      } catch (IOException reset) {
        closed++;
      }
    }
    return closed;
  }

  int size() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
    open.clear();
  }
}
