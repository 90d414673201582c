package dev.camelsiem.edge.camel.tail;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * A file that a scan has found.
 *
 * @param key device and inode, or the real path where there are none
 * @param path the name that matched, for people
 * @param realPath what the name stands for once links are followed
 * @param size in bytes
 * @param modified epoch nanoseconds of the last change of its content
 * @param created epoch nanoseconds of its birth; 0 where the file system or the JDK doesn't tell
 */
record FoundFile(String key, Path path, Path realPath, long size, long modified, long created) {
  private static final String INODE = "ino=";

  /**
   * The oldest change first. Of those that were changed in the same tick of the file system's
   * clock, a higher number behind the name is older, and the name alone is the youngest.
   */
  static final Comparator<FoundFile> BY_AGE =
      Comparator.comparingLong(FoundFile::modified)
          .thenComparing(file -> -file.path().toString().length())
          .thenComparing(FoundFile::path, Comparator.reverseOrder());

  static FoundFile of(Path path, Path realPath, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    FileTime modified = attributes.lastModifiedTime();
    FileTime created = attributes.creationTime();
    return new FoundFile(
        key != null ? key.toString() : "path=" + realPath.toAbsolutePath(),
        path,
        realPath,
        attributes.size(),
        modified.to(TimeUnit.NANOSECONDS),
        // a JDK that does not know it says the time of the last change instead
        created.equals(modified) ? 0 : created.to(TimeUnit.NANOSECONDS));
  }

  static long nanos(Instant time) {
    return FileTime.from(time).to(TimeUnit.NANOSECONDS);
  }

  /** The inode of a key, whatever the device; empty where there is none. */
  static String inode(String key) {
    int at = key.indexOf(INODE);
    return at < 0 ? "" : key.substring(at);
  }
}
