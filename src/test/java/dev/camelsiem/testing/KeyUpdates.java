package dev.camelsiem.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Asks for a key update of TLS 1.3 again and again, and never reads what comes back. */
public final class KeyUpdates {
  /** Several times what a system holds of their answers. */
  private static final int ENOUGH = 1_000_000;

  private KeyUpdates() {}

  /** Sends them until the other side ends the connection; false when it never does. */
  public static boolean endAConnection(int port) throws Exception {
    try (Socket plain = new Socket()) {
      plain.setReceiveBufferSize(4_096);
      plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      SSLSocket socket =
          (SSLSocket)
              TestCertificates.shared()
                  .clientWithoutKey()
                  .getSocketFactory()
                  .createSocket(plain, "localhost", port, true);
      socket.startHandshake();
      return isEnded(socket);
    }
  }

  private static boolean isEnded(SSLSocket socket) {
    for (int i = 0; i < ENOUGH; i++) {
      try {
        socket.startHandshake(); // of an open connection: RFC 8446 4.6.3
      } catch (IOException ended) {
        return true;
      }
    }
    return false;
  }
}
