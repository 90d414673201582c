package dev.camelsiem.edge.camel.integration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where each integration's spool lies below the data directory. */
final class SpoolFolders {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolders.class);
  private static final int LONGEST = 100;

  private final Path root;

  SpoolFolders(Path dataDir) {
    root = dataDir.resolve("spool");
  }

  /** The folder of an integration; equal ids, without regard to case, have equal folders. */
  Path of(String id) {
    StringBuilder name = new StringBuilder();
    for (byte b : id.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)) {
      boolean plain = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_';
      if (plain) {
        name.append((char) b);
      } else {
        name.append(String.format("%%%02x", b & 0xff));
      }
    }
    if (name.length() > LONGEST) {
      String hash = Integer.toHexString(name.toString().hashCode());
      name.setLength(LONGEST);
      name.append('%').append(hash);
    }
    return root.resolve(name.toString());
  }

  /** Warns of backlogs that belong to no integration any more; nobody deletes them but people. */
  void warnOfOrphans(Collection<String> ids) {
    Set<Path> known = new TreeSet<>(ids.stream().map(this::of).toList());
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.filter(f -> !known.contains(f)).toList()) {
        long bytes = bytes(folder);
        if (bytes > 0) {
          LOG.warn(
              "{} bytes for an integration that is gone or disabled wait in {}: enable it to"
                  + " deliver them, or delete the folder",
              bytes,
              folder);
        }
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be listed: {}", root, e.getMessage());
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> segments = files.filter(f -> f.toString().endsWith(".spool")).toList();
      long bytes = 0;
      for (Path segment : segments) {
        bytes += Files.size(segment);
      }
      return bytes;
    }
  }
}
