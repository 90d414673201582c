package dev.camelsiem.edge.receiver;

import dev.camelsiem.flow.syslog.FrameReader;
import dev.camelsiem.flow.syslog.Framing;
import dev.camelsiem.supervise.SupervisedLoop;
import dev.camelsiem.supervise.Supervision;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.tls.ServerTls;
import dev.camelsiem.tls.TlsFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on one TCP, TLS or UDP port and hands each message to a {@link MessageSink}. */
public final class Receiver implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
  private static final int MOST_CONNECTIONS = 256;
  private static final int LARGEST_DATAGRAM = 65_535;
  private static final int UDP_BUFFER = 8 << 20;
  private static final int READ = 64 << 10;

  /** A longer message is a sender gone wrong. */
  private static final int LONGEST = 4 << 20;

  private final MessageSink sink;
  private final @Nullable ServerSocket server;
  private final @Nullable DatagramSocket datagrams;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private volatile Behaviour behaviour;
  private volatile boolean closed;

  private Receiver(
      MessageSink sink,
      Behaviour behaviour,
      @Nullable ServerSocket server,
      @Nullable DatagramSocket datagrams) {
    this.sink = sink;
    this.behaviour = behaviour;
    this.server = server;
    this.datagrams = datagrams;
    SupervisedLoop unused = // ends when its socket is closed
        SupervisedLoop.start("siem-listen", server != null ? this::accept : this::receive);
  }

  /**
   * Listens on TCP.
   *
   * @param port 0 for any free one
   * @param tls null for connections in clear; its files are named by their paths
   * @throws IOException when the port is taken
   */
  public static Receiver tcp(
      String host, int port, @Nullable ServerTls tls, Behaviour behaviour, MessageSink sink)
      throws IOException {
    ServerSocket server = tls == null ? new ServerSocket() : tls.socket(TlsFiles.PATHS);
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getByName(host), port), 128);
      return new Receiver(sink, behaviour, server, null);
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen on tcp " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /**
   * Listens on UDP.
   *
   * @param port 0 for any free one
   * @throws IOException when the port is taken
   */
  public static Receiver udp(String host, int port, Behaviour behaviour, MessageSink sink)
      throws IOException {
    DatagramSocket socket = new DatagramSocket(null);
    try {
      socket.setReceiveBufferSize(UDP_BUFFER);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return new Receiver(sink, behaviour, null, socket);
    } catch (IOException e) {
      socket.close();
      throw new IOException("cannot listen on udp " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server != null
        ? server.getLocalPort()
        : datagrams == null ? 0 : datagrams.getLocalPort();
  }

  /** Whole messages so far. */
  public long messages() {
    return messages.get();
  }

  /** Bytes of these messages, without frames. */
  public long bytes() {
    return bytes.get();
  }

  /** Connections that were accepted so far; 0 for UDP. */
  public long connections() {
    return accepted.get();
  }

  /** Treats senders otherwise from now on, also those that are connected. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** Ends all connections that are open now; goes on listening. */
  public void disconnectAll(boolean reset) {
    for (Socket connection : connections) {
      if (reset) {
        reset(connection);
      } else {
        quietly(connection);
      }
    }
  }

  /**
   * Datagrams that the operating system threw away because nobody read in time; -1 where it does
   * not tell.
   */
  public long kernelDrops() {
    if (datagrams == null) {
      return 0;
    }
    String localPort = String.format(":%04X", port());
    long drops = -1;
    for (String table : List.of("/proc/net/udp", "/proc/net/udp6")) {
      try {
        for (String line : Files.readAllLines(Path.of(table))) {
          List<String> columns = List.of(line.strip().split(" +"));
          if (columns.size() > 12 && columns.get(1).endsWith(localPort)) {
            drops = Math.max(drops, 0) + Long.parseLong(columns.get(columns.size() - 1));
          }
        }
      } catch (IOException e) {
        LOG.debug("{} is not there", table);
      }
    }
    return drops;
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      LOG.debug("closing the port", e);
    }
    if (datagrams != null) {
      datagrams.close();
    }
    disconnectAll(false);
  }

  private void accept() {
    while (!closed && server != null) {
      try {
        Socket connection = server.accept();
        accepted.incrementAndGet();
        if (behaviour.refuse() || connections.size() >= MOST_CONNECTIONS) {
          reset(connection);
          continue;
        }
        connections.add(connection);
        Runnable serving = Supervision.task("siem-listen", () -> serve(connection));
        Thread reader = new Thread(serving, "siem-listen-" + accepted);
        reader.setDaemon(true);
        reader.start();
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("a connection could not be accepted: {}", e.getMessage());
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      waitWhileStalled();
      InputStream in = connection.getInputStream();
      int first = in.read();
      Framing framing = Ascii.isDigit(first) ? Framing.OCTET_COUNTING : Framing.LF;
      Incoming incoming = new Incoming(this::take, sink, () -> behaviour);
      FrameReader frames = new FrameReader(framing, LONGEST, incoming);
      frames.room(READ)[frames.position()] = (byte) first;
      boolean goesOn = first >= 0 && frames.received(1);
      while (goesOn && !incoming.isFull()) {
        waitWhileStalled();
        int read = in.read(frames.room(READ), frames.position(), READ);
        goesOn = read >= 0 && frames.received(read);
        if (read < 0) {
          incoming.end(frames);
        }
        sink.pause();
      }
    } catch (IOException e) {
      LOG.debug("a connection ended: {}", e.getMessage());
    } finally {
      connections.remove(connection);
      sink.pause();
    }
  }

  private void receive() {
    byte[] buffer = new byte[LARGEST_DATAGRAM];
    while (!closed && datagrams != null) {
      try {
        waitWhileStalled();
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        datagrams.receive(packet);
        take(buffer, 0, packet.getLength());
        sink.pause();
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("a datagram could not be received: {}", e.getMessage());
        }
      }
    }
  }

  private void take(byte[] array, int from, int to) {
    messages.incrementAndGet(); // both counts before anybody can hear of the message and ask
    bytes.addAndGet(to - from);
    sink.message(array, from, to);
    long rate = behaviour.messagesPerSecond();
    if (rate > 0) {
      sink.pause();
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / rate);
    }
  }

  private void waitWhileStalled() {
    while (behaviour.stall() && !closed) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static void reset(Socket connection) {
    try {
      connection.setSoLinger(true, 0);
    } catch (IOException e) {
      LOG.debug("no reset", e);
    }
    quietly(connection);
  }

  private static void quietly(Socket connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("closing a connection", e);
    }
  }
}
