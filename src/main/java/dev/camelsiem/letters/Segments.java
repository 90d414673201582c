package dev.camelsiem.letters;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.durable.CrashPoint;
import dev.camelsiem.durable.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The full files beside the one that is written: {@code dead-letters.ndjson} leaves {@code
 * dead-letters.1.ndjson}, {@code dead-letters.2.ndjson} and so on; the lowest number is the oldest.
 * Not thread-safe.
 */
final class Segments {
  private final Path path;
  private final Path folder;
  private final String prefix;
  private final String suffix;
  private final TreeMap<Long, Long> sizes = new TreeMap<>();

  Segments(Path path) {
    this.path = path;
    this.folder = DurableFiles.folderOf(path);
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    this.prefix = (dot <= 0 ? name : name.substring(0, dot)) + ".";
    this.suffix = dot <= 0 ? "" : name.substring(dot);
  }

  /** Another file of the same name: {@code dead-letters.ENDING}. */
  static Path beside(Path letters, String ending) {
    Segments names = new Segments(letters);
    return names.folder.resolve(names.prefix + ending);
  }

  /** The full files and the one that is written, the oldest first. */
  static List<Path> files(Path letters) throws IOException {
    Segments segments = new Segments(letters);
    List<Path> files = new ArrayList<>(segments.archived());
    if (Files.exists(letters)) {
      files.add(letters);
    }
    return files;
  }

  /** The full files, the oldest first. */
  List<Path> archived() throws IOException {
    list();
    return sizes.keySet().stream().map(this::numbered).toList();
  }

  /** Gives the file that was written until now the next number; somebody may have taken it. */
  void archive() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    list();
    Files.move(path, numbered(sizes.isEmpty() ? 1 : sizes.lastKey() + 1));
    DurableFiles.syncFolder(folder);
  }

  /** Bytes of all full files; looks at the folder again, since people remove files by hand. */
  long archivedBytes() throws IOException {
    list();
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Writes a file again without some of its lines, as old as it was; a crash leaves the old one or
   * the new one, whole. One that nothing is left of is deleted.
   *
   * @param keep false for a line to leave out
   * @return the bytes of what was left out
   */
  static long rewrite(Path file, Lines.Taker keep) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    FileTime age = Files.getLastModifiedTime(file);
    long[] sizes = {0, 0};
    Set<java.nio.file.OpenOption> options =
        Set.of(CREATE, WRITE, TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel = FileChannel.open(fresh, options, DurableFiles.ownerOnly())) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      boolean unused =
          Lines.each(
              file,
              (bytes, from, to) -> {
                if (keep.take(bytes, from, to)) {
                  out.write(bytes, from, to - from);
                  out.write('\n');
                  sizes[1] += to - from + 1L;
                } else {
                  sizes[0] += to - from + 1L;
                }
                return true;
              });
      out.flush();
      channel.force(true);
    }
    CrashPoint.reached("letters-rewritten");
    if (sizes[0] == 0 && sizes[1] > 0) {
      Files.delete(fresh);
    } else if (sizes[1] == 0) {
      Files.delete(file);
      Files.delete(fresh);
    } else {
      Files.setLastModifiedTime(fresh, age);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    DurableFiles.syncFolder(DurableFiles.folderOf(file));
    return sizes[0];
  }

  /** Takes a file out of those that are looked at; tells where it is now. */
  Path putAside(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    DurableFiles.syncFolder(folder);
    return aside;
  }

  private Path numbered(long number) {
    return folder.resolve(prefix + number + suffix);
  }

  private void list() throws IOException {
    sizes.clear();
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        long number = numberOf(file.getFileName().toString());
        if (number > 0) {
          put(number, file);
        }
      }
    }
  }

  private void put(long number, Path file) throws IOException {
    try {
      sizes.put(number, Files.size(file));
    } catch (NoSuchFileException e) {
      sizes.remove(number); // somebody has removed it right now
    }
  }

  private long numberOf(String name) {
    int end = name.length() - suffix.length();
    boolean ours = name.startsWith(prefix) && name.endsWith(suffix) && end > prefix.length();
    if (!ours || end - prefix.length() > 18) {
      return 0;
    }
    long number = 0;
    for (int i = prefix.length(); i < end; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }
}
