package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All files that are tailed, known by identity and not by name. Not thread-safe. */
final class FileTable {
  private static final Logger LOG = LoggerFactory.getLogger(FileTable.class);

  private final Scanner scanner;
  private final OpenFiles open;
  private final Losses losses;
  private final MissingFiles missing;
  private final Map<String, TailedFile> files = new LinkedHashMap<>();
  private boolean atEnd;

  /**
   * @param saved what the checkpoint says
   * @param atEnd true when the files of the first scan are to be read from their end
   */
  FileTable(
      Scanner scanner,
      OpenFiles open,
      Losses losses,
      long closeAfterNanos,
      List<TailedFile> saved,
      boolean atEnd) {
    this.scanner = scanner;
    this.open = open;
    this.losses = losses;
    this.missing = new MissingFiles(open, losses, closeAfterNanos);
    this.atEnd = atEnd;
    saved.forEach(file -> files.put(file.key, file));
  }

  Collection<TailedFile> all() {
    return files.values();
  }

  /** Looks for new, moved and vanished files; returns true when a place must be saved. */
  boolean refresh() {
    Look look = new Look(scanner.scan());
    boolean changed = false;
    for (FoundFile one : look.found.values()) {
      try {
        changed |= look.see(one);
      } catch (RuntimeException e) { // one odd file must not hide the others
        LOG.error("Can't take up {}", one.path(), e);
      }
    }
    atEnd = false;
    return changed | look.miss();
  }

  /** The folders in which a change may mean a new, renamed or deleted file. */
  Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>(scanner.roots());
    for (TailedFile file : files.values()) {
      if (file.goneSince == 0) {
        folders.add(DurableFiles.folderOf(file.path));
        folders.add(DurableFiles.folderOf(file.realPath));
      }
    }
    return folders;
  }

  /** A file was cut or written anew: what was not read of it may stand in a copy. */
  void changed(TailedFile file, long unread, String why, Batch batch) {
    TailedFile copy = new Look(Map.of()).copyBeside(file);
    if (copy != null) {
      LOG.info("{}: {}; the rest of what it was is read from {}", file, why, copy.path);
      batch.touch(copy);
    } else if (unread > 0) {
      losses.add(file, why, unread);
    } else {
      LOG.info("{}: {}; it is read from its start", file, why);
    }
  }

  private TailedFile add(FoundFile found) {
    TailedFile file = new TailedFile(found.key(), found.path(), found.realPath());
    file.created = found.created();
    file.modified = found.modified();
    file.size(found.size());
    files.put(file.key, file);
    return file;
  }

  private void startAtEnd(TailedFile file) {
    FileChannel channel = open.channel(file);
    if (channel == null) {
      return;
    }
    try {
      file.offset = LineReader.endOfLastLine(channel, channel.size());
      file.place = Place.in(channel, file.offset);
      Fingerprint head = file.fingerprint.extend(channel);
      file.fingerprint = head == null ? Fingerprint.NONE : head;
      file.commit();
    } catch (IOException e) {
      LOG.warn("Can't find the end of {}, it is read from the beginning: {}", file, e.toString());
    }
  }

  private void forget(TailedFile file) {
    open.close(file);
    files.remove(file.key);
    file.forget();
  }

  /** One look at all files. */
  private final class Look {
    final Map<String, FoundFile> found;
    private final Folders folders = new Folders();
    private final Map<Path, TailedFile> holders = new HashMap<>();
    private final Set<TailedFile> fresh = new HashSet<>();
    private @Nullable Map<String, TailedFile> byInode;

    Look(Map<String, FoundFile> found) {
      this.found = found;
      if (!found.isEmpty()) {
        files.values().forEach(file -> holders.merge(file.path, file, Look::laterHolder));
      }
    }

    private static TailedFile laterHolder(TailedFile one, TailedFile two) {
      if (one.goneSince == 0 || two.goneSince == 0) {
        return one.goneSince == 0 ? one : two;
      }
      return one.goneSince - two.goneSince > 0 ? one : two;
    }

    boolean see(FoundFile seen) {
      TailedFile file = known(seen);
      if (file != null) {
        missing.isBack(file);
        if (!file.path.equals(seen.path())) {
          file.moveTo(seen.path(), seen.realPath());
        }
        update(file, seen);
        return false;
      }
      TailedFile original = original(seen);
      if (original != null && seen.size() < original.offset) {
        return false; // a copy that is still being made, or ends before our place
      }
      TailedFile holder = holders.get(seen.path());
      TailedFile added = add(seen);
      fresh.add(added);
      if (original != null) {
        LOG.info("{} is a copy of {}: read from byte {} on", added, original, original.offset);
        added.continueFrom(original);
      } else if (atEnd) {
        startAtEnd(added);
      } else if (holder != null) {
        added.predecessor = rotated(holder, seen);
      }
      open.hold(added);
      return true;
    }

    private void update(TailedFile file, FoundFile seen) {
      if (!file.realPath.equals(seen.realPath())) {
        file.realPath = seen.realPath();
        file.rested();
      }
      file.suspect |= seen.modified() != file.modified && seen.size() <= file.size;
      file.modified = seen.modified();
      file.created = seen.created();
      if (file.channel == null) {
        file.size(seen.size());
        open.hold(file);
      }
      if (file.predecessor != null && !file.predecessor.hasUnreadLines()) {
        file.predecessor = null;
      }
    }

    /** The file that was found, if it is known, by whatever device number. */
    private @Nullable TailedFile known(FoundFile seen) {
      TailedFile file = files.get(seen.key());
      if (file == null) {
        file = inodes().get(FoundFile.inode(seen.key()));
        return file != null && missing.movesTo(file, seen, files) ? file : null;
      }
      boolean reused =
          file.channel == null
              && file.created != 0
              && seen.created() != file.created
              && seen.created() > file.modified;
      if (!reused) {
        return file;
      }
      if (file.lag() > 0) {
        losses.add(file, "was deleted, another file has its inode", file.lag());
      }
      forget(file);
      return null;
    }

    /** Files that this look has not found, by inode. */
    private Map<String, TailedFile> inodes() {
      Map<String, TailedFile> inodes = byInode;
      if (inodes == null) {
        inodes = new HashMap<>();
        for (TailedFile file : files.values()) {
          if (!found.containsKey(file.key)) {
            inodes.put(FoundFile.inode(file.key), file);
          }
        }
        inodes.remove("");
        byInode = inodes;
      }
      return inodes;
    }

    /**
     * The file of which a new one is a copy, as {@code copytruncate} makes it: one that still has
     * the name from which the copy's was made. Null when there is none.
     */
    private @Nullable TailedFile original(FoundFile seen) {
      String name = String.valueOf(seen.path().getFileName());
      for (int i = name.length() - 1; i > 0; i--) {
        if (".-_".indexOf(name.charAt(i)) >= 0) {
          TailedFile holder = holders.get(seen.path().resolveSibling(name.substring(0, i)));
          boolean there = holder != null && isAt(holder) && !holder.key.equals(seen.key());
          if (there
              && Generations.isRotated(name.substring(0, i), name)
              && SameContent.begins(holder, seen.realPath())
              && (seen.size() < holder.offset || SameContent.goesOn(holder, seen.realPath()))) {
            return holder;
          }
        }
      }
      return null;
    }

    private boolean isAt(TailedFile file) {
      FoundFile now = found.get(file.key);
      return now != null && now.path().equals(file.path);
    }

    /**
     * An unknown file beside a cut one that goes on where that one was; null when there is none.
     */
    @Nullable TailedFile copyBeside(TailedFile file) {
      for (FoundFile one : Generations.of(Folders.names(file.path), 0, false, folders)) {
        if (!files.containsKey(one.key())
            && !scanner.isExcluded(one.path())
            && SameContent.goesOn(file, one.path())) {
          TailedFile copy = add(one);
          copy.continueFrom(file);
          missing.isGone(copy);
          open.hold(copy);
          return copy;
        }
      }
      return null;
    }

    /**
     * A new file has the name that another one had: files that had it in between are taken up, too.
     * Returns the one that must be read first.
     */
    private TailedFile rotated(TailedFile holder, FoundFile seen) {
      if (!found.containsKey(holder.key)) {
        missing.follow(holder, folders, files);
      }
      TailedFile last = holder;
      if (holder.modified == 0) { // a checkpoint of old: what is younger can't be told
        return last;
      }
      Collection<Path> names = Folders.names(seen.path());
      for (FoundFile one : Generations.of(names, holder.modified, false, folders)) {
        TailedFile generation = files.get(one.key());
        if (generation == null
            && files.size() < Scanner.MAX_FILES
            && !found.containsKey(one.key())
            && !scanner.isExcluded(one.path())) {
          generation = add(one);
          fresh.add(generation);
          missing.isGone(generation);
          LOG.info("{} was rotated away before it was seen: it is read, too", generation);
        }
        if (generation != null && fresh.contains(generation) && !one.key().equals(seen.key())) {
          generation.predecessor = last;
          open.hold(generation);
          last = generation;
        }
      }
      for (FoundFile one : Generations.of(names, holder.modified, true, folders)) {
        if (!found.containsKey(one.key()) && one.modified() > holder.modified) {
          losses.add(one.path(), "was rotated and packed before it was seen", 0);
        }
      }
      return last;
    }

    boolean miss() {
      boolean changed = false;
      int more = files.size() - found.size() - MissingFiles.MOST_KEPT;
      for (TailedFile file : List.copyOf(files.values())) {
        if (!found.containsKey(file.key)
            && !scanner.missed(file.path)
            && missing.isOver(file, folders, files, more > 0)) {
          forget(file);
          more--;
          changed = true;
        }
      }
      return changed;
    }
  }
}
