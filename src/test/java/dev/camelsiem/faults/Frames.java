package dev.camelsiem.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A receiver in the test's own process that hands on each line, as bytes became them. */
final class Frames implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger count = new AtomicInteger();
  private final Consumer<String> lines;

  /**
   * @param lines called by one thread for each connection
   */
  Frames(Consumer<String> lines) throws IOException {
    this.lines = lines;
    new Thread(this::accept, "frames").start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Lines so far. */
  int count() {
    return count.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        new Thread(() -> read(socket), "frames of one connection").start();
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new IllegalStateException("cannot accept", e);
      }
    }
  }

  private void read(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          lines.accept(line.toString(StandardCharsets.UTF_8));
          count.incrementAndGet();
          line.reset();
        } else {
          line.write(b);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a connection broke", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
