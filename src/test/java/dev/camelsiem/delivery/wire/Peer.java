package dev.camelsiem.delivery.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A SIEM on a real socket that does with each connection what its script says. */
final class Peer implements Closeable {
  private final ServerSocket server;
  private final Script script;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Throwable> defects = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What is done with a connection; it is closed afterwards. */
  @FunctionalInterface
  interface Script {
    /**
     * @param number of the connection, from 1
     */
    void serve(Peer peer, Socket connection, int number) throws Exception;
  }

  private Peer(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    daemon(this::accept);
  }

  static Peer of(Script script) throws IOException {
    return on(new ServerSocket(), script);
  }

  /** On a socket that is not bound yet, such as one that speaks TLS. */
  static Peer on(ServerSocket server, Script script) throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new Peer(server, script);
  }

  /** Reads to the end and closes. */
  static Peer reading() throws IOException {
    return of((peer, connection, number) -> peer.readAll(connection));
  }

  /** Reads lines to the end. */
  void readAll(Socket connection) throws IOException {
    readLines(connection.getInputStream(), Integer.MAX_VALUE);
  }

  /** Reads so many lines, or to the end. */
  void readLines(InputStream in, int count) throws IOException {
    StringBuilder line = new StringBuilder();
    byte[] one = new byte[1];
    InputStream buffered = count == Integer.MAX_VALUE ? new java.io.BufferedInputStream(in) : in;
    int found = 0;
    while (found < count && buffered.read(one) > 0) {
      if (one[0] == '\n') {
        lines.add(line.toString());
        line.setLength(0);
        found++;
      } else {
        line.append(new String(one, StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** Waits until the peer is closed. */
  void hang() throws InterruptedException {
    closed.await();
  }

  static void reset(Socket connection) throws IOException {
    connection.setSoLinger(true, 0);
    connection.close();
  }

  InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort());
  }

  int port() {
    return server.getLocalPort();
  }

  /** The lines that were read, in their order if there was one connection at a time. */
  List<String> lines() {
    return lines;
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        Socket connection = server.accept();
        sockets.add(connection);
        int number = connections.incrementAndGet();
        daemon(() -> serve(connection, number));
      } catch (IOException e) {
        if (closed.getCount() > 0) {
          defects.add(e);
        }
      }
    }
  }

  private void serve(Socket connection, int number) {
    try (connection) {
      script.serve(this, connection, number);
    } catch (IOException e) {
      // The connection broke, which is what many scripts are about.
    } catch (Exception | AssertionError e) {
      defects.add(e);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "peer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    if (!defects.isEmpty()) {
      throw new AssertionError("a script failed", defects.get(0));
    }
  }
}
