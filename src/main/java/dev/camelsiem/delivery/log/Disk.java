package dev.camelsiem.delivery.log;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;

/** What a log does to its disk; tests put one that fails in its place. */
interface Disk {
  Disk REAL = new Disk() {};

  /**
   * Opens a file, and nothing else that has its name: a symbolic link may lead anywhere, and who
   * opens a pipe waits for ever. A new file is for its owner alone.
   */
  default FileChannel open(Path file, OpenOption... options) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(file.toString(), null, "is no regular file");
    }
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, all, DurableFiles.ownerOnly());
  }

  default void delete(Path file) throws IOException {
    Files.delete(file);
  }

  default void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Replaces a file so that it is the old or the new one at any time, synced. */
  default void replace(Path file, byte[] content) throws IOException {
    DurableFiles.replace(file, ByteBuffer.wrap(content));
  }

  default void syncFolder(Path folder) throws IOException {
    DurableFiles.syncFolder(folder);
  }

  default long usableBytes(Path folder) throws IOException {
    return store(folder).getUsableSpace();
  }

  default long totalBytes(Path folder) throws IOException {
    return store(folder).getTotalSpace();
  }

  private static FileStore store(Path folder) throws IOException {
    return Files.getFileStore(folder);
  }
}
