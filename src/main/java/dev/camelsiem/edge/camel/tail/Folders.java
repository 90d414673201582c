package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in the folders where a file may have been renamed to: beside its link, beside the
 * link's target, and beside each link in between. Each folder is read once; links in it are not
 * followed. Lives as long as one look at all files.
 */
final class Folders {
  private static final Logger LOG = LoggerFactory.getLogger(Folders.class);
  private static final int MOST_LINKS = 16;

  private final Map<Path, Listing> listings = new HashMap<>();

  /**
   * The regular files of a folder.
   *
   * @param files by key
   * @param inodes by inode, whatever the device
   * @param isThere false when there is no such folder now
   * @param isRead false when it could not be read, so that a missing file means nothing
   */
  record Listing(
      Map<String, FoundFile> files,
      Map<String, FoundFile> inodes,
      boolean isThere,
      boolean isRead) {
    static Listing of(Map<String, FoundFile> files, boolean isThere, boolean isRead) {
      Map<String, FoundFile> inodes = new HashMap<>();
      files.forEach((key, file) -> inodes.put(FoundFile.inode(key), file));
      inodes.remove("");
      return new Listing(files, inodes, isThere, isRead);
    }
  }

  Listing list(Path folder) {
    return listings.computeIfAbsent(folder, Folders::read);
  }

  /** Where a file may stand now: the folders of its names and of all links from them. */
  static Set<Path> around(TailedFile file) {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(DurableFiles.folderOf(file.realPath));
    addChain(folders, file.path);
    return folders;
  }

  /** The names that a path and the links from it have: what generations of it are named after. */
  static Collection<Path> names(Path path) {
    Set<Path> names = new LinkedHashSet<>();
    Path next = path.toAbsolutePath();
    for (int i = 0; i < MOST_LINKS && names.add(next) && Files.isSymbolicLink(next); i++) {
      try {
        next = DurableFiles.folderOf(next).resolve(Files.readSymbolicLink(next)).normalize();
      } catch (IOException e) {
        LOG.debug("The link {} went away", next, e);
      }
    }
    return names;
  }

  private static void addChain(Set<Path> folders, Path path) {
    names(path).forEach(name -> folders.add(DurableFiles.folderOf(name)));
  }

  private static Listing read(Path folder) {
    Map<String, FoundFile> files = new LinkedHashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        add(files, entry);
      }
      return Listing.of(files, true, true);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Listing.of(Map.of(), false, true);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("Can't look for renamed files in {}", folder, e);
      return Listing.of(files, true, false);
    }
  }

  private static void add(Map<String, FoundFile> files, Path entry) {
    FoundFile file = at(entry);
    if (file != null) {
      files.put(file.key(), file);
    }
  }

  /** The regular file at a path, or null when there is none; a link is none. */
  static @Nullable FoundFile at(Path path) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? FoundFile.of(path, path, attributes) : null;
    } catch (IOException e) {
      LOG.trace("Gone meanwhile: {}", path, e);
      return null;
    }
  }
}
