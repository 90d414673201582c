package dev.camelsiem.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** A sender that waits until a program listens, sends all it has and sees the connection closed. */
public final class SyslogSender {
  private SyslogSender() {}

  public static void send(int port, byte[] bytes) {
    await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> sendsAll(port, bytes));
  }

  private static boolean sendsAll(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return socket.getInputStream().read() < 0;
    }
  }
}
