package dev.camelsiem.durable;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a folder that one holder of all processes has. This process remembers what it holds
 * itself: to open and close the lock file a second time would give up the first lock (POSIX).
 */
public final class FolderLock implements Closeable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private FolderLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the lock by its file, or returns null when somebody else, of this process or another, has
   * it. The file stays when the lock is given back.
   */
  public static @Nullable FolderLock take(Path file) throws IOException {
    Path path = DurableFiles.folderOf(file).toRealPath().resolve(file.getFileName());
    if (!HELD.add(path)) {
      return null;
    }
    FolderLock lock = null;
    try {
      lock = open(path);
    } finally {
      if (lock == null) {
        HELD.remove(path);
      }
    }
    return lock;
  }

  private static @Nullable FolderLock open(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, Set.of(CREATE, WRITE, LinkOption.NOFOLLOW_LINKS), DurableFiles.ownerOnly());
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false; // another class loader of this process has it
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? new FolderLock(path, channel) : null;
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(path);
    }
  }
}
