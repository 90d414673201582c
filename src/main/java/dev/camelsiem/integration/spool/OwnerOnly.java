package dev.camelsiem.integration.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Attributes of files and folders that nobody but the owner may read. */
final class OwnerOnly {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  static final FileAttribute<?>[] FILE = attributes("rw-------");
  static final FileAttribute<?>[] FOLDER = attributes("rwx------");

  private OwnerOnly() {}

  /** Makes a new name in a folder survive a power loss. */
  static void syncFolder(Path folder) throws IOException {
    if (POSIX) { // elsewhere a folder cannot be opened, and needs no sync
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] attributes(String mode) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
