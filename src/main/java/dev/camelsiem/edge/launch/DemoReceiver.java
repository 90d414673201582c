package dev.camelsiem.edge.launch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Plays a SIEM for newcomers: prints each line that arrives, exactly as received. */
final class DemoReceiver {
  private static final String OFF = "off";

  private final PrintStream out;
  private final PrintStream err;
  private @Nullable ServerSocket server;

  DemoReceiver(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Starts when the property {@code siem.receiver} says where, such as {@code
   * tcp://127.0.0.1:5514}.
   */
  void start(CamelContext context) {
    String where = Launcher.property(context, "siem.receiver", OFF);
    if (where.isBlank() || where.equals(OFF)) {
      return;
    }
    URI uri = URI.create(where);
    if (!"tcp".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
      throw new IllegalArgumentException(
          "siem.receiver=" + where + ": expected tcp://HOST:PORT or off");
    }
    try {
      server = new ServerSocket(uri.getPort(), 50, InetAddress.getByName(uri.getHost()));
    } catch (IOException e) {
      err.println(
          "siem: no receiver on "
              + where
              + " ("
              + e.getMessage()
              + "); somebody else listens there");
      return;
    }
    thread("receiver", this::accept).start();
  }

  private void accept() {
    ServerSocket open = server;
    while (open != null && !open.isClosed()) {
      try {
        Socket socket = open.accept();
        thread("receiver-" + socket.getPort(), () -> copy(socket)).start();
      } catch (IOException e) {
        if (!open.isClosed()) {
          err.println("siem: receiver: " + e.getMessage());
        }
      }
    }
  }

  private void copy(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      err.println("siem: receiver: " + e.getMessage());
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  void stop() {
    ServerSocket open = server;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        err.println("siem: receiver: " + e.getMessage());
      }
    }
  }

  /** What it does, when it runs. */
  Optional<String> describe() {
    ServerSocket open = server;
    return open == null
        ? Optional.empty()
        : Optional.of(
            "plays a SIEM on " + open.getLocalSocketAddress() + ": what arrives is printed here");
  }
}
