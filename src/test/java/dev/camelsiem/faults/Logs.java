package dev.camelsiem.faults;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A log that is rotated while it is written, by the thread that writes. */
final class Logs implements Load.Taker {
  private static final long EVERY_NANOS = 300_000_000;

  /** Old generations beyond are deleted: many enough for the time in which nobody reads. */
  private static final int KEPT = 150;

  private final Path live;
  private final Rotation rotation;
  private long last = System.nanoTime();
  private int rotations;

  /** What is done to a log again and again. */
  @FunctionalInterface
  interface Rotation {
    void turn(Path live, Path old) throws IOException;
  }

  Logs(Path live, Rotation rotation) {
    this.live = live;
    this.rotation = rotation;
  }

  static void rename(Path live, Path old) throws IOException {
    Files.move(live, old);
  }

  /** As logrotate does: nothing is written in between, as this is the writer's thread. */
  static void copyTruncate(Path live, Path old) throws IOException {
    Files.copy(live, old);
    try (FileChannel file = FileChannel.open(live, StandardOpenOption.WRITE)) {
      file.truncate(0);
    }
  }

  /** Lets a link lead to a file, at one stroke. */
  static void link(Path link, Path target) throws IOException {
    Files.createDirectories(link.getParent());
    Path fresh = link.resolveSibling("fresh");
    Files.createSymbolicLink(fresh, target);
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void append(Path file, String text) throws IOException {
    Files.writeString(
        file,
        text,
        StandardCharsets.US_ASCII,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Override
  public void take(String lines, int events) throws IOException {
    if (System.nanoTime() - last >= EVERY_NANOS && Files.exists(live)) {
      last = System.nanoTime();
      rotations++;
      rotation.turn(live, old(rotations));
      Files.deleteIfExists(old(rotations - KEPT));
    }
    append(live, lines);
  }

  private Path old(int number) {
    return live.resolveSibling(live.getFileName() + "." + number);
  }

  int rotations() {
    return rotations;
  }
}
