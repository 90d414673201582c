package dev.camelsiem.faults;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What disks and people do to files. Knows nothing of their formats. */
final class Damage {
  /** A file with fewer bytes holds places, not events. */
  private static final long SMALL = 8 * 1024;

  private Damage() {}

  static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    // Not Files.walk: it fails when a file goes while it looks.
    File[] entries = folder.toFile().listFiles();
    if (entries == null) {
      return files;
    }
    Arrays.sort(entries);
    for (File entry : entries) {
      if (entry.isDirectory()) {
        files.addAll(files(entry.toPath()));
      } else {
        files.add(entry.toPath());
      }
    }
    return files;
  }

  /** Files that hold places: cursors, checkpoints. */
  static List<Path> places(Path folder) {
    return files(folder).stream().filter(file -> size(file) < SMALL && size(file) > 0).toList();
  }

  /** Files that hold events, by name. */
  static List<Path> segments(Path folder) {
    return files(folder).stream().filter(file -> file.toString().endsWith(".log")).toList();
  }

  /** Where the bytes of a file end that are not only room for more. */
  static long used(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  static long size(Path file) {
    return file.toFile().length();
  }

  static long total(Path folder) {
    return files(folder).stream().mapToLong(Damage::size).sum();
  }

  static void cut(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 0x10);
    }
  }

  static void garbage(Path file) throws IOException {
    Files.write(file, new byte[] {1, 2, 3, (byte) 0xFF, 0, 0, 17, 'x', '\n', '{'});
  }

  /** A folder where a file was. */
  static void folder(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
  }
}
