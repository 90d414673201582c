package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All files that are tailed, known by identity and not by name, and the few of them that are open.
 * Not thread-safe.
 */
final class FileTable {
  private static final Logger LOG = LoggerFactory.getLogger(FileTable.class);

  /** How long the place in a file is kept that can't be seen any more: its disk may come back. */
  private static final long FORGET_MILLIS = TimeUnit.HOURS.toMillis(24);

  private final Scanner scanner;
  private final int maxOpen;
  private final long closeAfterNanos;
  private final Map<String, TailedFile> files = new LinkedHashMap<>();
  private final List<TailedFile> open = new ArrayList<>();
  private boolean atEnd;

  /**
   * @param saved what the checkpoint says
   * @param atEnd true when the files of the first scan are to be read from their end
   */
  FileTable(
      Scanner scanner,
      TailConfiguration configuration,
      List<Checkpoint.Entry> saved,
      boolean atEnd) {
    this.scanner = scanner;
    this.maxOpen = configuration.getMaxOpenFiles();
    this.closeAfterNanos = TimeUnit.MILLISECONDS.toNanos(configuration.getCloseAfter());
    this.atEnd = atEnd;
    for (Checkpoint.Entry entry : saved) {
      TailedFile file = new TailedFile(entry.key(), Path.of(entry.path()), Path.of(entry.path()));
      file.offset = entry.offset();
      file.delivered = entry.offset();
      file.size = entry.offset();
      file.fingerprint = entry.fingerprint();
      file.seen = entry.seen();
      file.source = entry.source();
      file.sourceSaved = true;
      files.put(file.key, file);
    }
  }

  Collection<TailedFile> all() {
    return files.values();
  }

  int openCount() {
    return open.size();
  }

  /** Looks for new, moved and vanished files; returns true when a place must be saved. */
  boolean refresh() {
    Map<String, FoundFile> found = scanner.scan();
    boolean changed = false;
    Map<Path, TailedFile> names = names();
    for (FoundFile one : found.values()) {
      changed |= see(one, names);
    }
    atEnd = false;
    if (scanner.isComplete()) {
      changed |= missing(found);
    }
    return changed;
  }

  private Map<Path, TailedFile> names() {
    Map<Path, TailedFile> names = new HashMap<>();
    for (TailedFile file : files.values()) {
      if (file.goneSince == 0) {
        names.put(file.path, file);
      }
    }
    return names;
  }

  private boolean see(FoundFile found, Map<Path, TailedFile> names) {
    TailedFile file = files.get(found.key());
    boolean isNew = file == null;
    if (file == null) {
      file = new TailedFile(found.key(), found.path(), found.realPath());
      files.put(file.key, file);
      if (atEnd) {
        startAtEnd(file);
      }
    }
    if (isNew || !file.path.equals(found.path())) {
      TailedFile previous = names.get(found.path());
      file.predecessor = previous == file ? null : previous;
      file.moveTo(found.path(), found.realPath());
    }
    if (file.predecessor != null && !file.predecessor.hasUnreadLines()) {
      file.predecessor = null;
    }
    file.realPath = found.realPath();
    file.seen = System.currentTimeMillis();
    file.goneSince = 0;
    if (file.channel == null) {
      file.size = found.size();
      holdOpen(file);
    }
    return isNew;
  }

  /** Opens a file with something to read while there is room, so that no rotation takes it away. */
  private void holdOpen(TailedFile file) {
    if (file.lag() > 0 && open.size() < maxOpen) {
      channel(file);
    }
  }

  private void startAtEnd(TailedFile file) {
    FileChannel channel = channel(file);
    if (channel == null) {
      return;
    }
    try {
      file.offset = LineReader.endOfLastLine(channel, channel.size());
      file.delivered = file.offset;
      file.fingerprint = extended(file, channel);
    } catch (IOException e) {
      LOG.warn("Can't find the end of {}, it is read from the beginning: {}", file, e.toString());
    }
  }

  private static Fingerprint extended(TailedFile file, FileChannel channel) throws IOException {
    Fingerprint extended = file.fingerprint.extend(channel);
    return extended == null ? Fingerprint.NONE : extended;
  }

  private boolean missing(Map<String, FoundFile> found) {
    boolean changed = false;
    Map<Path, Map<String, Path>> folders = new HashMap<>();
    for (Iterator<TailedFile> all = files.values().iterator(); all.hasNext(); ) {
      TailedFile file = all.next();
      if (!found.containsKey(file.key) && isOver(file, folders)) {
        all.remove();
        changed = true;
      }
    }
    return changed;
  }

  /** True when a file that no longer matches can be forgotten. */
  private boolean isOver(TailedFile file, Map<Path, Map<String, Path>> folders) {
    long now = System.nanoTime();
    if (file.goneSince == 0) {
      file.goneSince = now == 0 ? 1 : now;
      followRename(file, folders);
    }
    boolean waited = now - Math.max(file.goneSince, file.lastRead) > closeAfterNanos;
    if (file.channel != null && waited && file.lag() == 0 && !file.inBatch) {
      close(file);
    }
    boolean expired = System.currentTimeMillis() - file.seen > FORGET_MILLIS;
    return file.channel == null && expired && !file.inBatch;
  }

  /** A closed file that lost its name may stand beside it under another that nobody asked for. */
  private void followRename(TailedFile file, Map<Path, Map<String, Path>> folders) {
    if (file.channel != null) {
      return;
    }
    Path moved =
        folders.computeIfAbsent(DurableFiles.folderOf(file.path), Scanner::keysIn).get(file.key);
    if (moved != null) {
      LOG.info("{} was renamed to {}: reading it to its end", file, moved);
      file.realPath = moved;
      sizeOf(file, moved);
      holdOpen(file);
    } else if (file.lag() > 0) {
      LOG.warn("{} was deleted before {} bytes of it were read", file, file.lag());
      file.size = file.offset;
    }
  }

  private static void sizeOf(TailedFile file, Path path) {
    try {
      file.size = Files.size(path);
    } catch (IOException e) {
      LOG.debug("Gone meanwhile: {}", path, e);
    }
  }

  /** The open file, or null when it can't be opened now; the next scan tries again. */
  @Nullable FileChannel channel(TailedFile file) {
    file.lastRead = System.nanoTime();
    if (file.channel != null) {
      return file.channel;
    }
    while (open.size() >= maxOpen) {
      close(leastRecentlyRead());
    }
    try {
      FileChannel channel = FileChannel.open(file.realPath, StandardOpenOption.READ);
      if (!file.key.equals(Scanner.keyOf(file.realPath))) {
        channel.close(); // another file has the name by now
        file.size = file.offset;
        return null;
      }
      file.channel = channel;
      file.unreadable = false;
      open.add(file);
      return channel;
    } catch (IOException e) {
      if (!file.unreadable) {
        file.unreadable = true;
        LOG.warn("Can't open {}, trying again: {}", file, e.toString());
      }
      file.size = file.offset;
      return null;
    }
  }

  private TailedFile leastRecentlyRead() {
    TailedFile oldest = open.get(0);
    for (TailedFile file : open) {
      boolean better =
          file.goneSince == 0 && (oldest.goneSince != 0 || file.lastRead - oldest.lastRead < 0);
      oldest = better ? file : oldest;
    }
    return oldest;
  }

  private void close(TailedFile file) {
    open.remove(file);
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("Closing {} failed: {}", file, e.toString());
    }
  }

  void closeAll() {
    while (!open.isEmpty()) {
      close(open.get(open.size() - 1));
    }
  }

  /** Looks at the size of an open file; that of a closed one is as new as the last scan. */
  void updateSize(TailedFile file) {
    FileChannel channel = file.channel;
    if (channel != null) {
      try {
        file.size = channel.size();
      } catch (IOException e) {
        LOG.warn("Can't read the size of {}: {}", file, e.toString());
        close(file);
      }
    }
  }
}
