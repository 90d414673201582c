package dev.camelsiem.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A collector that counts CEF lines on one connection at a time, reads each to its end before the
 * next, and checks that {@code cn1} runs on by one.
 */
final class LineCollector implements AutoCloseable {
  private static final byte[] KEY = " cn1=".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final Thread thread;
  private long lines;
  private long wrong;
  private long next;
  private int matched;
  private long number = -1;

  LineCollector(ServerSocket server) {
    this.server = server;
    thread = new Thread(this::serve, "collector");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    byte[] buffer = new byte[1 << 18];
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          InputStream in = socket.getInputStream()) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          scan(buffer, read);
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /**
   * A line's number is what follows the first {@code " cn1="}; digits before its end are enough to
   * read it.
   */
  private synchronized void scan(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      byte b = buffer[i];
      if (matched < KEY.length) {
        matched = b == KEY[matched] ? matched + 1 : b == KEY[0] ? 1 : 0;
        if (matched == KEY.length) {
          number = 0;
        }
      } else if (number >= 0 && matched == KEY.length && b >= '0' && b <= '9') {
        number = number * 10 + b - '0';
      } else if (matched == KEY.length) {
        matched++;
      }
      if (b == '\n') {
        if (number != next) {
          wrong++;
        }
        next = number + 1;
        lines++;
        matched = 0;
        number = -1;
      }
    }
    notifyAll();
  }

  /** Waits until so many lines have come in all; false after {@code millis} without. */
  synchronized boolean waitFor(long count, long millis) throws InterruptedException {
    if (lines < count) {
      wait(millis);
    }
    return lines >= count;
  }

  synchronized long lines() {
    return lines;
  }

  synchronized long wrong() {
    return wrong;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    server.close();
    thread.join(1000);
  }
}
