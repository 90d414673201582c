package dev.camelsiem.edge.camel.deadletter;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The full files beside the one that is written: {@code dead-letters.ndjson} leaves {@code
 * dead-letters.1.ndjson}, {@code dead-letters.2.ndjson} and so on; the lowest number is the oldest.
 * Not thread-safe.
 */
final class Segments {
  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

  private final Path path;
  private final Path folder;
  private final String prefix;
  private final String suffix;
  private final TreeMap<Long, Long> sizes = new TreeMap<>();
  private boolean listed;

  Segments(Path path) {
    this.path = path;
    this.folder = DurableFiles.folderOf(path);
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    this.prefix = (dot <= 0 ? name : name.substring(0, dot)) + ".";
    this.suffix = dot <= 0 ? "" : name.substring(dot);
  }

  /** Gives the file that was written until now the next number; somebody may have taken it. */
  void archive() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    listed = false;
    list();
    long number = sizes.isEmpty() ? 1 : sizes.lastKey() + 1;
    long size = Files.size(path);
    Files.move(path, numbered(number));
    sizes.put(number, size);
  }

  /** Bytes of all full files; looks at the folder again, since people remove files by hand. */
  long archivedBytes() throws IOException {
    listed = false;
    list();
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Deletes the oldest full file; returns its bytes, or 0 when there is none. */
  long deleteOldest() throws IOException {
    list();
    if (sizes.isEmpty()) {
      return 0;
    }
    var oldest = sizes.firstEntry();
    Files.deleteIfExists(numbered(oldest.getKey()));
    sizes.remove(oldest.getKey());
    LOG.error("Dead letters are full, the oldest file was deleted: {}", numbered(oldest.getKey()));
    return oldest.getValue();
  }

  private Path numbered(long number) {
    return folder.resolve(prefix + number + suffix);
  }

  private void list() throws IOException {
    if (listed) {
      return;
    }
    sizes.clear();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        long number = numberOf(file.getFileName().toString());
        if (number > 0) {
          sizes.put(number, Files.size(file));
        }
      }
    }
    listed = true;
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
