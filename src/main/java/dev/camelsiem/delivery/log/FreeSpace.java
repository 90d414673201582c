package dev.camelsiem.delivery.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Looks after the room on the log's disk; asks it ten times a second at most. Thread-safe. */
final class FreeSpace {
  private static final long MAX_AGE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Disk disk;
  private final Path folder;
  private final long wanted;
  private long askedAt;
  private boolean asked;
  private long free;
  private long limit;

  FreeSpace(Disk disk, Path folder, long wanted) {
    this.disk = disk;
    this.folder = folder;
    this.wanted = wanted;
  }

  /** Bytes that are free. */
  synchronized long bytes() throws IOException {
    long now = System.nanoTime();
    if (!asked || now - askedAt >= MAX_AGE) {
      free = disk.usableBytes(folder);
      limit = Math.min(wanted, disk.totalBytes(folder) / 10);
      askedAt = now;
      asked = true;
    }
    return free;
  }

  /**
   * Makes sure that there is enough.
   *
   * @throws LogFullException when there is not
   */
  synchronized void require() throws IOException {
    long bytes = bytes();
    if (bytes < limit) {
      throw new LogFullException(
          "the disk of "
              + folder
              + " has "
              + (bytes >> 20)
              + " MiB free and must keep "
              + (limit >> 20)
              + " MiB: make room, it goes on by itself");
    }
  }

  /** Whether there is so much more than must be kept. */
  synchronized boolean has(long more) throws IOException {
    return bytes() >= limit + more;
  }
}
