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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in the folders where a file may have been renamed to: beside its link, beside the
 * link's target, and beside each link in between. Each folder is read once and each file in it
 * looked at once; links are not followed. Lives as long as one look at all files.
 */
final class Folders {
  private static final Logger LOG = LoggerFactory.getLogger(Folders.class);
  private static final int MOST_LINKS = 16;

  private final Map<Path, Listing> listings = new HashMap<>();
  private final Map<Path, Rotated> rotated = new HashMap<>();
  private final Map<Path, Optional<FoundFile>> looked = new HashMap<>();
  private final Work work;

  /** How much was asked of the file system. */
  static final class Work {
    long listings;
    long files;
  }

  /**
   * The names of rotated files in a folder, by the name that they had before.
   *
   * @param isWhole false when the folder is not there or could not be read
   */
  private record Rotated(
      Map<String, List<Path>> plain, Map<String, List<Path>> packed, boolean isWhole) {}

  Folders(Work work) {
    this.work = work;
  }

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
    return listings.computeIfAbsent(folder, this::read);
  }

  /** The rotated files of some names, the oldest change first; only these are looked at. */
  List<FoundFile> generations(Collection<Path> names, boolean packed) {
    List<FoundFile> generations = new ArrayList<>();
    for (Path name : names) {
      Rotated there = rotated(DurableFiles.folderOf(name));
      String plain = String.valueOf(name.getFileName());
      for (Path path : (packed ? there.packed() : there.plain()).getOrDefault(plain, List.of())) {
        FoundFile file = look(path);
        if (file != null) {
          generations.add(file);
        }
      }
    }
    generations.sort(FoundFile.BY_AGE);
    return generations;
  }

  /** Whether the folders of some names could be listed. */
  boolean isWhole(Collection<Path> names) {
    return names.stream().allMatch(name -> rotated(DurableFiles.folderOf(name)).isWhole());
  }

  private Rotated rotated(Path folder) {
    return rotated.computeIfAbsent(folder, this::readNames);
  }

  private Rotated readNames(Path folder) {
    Map<String, List<Path>> plain = new HashMap<>();
    Map<String, List<Path>> packed = new HashMap<>();
    work.listings++;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        String unpacked = Generations.unpacked(name);
        Map<String, List<Path>> to = unpacked == null ? plain : packed;
        for (String base : Generations.bases(unpacked == null ? name : unpacked)) {
          to.computeIfAbsent(base, each -> new ArrayList<>(1)).add(entry);
        }
      }
      return new Rotated(plain, packed, true);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("Can't look for rotated files in {}", folder, e);
      return new Rotated(plain, packed, false);
    }
  }

  private @Nullable FoundFile look(Path path) {
    return looked
        .computeIfAbsent(
            path,
            each -> {
              work.files++;
              return Optional.ofNullable(at(each));
            })
        .orElse(null);
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

  private Listing read(Path folder) {
    work.listings++;
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

  private void add(Map<String, FoundFile> files, Path entry) {
    FoundFile file = look(entry);
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
