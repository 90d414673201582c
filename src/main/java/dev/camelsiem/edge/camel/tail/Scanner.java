package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for the files that the patterns match. Not thread-safe. */
final class Scanner {
  private static final Logger LOG = LoggerFactory.getLogger(Scanner.class);
  private static final int MAX_WARNED = 10_000;

  /** So that a folder full of small files can't fill the memory; more are said and not read. */
  static final int MAX_FILES = 50_000;

  private final List<PathPattern> patterns;
  private final List<PathPattern> excludes;
  private final boolean followLinksOutside;
  private final Set<Path> warned = new HashSet<>();
  private final Map<String, FoundFile> found = new HashMap<>();
  private final Set<Path> failed = new HashSet<>();
  private boolean tooMany;

  Scanner(List<PathPattern> patterns, List<PathPattern> excludes, boolean followLinksOutside) {
    this.patterns = patterns;
    this.excludes = excludes;
    this.followLinksOutside = followLinksOutside;
  }

  /**
   * The files there are now by key, the oldest change first; each file once, whatever its names.
   */
  Map<String, FoundFile> scan() {
    found.clear();
    failed.clear();
    for (PathPattern pattern : patterns) {
      if (pattern.isLiteral()) {
        visit(pattern.root(), pattern);
      } else {
        walk(pattern);
      }
    }
    Map<String, FoundFile> sorted = new LinkedHashMap<>();
    found.values().stream().sorted(FoundFile.BY_AGE).forEach(file -> sorted.put(file.key(), file));
    return sorted;
  }

  /** True when the last scan could not look for a path, so that it means nothing if it misses. */
  boolean missed(Path path) {
    return !failed.isEmpty() && failed.stream().anyMatch(path::startsWith);
  }

  /** The wanted names that are no globs. */
  List<Path> plainNames() {
    return patterns.stream().filter(PathPattern::isLiteral).map(PathPattern::root).toList();
  }

  /** Where the patterns begin: folders, or those of plain paths. */
  List<Path> roots() {
    return patterns.stream()
        .map(each -> each.isLiteral() ? DurableFiles.folderOf(each.root()) : each.root())
        .toList();
  }

  /** Device and inode of what a path stands for now, or null when there is no such file. */
  static @Nullable String keyOf(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile() ? FoundFile.of(path, path, attributes).key() : null;
    } catch (IOException e) {
      return null; // gone, or not ours to see: both mean that it is not the one we look for
    }
  }

  private void walk(PathPattern pattern) {
    try {
      Path real = pattern.root().toRealPath(); // a walk would stop at a root that is a link
      Files.walkFileTree(
          real,
          EnumSet.noneOf(java.nio.file.FileVisitOption.class),
          pattern.depth(),
          new Visitor(pattern, real));
    } catch (NoSuchFileException e) {
      warn(pattern.root(), e);
    } catch (IOException e) {
      incomplete(pattern.root(), e);
    }
  }

  private void visit(Path path, PathPattern pattern) {
    try {
      Path real = path.toRealPath();
      if (isExcluded(path) || !mayFollow(path, real, pattern)) {
        return;
      }
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        add(path, real, attributes);
      }
    } catch (NoSuchFileException e) {
      LOG.trace("Not there now: {}", path);
    } catch (IOException | RuntimeException e) { // one odd name must not hide the others
      incomplete(path, e);
    }
  }

  private void add(Path path, Path real, BasicFileAttributes attributes) {
    FoundFile file = FoundFile.of(path, real, attributes);
    if (found.size() < MAX_FILES || found.containsKey(file.key())) {
      found.merge(
          file.key(), file, (one, two) -> one.path().compareTo(two.path()) <= 0 ? one : two);
    } else if (!tooMany) {
      tooMany = true;
      LOG.error("More than {} files, {} is not read: narrow the paths", MAX_FILES, path);
    }
  }

  /**
   * A link that was found by a glob may not lead out of the glob's folder unless that is wanted.
   */
  private boolean mayFollow(Path path, Path real, PathPattern pattern) throws IOException {
    if (followLinksOutside || pattern.isLiteral() || real.startsWith(pattern.root().toRealPath())) {
      return true;
    }
    if (warned.size() < MAX_WARNED && warned.add(path)) {
      LOG.warn(
          "Not read: {} is a link to {}, outside of {}; set followLinksOutside=true to read it",
          path,
          real,
          pattern.root());
    }
    return false;
  }

  boolean isExcluded(Path path) {
    for (PathPattern exclude : excludes) {
      if (exclude.matches(path)) {
        return true;
      }
    }
    return false;
  }

  private void incomplete(Path path, Exception e) {
    failed.add(path);
    warn(path, e);
  }

  private void warn(Path path, Exception e) {
    if (warned.size() < MAX_WARNED && warned.add(path)) {
      LOG.warn("Can't read {}: {}", path, e.toString());
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final PathPattern pattern;
    private final Path realRoot;

    Visitor(PathPattern pattern, Path realRoot) {
      this.pattern = pattern;
      this.realRoot = realRoot;
    }

    @Override
    public FileVisitResult visitFile(Path real, BasicFileAttributes attributes) {
      Path path = pattern.root().resolve(realRoot.relativize(real));
      if (pattern.matches(path)) {
        if (attributes.isRegularFile()) {
          if (!isExcluded(path)) {
            add(path, real, attributes);
          }
        } else if (attributes.isSymbolicLink()) {
          visit(path, pattern);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      if (!(e instanceof NoSuchFileException)) {
        incomplete(path, e);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      if (e != null) {
        incomplete(folder, e);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
