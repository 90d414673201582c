package dev.camelsiem.edge.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** Waits for changes below folders, at any depth; new folders are watched as they appear. */
final class TreeWatch implements AutoCloseable {
  /** Editors write several files in a row: one run is enough for them. */
  private static final long SETTLE_MILLIS = 100;

  private final WatchService service;

  TreeWatch(Collection<Path> roots) throws IOException {
    Path first = roots.iterator().next();
    service = first.getFileSystem().newWatchService();
    for (Path root : roots) {
      Path parent = root.toAbsolutePath().getParent();
      watch(Files.isDirectory(root) || parent == null ? root : parent);
    }
  }

  /** Returns when something has changed and the changes have settled. */
  void await() throws InterruptedException, IOException {
    WatchKey key = service.take();
    while (key != null) {
      follow(key);
      key.reset();
      key = service.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void follow(WatchKey key) throws IOException {
    Path folder = (Path) key.watchable();
    for (var event : key.pollEvents()) {
      if (event.kind() == ENTRY_CREATE && event.context() instanceof Path name) {
        Path created = folder.resolve(name);
        if (Files.isDirectory(created)) {
          watch(created);
        }
      }
    }
  }

  private void watch(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // it vanished: there will be an event about it
          }
        });
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
