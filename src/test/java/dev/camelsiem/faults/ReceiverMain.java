package dev.camelsiem.faults;

import dev.camelsiem.testing.TestCertificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A SIEM on TCP that writes at once what each read gave: {@code ReceiverMain FILE ADDRESS PORT MODE
 * [KEYSTORE]}, over TLS with a key store. A record of the file is connection, epoch milliseconds,
 * length, bytes; length 0 tells of a new connection, -1 of an end. Standard input may change the
 * mode; its end ends the process.
 *
 * <p>Modes: {@code normal}; {@code stall} accepts and does not read; {@code slow N} reads N bytes a
 * second; {@code deaf} reads and never answers a half-close; {@code refuse} accepts and closes;
 * {@code reset N} resets a connection after N bytes; {@code leave S N} reads a little of each of
 * the next N connections and closes them in good order S seconds later.
 */
public final class ReceiverMain {
  private static final int HEADER = 16;
  private static final int CHUNK = 64 * 1024;

  private final FileChannel file;
  private final ByteBuffer record = ByteBuffer.allocate(HEADER + CHUNK);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger leaving = new AtomicInteger();
  private volatile String mode = "normal";
  private volatile long argument;

  private ReceiverMain(Path file) throws IOException {
    this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  public static void main(String[] arguments) throws Exception {
    ReceiverMain receiver = new ReceiverMain(Path.of(arguments[0]));
    receiver.mode(arguments[3]);
    ServerSocket server =
        arguments.length > 4
            ? TestCertificates.serverSocket(Path.of(arguments[4]), "TLSv1.3")
            : new ServerSocket();
    server.setReuseAddress(true);
    server.bind(
        new InetSocketAddress(InetAddress.getByName(arguments[1]), Integer.parseInt(arguments[2])),
        256);
    System.out.println("port " + server.getLocalPort());
    Runtime.getRuntime().addShutdownHook(new Thread(receiver::closeAll));
    start(receiver::commands);
    for (int connection = 0; ; connection++) {
      Socket socket = server.accept();
      int id = connection;
      start(() -> receiver.serve(socket, id));
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private void commands() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      in.lines().forEach(this::mode);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().halt(0);
  }

  private void mode(String line) {
    String[] words = line.split(" ", -1);
    argument = words.length > 1 ? Long.parseLong(words[1]) : 0;
    leaving.set(words.length > 2 ? Integer.parseInt(words[2]) : 0);
    mode = words[0];
  }

  /** As a program does that is asked to end: it closes, whatever it has not read. */
  private void closeAll() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        System.err.println(e);
      }
    }
  }

  private void serve(Socket socket, int id) {
    open.add(socket);
    try (socket) {
      write(id, new byte[0], 0);
      if (mode.equals("refuse")) {
        return;
      }
      if (mode.equals("leave") && leaving.getAndDecrement() > 0) {
        byte[] few = new byte[2048];
        write(id, few, socket.getInputStream().read(few));
        Thread.sleep(argument * 1000);
        return;
      }
      read(socket, id);
    } catch (IOException e) {
      System.err.println(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      open.remove(socket);
    }
  }

  private void read(Socket socket, int id) throws IOException, InterruptedException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[CHUNK];
    long total = 0;
    while (true) {
      while (mode.equals("stall")) {
        Thread.sleep(20);
      }
      boolean slow = mode.equals("slow");
      int most = slow ? (int) Math.min(CHUNK, Math.max(1, argument / 10)) : CHUNK;
      int length = in.read(bytes, 0, most);
      if (length < 0 && mode.equals("deaf")) {
        Thread.sleep(Long.MAX_VALUE);
      }
      write(id, bytes, length);
      if (length < 0) {
        return;
      }
      total += length;
      if (mode.equals("reset") && total > argument) {
        socket.setSoLinger(true, 0);
        return;
      }
      if (slow) {
        Thread.sleep(argument < 10 ? 1000 / Math.max(1, argument) : 100);
      }
    }
  }

  private synchronized void write(int connection, byte[] bytes, int length) throws IOException {
    record.clear();
    record.putInt(connection).putLong(System.currentTimeMillis()).putInt(length);
    if (length > 0) {
      record.put(bytes, 0, length);
    }
    record.flip();
    while (record.hasRemaining()) {
      file.write(record);
    }
  }
}
