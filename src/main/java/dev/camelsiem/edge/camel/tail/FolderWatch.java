package dev.camelsiem.edge.camel.tail;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells soon that names came, went or changed in some folders, where the machine can tell. It is a
 * hint and no more: what it misses is found by the next regular look. {@link #wake} may be called
 * by any thread, the rest by one.
 */
final class FolderWatch {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  /** The kernel has a limit for each user; what is more is looked at regularly only. */
  private static final int MOST_FOLDERS = 1_024;

  private final String ownFile;
  private final @Nullable WatchService service = open();
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private final Semaphore woken = new Semaphore(0);
  private boolean changed;
  private boolean refused;

  /**
   * @param ownFile files whose names begin so are written by ourselves
   */
  FolderWatch(String ownFile) {
    this.ownFile = ownFile;
  }

  private static @Nullable WatchService open() {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.info("Folders are only looked at at intervals: {}", e.toString());
      return null;
    }
  }

  /** Watches these folders, and no others any more. */
  void watch(Set<Path> folders) {
    if (service == null) {
      return;
    }
    watched
        .entrySet()
        .removeIf(
            each -> {
              boolean over = !each.getValue().isValid() || !folders.contains(each.getKey());
              if (over) {
                each.getValue().cancel();
              }
              return over;
            });
    for (Path folder : folders) {
      if (watched.size() < MOST_FOLDERS && !watched.containsKey(folder)) {
        register(service, folder);
      }
    }
  }

  private void register(WatchService to, Path folder) {
    try {
      watched.put(folder, folder.register(to, ENTRY_CREATE, ENTRY_DELETE));
      changed = true; // what happened before is not told
    } catch (IOException e) {
      if (!refused) {
        refused = true;
        LOG.info("Folders such as {} are only looked at at intervals: {}", folder, e.toString());
      }
    } catch (ClosedWatchServiceException e) {
      LOG.trace("Woken for the end", e);
    }
  }

  /** True when something has changed since this was asked last. */
  boolean changed() {
    try {
      WatchKey key = service == null ? null : service.poll();
      while (key != null && service != null) {
        take(key);
        key = service.poll();
      }
    } catch (ClosedWatchServiceException e) {
      LOG.trace("Woken for the end", e);
    }
    boolean was = changed;
    changed = false;
    return was;
  }

  private void take(WatchKey key) {
    for (WatchEvent<?> event : key.pollEvents()) {
      changed |= event.context() == null || !event.context().toString().startsWith(ownFile);
    }
    key.reset();
  }

  /** Waits, until something changes at most; returns at once after {@link #wake}. */
  void await(long millis) throws InterruptedException {
    if (service == null) {
      if (woken.tryAcquire(Math.max(1, millis), TimeUnit.MILLISECONDS)) {
        woken.release(); // awake for ever
      }
      return;
    }
    try {
      WatchKey key = service.poll(Math.max(1, millis), TimeUnit.MILLISECONDS);
      if (key != null) {
        take(key);
      }
    } catch (ClosedWatchServiceException e) {
      LOG.trace("Woken for the end", e);
    }
  }

  /** Ends the waiting, for good. */
  void wake() {
    woken.release();
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      LOG.debug("Can't close the watch", e);
    }
  }
}
