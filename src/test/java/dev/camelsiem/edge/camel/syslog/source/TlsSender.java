package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.testing.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A TLS sender whose records leave when and as far as the test says. */
final class TlsSender implements AutoCloseable {
  private final Wire wire;
  private final SSLSocket socket;

  /**
   * @param protocols all that Java speaks when there are none
   */
  TlsSender(SyslogRig rig, String... protocols) throws Exception {
    wire = new Wire(InetAddress.getLoopbackAddress(), rig.port);
    socket =
        (SSLSocket)
            TestCertificates.shared()
                .clientWithoutKey()
                .getSocketFactory()
                .createSocket(wire, "localhost", rig.port, false);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
  }

  void holdBack() {
    wire.holding = true;
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Sends a close_notify; TCP stays open. */
  void sayGoodbye() throws IOException {
    socket.shutdownOutput();
  }

  /** Whether a close_notify comes, and behind it the end of TCP. */
  boolean hearsGoodbye() throws IOException {
    wire.setSoTimeout(30_000);
    return socket.getInputStream().read() < 0 && wire.plainInput().read() < 0;
  }

  /** Bytes that came and were not read: whoever closes with such resets its connection. */
  int unread() throws IOException {
    return wire.plainInput().available();
  }

  /** All that was held back. */
  void release() throws IOException {
    release(wire.held.size());
  }

  /**
   * @param count bytes; negative: all but so many
   */
  void release(int count) throws IOException {
    byte[] held = wire.held.toByteArray();
    int now = count < 0 ? held.length + count : count;
    wire.held.reset();
    wire.held.write(held, now, held.length - now);
    wire.plainOutput().write(held, 0, now);
  }

  /** Of TCP alone. */
  @Override
  public void close() throws IOException {
    wire.close();
  }

  private static final class Wire extends Socket {
    final ByteArrayOutputStream held = new ByteArrayOutputStream();
    boolean holding;

    Wire(InetAddress address, int port) throws IOException {
      super(address, port);
      setTcpNoDelay(true);
    }

    OutputStream plainOutput() throws IOException {
      return super.getOutputStream();
    }

    InputStream plainInput() throws IOException {
      return super.getInputStream();
    }

    /** Java would take the end of TCP for a close_notify. */
    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          return notEnded(super.read());
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
          return notEnded(super.read(bytes, from, count));
        }

        private static int notEnded(int read) throws IOException {
          if (read < 0) {
            throw new IOException("TCP has ended without a close_notify");
          }
          return read;
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream real = super.getOutputStream();
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
          (holding ? held : real).write(bytes, from, count);
        }
      };
    }
  }
}
