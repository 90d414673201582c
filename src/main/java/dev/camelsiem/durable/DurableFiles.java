package dev.camelsiem.durable;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.text.Ascii;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Files that must outlive a crash and that nobody else may read: mode 0600 in folders of mode 0700,
 * symbolic links refused.
 */
public final class DurableFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final int MOST_NAME = 150;

  private DurableFiles() {}

  /** Attributes of a new file: read and write for the owner; none where there is no POSIX. */
  public static FileAttribute<?>[] ownerOnly() {
    return attributes("rw-------");
  }

  /** Creates the folder a file stands in, and those above it, for the owner alone. */
  public static void createFolderOf(Path file) throws IOException {
    createFolders(folderOf(file));
  }

  /**
   * Creates a folder, and those above it, for the owner alone. The names of all that were created
   * survive a power loss.
   */
  public static void createFolders(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path above = folder.toAbsolutePath();
    while (above != null && !Files.isDirectory(above)) {
      missing.push(above);
      above = above.getParent();
    }
    for (Path each : missing) {
      try {
        Files.createDirectory(each, attributes("rwx------"));
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(each)) { // else somebody else was faster
          throw e;
        }
      }
      syncFolder(folderOf(each));
    }
  }

  /** A file name for any name: plain letters and digits stay, all else is written as %hex. */
  public static String safeName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if (Ascii.isAlphanumeric(c) || c == '_' || c == '-') {
        text.append(c);
      } else {
        text.append('%').append(Character.forDigit(c >> 4, 16));
        text.append(Character.forDigit(c & 15, 16));
      }
    }
    if (text.length() > MOST_NAME) { // what is cut off is told by a checksum
      CRC32C checksum = new CRC32C();
      checksum.update(bytes, 0, bytes.length);
      text.setLength(MOST_NAME);
      text.append('~').append(Long.toHexString(checksum.getValue()));
    }
    return text.toString();
  }

  /** The folder a file stands in; never null. */
  public static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  /** Makes created, renamed and deleted names of a folder survive a power loss. */
  public static void syncFolder(Path folder) throws IOException {
    if (POSIX) { // elsewhere a folder can't be opened, and needs no sync
      try (FileChannel channel = FileChannel.open(folder, READ)) {
        channel.force(true);
      }
    }
  }

  /**
   * Replaces a file by way of {@code NAME.tmp}: after a crash at any point the file is either the
   * old one or the new one, whole.
   */
  public static void replace(Path file, ByteBuffer content) throws IOException {
    replace(
        file,
        channel -> {
          while (content.hasRemaining()) {
            channel.write(content);
          }
        });
  }

  /** Writes what a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; does not close the channel. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** As {@link #replace(Path, ByteBuffer)}, for what need not be in memory as a whole. */
  public static void replace(Path file, Content content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Set<java.nio.file.OpenOption> options =
        Set.of(CREATE, WRITE, TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel = FileChannel.open(temporary, options, ownerOnly())) {
      content.writeTo(channel);
      channel.force(true);
    }
    CrashPoint.reached("before-rename");
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    CrashPoint.reached("after-rename");
    syncFolder(folderOf(file));
  }

  /**
   * Adds to the end of a file that is there: after a crash before this returns it ends with any
   * part of the content. When this throws, too.
   *
   * @param sync whether the file must survive a power loss with it, or the end of this process only
   */
  public static void append(Path file, ByteBuffer content, boolean sync) throws IOException {
    Set<java.nio.file.OpenOption> options = Set.of(WRITE, APPEND, LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel = FileChannel.open(file, options)) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      if (sync) {
        CrashPoint.reached("before-append-sync");
        channel.force(false);
      }
    }
    CrashPoint.reached(sync ? "after-append-sync" : "after-note");
  }

  /**
   * Takes {@code NAME.lock} for this process until the channel is closed, or returns null when
   * somebody else, of this process or another, has it.
   */
  public static @Nullable FileChannel lock(Path file) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(lockFile, Set.of(CREATE, WRITE, LinkOption.NOFOLLOW_LINKS), ownerOnly());
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false; // this process has it
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? channel : null;
  }

  private static FileAttribute<?>[] attributes(String mode) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
