package dev.camelsiem.delivery.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk that remembers what was synced, so that a power loss can be played: of what was not synced
 * any 4 KiB page and any name may be there or not. Also fails on demand.
 */
final class CrashDisk implements Disk {
  private static final int PAGE = 4096;

  /** A file apart from its name. */
  static final class Node {
    byte[] synced;

    Node(byte[] synced) {
      this.synced = synced;
    }
  }

  private final Path folder;
  private final Map<Path, Node> live = new HashMap<>();
  private final Map<Path, Node> durable = new HashMap<>();
  long freeBytes = Long.MAX_VALUE;
  long totalBytes = Long.MAX_VALUE;

  /** Operations until the power goes; from then on everything fails. */
  long powerLeft = Long.MAX_VALUE;

  /** Bytes until the disk is full. */
  long room = Long.MAX_VALUE;

  boolean failForce;
  boolean failTruncate;
  boolean failDelete;
  int forces;

  CrashDisk(Path folder) throws IOException {
    this.folder = folder;
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path each : files.filter(Files::isRegularFile).toList()) {
          Node node = new Node(Files.readAllBytes(each));
          live.put(each, node);
          durable.put(each, node);
        }
      }
    }
  }

  boolean isOff() {
    return powerLeft <= 0;
  }

  void operation() throws IOException {
    if (powerLeft <= 0 || --powerLeft <= 0) {
      throw new IOException("power is off");
    }
  }

  @Override
  public synchronized FileChannel open(Path file, OpenOption... options) throws IOException {
    boolean writes = Set.of(options).contains(StandardOpenOption.WRITE);
    if (writes) {
      operation();
    }
    boolean isNew = !Files.exists(file);
    FileChannel real = Disk.REAL.open(file, options);
    Node node = live.get(file);
    if (node == null || isNew) {
      node = new Node(new byte[0]);
      live.put(file, node);
    }
    return new SpyChannel(real, file, node, this);
  }

  synchronized void forced(Path file, Node node) throws IOException {
    operation();
    forces++;
    if (failForce) {
      throw new IOException("Input/output error");
    }
    node.synced = Files.readAllBytes(file);
  }

  synchronized int allowed(int wanted) throws IOException {
    operation();
    if (wanted > 0 && room <= 0) {
      throw new IOException("No space left on device");
    }
    int allowed = (int) Math.min(wanted, room);
    if (room != Long.MAX_VALUE) {
      room -= allowed;
    }
    return allowed;
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    operation();
    if (failDelete) {
      throw new IOException("delete fails");
    }
    if (room != Long.MAX_VALUE && Files.exists(file)) {
      room += Files.size(file);
    }
    Disk.REAL.delete(file);
    live.remove(file);
  }

  @Override
  public synchronized void move(Path from, Path to) throws IOException {
    operation();
    Disk.REAL.move(from, to);
    Node node = live.remove(from);
    if (node != null) {
      live.put(to, node);
    }
  }

  /** The same steps as the real one, each of which may be the last. */
  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    synchronized (this) {
      operation();
      Files.move(
          temporary,
          file,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      live.put(file, live.remove(temporary));
    }
    syncFolder(file.getParent());
  }

  @Override
  public synchronized void syncFolder(Path synced) throws IOException {
    operation();
    Set<Path> names = new HashSet<>(live.keySet());
    names.addAll(durable.keySet());
    for (Path each : names) {
      if (each.getParent().equals(synced)) {
        Node node = live.get(each);
        if (node == null) {
          durable.remove(each);
        } else {
          durable.put(each, node);
        }
      }
    }
  }

  @Override
  public long usableBytes(Path any) {
    return freeBytes;
  }

  @Override
  public long totalBytes(Path any) {
    return totalBytes;
  }

  /** Writes what a power loss now may leave into a new folder. */
  synchronized void crashTo(Path target, Random random) throws IOException {
    Map<Node, byte[]> contents = new HashMap<>();
    for (Map.Entry<Path, Node> each : live.entrySet()) {
      if (Files.exists(each.getKey())) {
        contents.put(
            each.getValue(),
            mix(each.getValue().synced, Files.readAllBytes(each.getKey()), random));
      }
    }
    Set<Path> names = new HashSet<>(live.keySet());
    names.addAll(durable.keySet());
    for (Path each : names.stream().sorted().toList()) {
      Node old = durable.get(each);
      Node node = old == live.get(each) || random.nextBoolean() ? old : live.get(each);
      if (node != null) {
        Path file = target.resolve(folder.relativize(each));
        Files.createDirectories(file.getParent());
        Files.write(file, contents.getOrDefault(node, node.synced));
      }
    }
    Files.createDirectories(target);
  }

  private static byte[] mix(byte[] synced, byte[] written, Random random) {
    if (Arrays.equals(synced, written)) {
      return synced;
    }
    int length = random.nextBoolean() ? synced.length : written.length;
    byte[] mixed = Arrays.copyOf(synced, length);
    int everything = random.nextInt(4);
    for (int at = 0; at < length; at += PAGE) {
      boolean fresh = everything == 0 || everything != 1 && random.nextBoolean();
      int to = Math.min(length, at + PAGE);
      for (int i = at; fresh && i < to; i++) {
        mixed[i] = i < written.length ? written[i] : 0;
      }
    }
    return mixed;
  }
}
