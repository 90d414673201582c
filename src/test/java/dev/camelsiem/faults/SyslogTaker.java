package dev.camelsiem.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * An honest sender of syslog: lines over one TCP or TLS connection, or a datagram for each event.
 */
final class SyslogTaker implements Load.Taker, AutoCloseable {
  /** How a connection is made. */
  private interface Connect {
    Socket open() throws IOException;
  }

  private final Connect connect;
  private final boolean counted;
  private Socket socket;

  private SyslogTaker(Connect connect, boolean counted) {
    this.connect = connect;
    this.counted = counted;
  }

  /**
   * Over TCP.
   *
   * @param counted whether each event has its length before it instead of a line end behind it
   */
  static SyslogTaker tcp(int port, boolean counted) {
    return new SyslogTaker(() -> new Socket(InetAddress.getLoopbackAddress(), port), counted);
  }

  static SyslogTaker tls(int port, SSLContext context) {
    return new SyslogTaker(
        () -> context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port),
        false);
  }

  /** Datagrams from so many addresses, as if it were so many senders. */
  static Load.Taker udp(Scene scene, int port, int addresses) throws IOException {
    List<DatagramSocket> sockets = new ArrayList<>();
    for (int i = 0; i < addresses; i++) {
      sockets.add(scene.closing(new DatagramSocket(new InetSocketAddress(Strangers.of(i), 0))));
    }
    InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    int[] next = {0};
    return (lines, events) -> {
      for (String line : lines.split("\n", -1)) {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > 0) {
          sockets.get(next[0]++ % addresses).send(new DatagramPacket(bytes, bytes.length, to));
        }
      }
    };
  }

  @Override
  public synchronized void take(String lines, int events) throws IOException {
    if (socket == null) {
      socket = connect.open();
    }
    OutputStream out = socket.getOutputStream();
    out.write((counted ? counted(lines) : lines).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String counted(String lines) {
    StringBuilder all = new StringBuilder();
    lines.lines().forEach(line -> all.append(line.length()).append(' ').append(line));
    return all.toString();
  }

  /** The next events come over another connection. */
  synchronized void reconnect() throws IOException {
    close();
  }

  @Override
  public synchronized void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
