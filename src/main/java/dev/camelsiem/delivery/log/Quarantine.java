package dev.camelsiem.delivery.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that keeps what could not be read, for whoever wants to look into it. */
final class Quarantine {
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final long MOST_BYTES = 64L << 20;
  private static final int CHUNK = 64 << 10;

  private final Path folder;
  private final Disk disk;

  Quarantine(Path logFolder, Disk disk) {
    this.folder = logFolder.resolve("quarantine");
    this.disk = disk;
  }

  /**
   * Copies some bytes of a file, up to what there is room for.
   *
   * @return what became of them, for a log line
   */
  synchronized String copy(Path file, long from, long to) {
    Path copy = folder.resolve(file.getFileName() + "." + from);
    try {
      DurableFiles.createFolders(folder);
      if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
        return "kept in " + copy;
      }
      long room = MOST_BYTES - used();
      long length = Math.min(to - from, room);
      if (length <= 0) {
        return "not copied, since " + folder + " is full: empty it";
      }
      copyBytes(file, from, length, copy);
      return (length < to - from ? length + " of them copied to " : "copied to ") + copy;
    } catch (IOException e) {
      LOG.warn("Cannot keep damaged bytes of {} in {}: {}", file, copy, e.toString());
      return "not copied: " + e.getMessage();
    }
  }

  private void copyBytes(Path file, long from, long length, Path copy) throws IOException {
    try (FileChannel source = disk.open(file, READ);
        FileChannel target = disk.open(copy, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      long at = from;
      while (at < from + length) {
        chunk.clear().limit((int) Math.min(CHUNK, from + length - at));
        int got = source.read(chunk, at);
        if (got <= 0) {
          break;
        }
        chunk.flip();
        while (chunk.hasRemaining()) {
          target.write(chunk);
        }
        at += got;
      }
    }
  }

  /** Moves a whole file aside; false when that cannot be done. */
  synchronized boolean moveAside(Path file) {
    try {
      DurableFiles.createFolders(folder);
      Path target = folder.resolve(String.valueOf(file.getFileName()));
      for (int i = 1; Files.exists(target, LinkOption.NOFOLLOW_LINKS); i++) {
        target = folder.resolve(file.getFileName() + "-" + i);
      }
      disk.move(file, target);
      disk.syncFolder(folder);
      disk.syncFolder(DurableFiles.folderOf(file));
      return true;
    } catch (IOException e) {
      LOG.error("Cannot move {} to {}: {}", file, folder, e.toString());
      return false;
    }
  }

  private long used() throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        sum += Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS) ? Files.size(each) : 0;
      }
    }
    return sum;
  }
}
