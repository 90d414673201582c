package dev.camelsiem.delivery.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that only takes room: it is given up when a small file must be saved on a full disk. */
final class Ballast {
  private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
  static final int BYTES = 1 << 20;

  private final Disk disk;
  private final Path file;
  private final FreeSpace space;

  Ballast(Disk disk, Path folder, FreeSpace space) {
    this.disk = disk;
    this.file = folder.resolve("reserve");
    this.space = space;
  }

  /**
   * Replaces a small file, and gives up the ballast when that is the only way. Also done by a
   * thread that is interrupted.
   */
  synchronized void write(Path target, byte[] bytes) throws IOException {
    boolean interrupted = Thread.interrupted(); // else the file would be closed under our hands
    try {
      writeOrMakeRoom(target, bytes);
    } catch (ClosedByInterruptException e) {
      interrupted |= Thread.interrupted();
      writeOrMakeRoom(target, bytes);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void writeOrMakeRoom(Path target, byte[] bytes) throws IOException {
    try {
      disk.replace(target, bytes);
    } catch (IOException e) {
      if (!isFull(e) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      LOG.warn("Cannot save {}: trying again with the room of {}", target, file, e);
      disk.delete(file);
      disk.replace(target, bytes);
    }
  }

  private boolean isFull(IOException e) throws IOException {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left")
        || message.contains("quota")
        || disk.usableBytes(DurableFiles.folderOf(file)) < BYTES;
  }

  /** Makes the ballast if it is not there and there is room for it. */
  synchronized void restore() throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) >= BYTES
        || !space.has(2L * BYTES)) {
      return;
    }
    try (FileChannel channel = disk.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer zeros = ByteBuffer.allocate(64 << 10);
      for (int done = 0; done < BYTES; done += zeros.capacity()) {
        zeros.clear();
        while (zeros.hasRemaining()) {
          channel.write(zeros);
        }
      }
    }
  }
}
