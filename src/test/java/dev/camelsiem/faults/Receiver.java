package dev.camelsiem.faults;

import dev.camelsiem.testing.HeldPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A SIEM: a process that may be killed and started again on the port it had first, and all that it
 * has received in its lives. Used by one thread.
 */
final class Receiver implements AutoCloseable {
  /** Which program it is. */
  enum Kind {
    OURS,
    RSYSLOG,
    RELP,
    SYSLOG_NG
  }

  private static final int HEADER = 16;

  final String name;
  private final Kind kind;
  private final Path folder;
  private final Seen seen = new Seen();
  private final List<Life> lives = new ArrayList<>();
  private List<String> prefix = List.of();
  private String address = "127.0.0.1";
  private String mode = "normal";
  private Path keyStore;
  private HeldPort held;
  private int port;
  private int connections;
  private Proc process;

  /** One run of the program: its file, and how far that was read. */
  private static final class Life {
    final Path file;
    long offset;
    final Map<Integer, ByteArrayOutputStream> unfinished = new HashMap<>();

    Life(Path file) {
      this.file = file;
    }
  }

  Receiver(String name, Kind kind, Path folder) {
    this.name = name;
    this.kind = kind;
    this.folder = folder;
  }

  /** Before the first start: words before the command, and the address to listen on. */
  Receiver in(List<String> newPrefix, String newAddress) {
    prefix = newPrefix;
    address = newAddress;
    return this;
  }

  /** Before the first start: our own receiver speaks TLS with the key of this store. */
  Receiver tls(Path newKeyStore) {
    keyStore = newKeyStore;
    return this;
  }

  /** How our own receiver behaves, now and when it is started. */
  Receiver mode(String newMode) throws IOException {
    mode = newMode;
    if (process != null && process.alive()) {
      process.tell(newMode);
    }
    return this;
  }

  /** On a port that is kept for it also while it is dead, or on the one it had before. */
  Receiver start() throws IOException {
    if (port == 0 && prefix.isEmpty()) {
      held = new HeldPort();
      port = held.number();
    }
    Life life = new Life(folder.resolve(name + "." + lives.size() + ".received"));
    Path said = folder.resolve(name + ".said");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(life.file.toString(), address, Integer.toString(port), mode));
    if (keyStore != null) {
      arguments.add(keyStore.toString());
    }
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        kind == Kind.OURS
            ? Proc.java(
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                ReceiverMain.class,
                arguments)
            : Daemons.command(kind, folder, name, life.file, address, port));
    process = Proc.start(said, Map.of(), command);
    lives.add(life);
    port = process.awaitPort();
    return this;
  }

  /** On the port of another, for the one that takes its place. */
  Receiver startAt(int wanted) throws IOException {
    port = wanted;
    return start();
  }

  int port() {
    return port;
  }

  String address() {
    return address;
  }

  Proc process() {
    return process;
  }

  /** Whether it reads what it is sent. */
  boolean answers() {
    return mode.equals("normal") || mode.equals("deaf");
  }

  void pause() throws IOException {
    process.signal("STOP");
  }

  void proceed() throws IOException {
    process.signal("CONT");
  }

  void kill() {
    process.kill();
  }

  /** Connections accepted so far; only our own receiver tells. */
  int connections() throws IOException {
    seen();
    return connections;
  }

  /** All that it has received until now. */
  Seen seen() throws IOException {
    for (Life life : lives) {
      if (Files.exists(life.file)) {
        if (kind == Kind.OURS) {
          records(life);
        } else {
          text(life);
        }
      }
    }
    return seen;
  }

  /** The bytes that came, in clear, as text. */
  String receivedText() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Life life : lives) {
      all.append(Files.readString(life.file, StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  /** Whether it had a number when {@link #seen} was last asked for. */
  boolean sawAlready(int number) {
    return seen.times(number) > 0;
  }

  private void records(Life life) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(life.file.toFile(), "r")) {
      long length = file.length();
      byte[] fresh = new byte[(int) (length - life.offset)];
      file.seek(life.offset);
      file.readFully(fresh);
      java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(fresh);
      while (in.remaining() >= HEADER) {
        in.mark();
        int connection = in.getInt();
        long millis = in.getLong();
        int bytes = in.getInt();
        if (in.remaining() < bytes) {
          in.reset();
          break;
        }
        take(life, connection, millis, fresh, in.position(), bytes);
        in.position(in.position() + Math.max(0, bytes));
      }
      life.offset += in.position();
    }
  }

  private void take(Life life, int connection, long millis, byte[] from, int at, int bytes) {
    if (bytes == 0) {
      connections++;
    } else if (bytes < 0) {
      ByteArrayOutputStream rest = life.unfinished.remove(connection);
      if (rest != null && rest.size() > 0) {
        seen.unfinished();
      }
    } else {
      lines(life, connection, millis, from, at, bytes);
    }
  }

  private void lines(Life life, int connection, long millis, byte[] from, int at, int bytes) {
    ByteArrayOutputStream rest =
        life.unfinished.computeIfAbsent(connection, id -> new ByteArrayOutputStream());
    int start = at;
    for (int i = at; i < at + bytes; i++) {
      if (from[i] == '\n') {
        rest.write(from, start, i - start);
        seen.line(rest.toString(StandardCharsets.UTF_8), millis);
        rest.reset();
        start = i + 1;
      }
    }
    rest.write(from, start, at + bytes - start);
  }

  /** Lines as a syslog daemon writes them. */
  private void text(Life life) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(life.file.toFile(), "r")) {
      byte[] fresh = new byte[(int) (file.length() - life.offset)];
      file.seek(life.offset);
      file.readFully(fresh);
      lines(life, 0, 0, fresh, 0, fresh.length);
      life.offset += fresh.length;
    }
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.close();
    }
    if (held != null) {
      held.close();
    }
  }
}
