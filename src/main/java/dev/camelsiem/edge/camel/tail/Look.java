package dev.camelsiem.edge.camel.tail;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at all files: who is new, who has another name, who is gone. Not thread-safe. */
final class Look {
  private static final Logger LOG = LoggerFactory.getLogger(Look.class);

  final Map<String, FoundFile> found;
  private final FileTable table;
  private final Map<String, TailedFile> files;
  private final Folders folders = new Folders();
  private final Map<Path, TailedFile> holders = new HashMap<>();
  private final Set<Path> names = new HashSet<>();
  private @Nullable Map<String, TailedFile> byInode;

  Look(FileTable table, Map<String, FoundFile> found) {
    this.table = table;
    this.files = table.files;
    this.found = found;
    files.values().forEach(file -> holders.merge(file.path, file, Look::laterHolder));
  }

  private static TailedFile laterHolder(TailedFile one, TailedFile two) {
    if (one.goneSince == 0 || two.goneSince == 0) {
      return one.goneSince == 0 ? one : two;
    }
    return one.goneSince - two.goneSince > 0 ? one : two;
  }

  /** Brings the table up to what was found; returns true when a place must be saved. */
  boolean takeUp() {
    boolean changed = false;
    for (FoundFile one : found.values()) {
      try {
        changed |= see(one);
      } catch (RuntimeException e) { // one odd file must not hide the others
        LOG.error("Can't take up {}", one.path(), e);
      }
    }
    table.left.keySet().removeAll(names);
    boolean missed = miss();
    return changed || missed;
  }

  /**
   * Who had a name before; for the name of a rotated file, who left the log's name. A look may come
   * between a rename and the next.
   */
  private @Nullable TailedFile lastHolder(Path path) {
    TailedFile holder = holders.get(path);
    if (holder == null) {
      holder = table.left.get(path);
    }
    for (String base : Generations.bases(String.valueOf(path.getFileName()))) {
      if (holder == null) {
        holder = table.left.get(path.resolveSibling(base));
      }
    }
    return holder;
  }

  private boolean see(FoundFile seen) {
    TailedFile file = known(seen);
    if (file != null) {
      table.missing.isBack(file);
      if (!file.path.equals(seen.path())) {
        table.left.put(file.path, file);
        file.moveTo(seen.path(), seen.realPath());
        file.rested();
      }
      update(file, seen);
      names.add(seen.path());
      return false;
    }
    TailedFile original = table.copies.original(seen, holders, found);
    if (original != null && table.copies.isUnfinished(seen, original)) {
      return false;
    }
    TailedFile holder = lastHolder(seen.path());
    names.add(seen.path());
    TailedFile added = table.add(seen);
    if (original != null && seen.size() >= original.offset) {
      LOG.info("{} is a copy of {}: read from byte {} on", added, original, original.offset);
      added.continueFrom(original);
    } else if (table.atEnd) {
      table.startAtEnd(added);
    } else {
      added.predecessor = holder == null ? firstOf(seen) : rotated(holder, seen);
    }
    table.open.hold(added);
    return true;
  }

  private void update(TailedFile file, FoundFile seen) {
    if (!file.realPath.equals(seen.realPath())) {
      file.realPath = seen.realPath();
      file.rested();
    }
    file.target = seen.realPath();
    TailedFile copy = cutAgain(file, seen);
    file.lookAt(seen);
    table.open.hold(file);
    if (file.predecessor != null && !file.predecessor.hasUnreadLines()) {
      file.predecessor = null;
    }
    if (copy != null && file.predecessor == null && !copy.waitsFor(file)) {
      file.predecessor = copy;
    }
  }

  /**
   * A file of which nothing was read yet has changed: when it was cut, nobody could tell. What
   * stands beside it since is taken for its copies; the last of them is returned, or null.
   */
  private @Nullable TailedFile cutAgain(TailedFile file, FoundFile seen) {
    boolean mayBeCut = file.isBlank() && (file.wasCut || seen.size() < file.size);
    if (!mayBeCut || file.modified == 0 || file.modified == seen.modified()) {
      return null;
    }
    return chain(
        null, Generations.of(Folders.names(seen.path()), file.modified, false, folders), seen);
  }

  /** The file that was found, if it is known, by whatever device number. */
  private @Nullable TailedFile known(FoundFile seen) {
    TailedFile file = files.get(seen.key());
    if (file == null) {
      file = inodes().get(FoundFile.inode(seen.key()));
      return file != null && table.missing.movesTo(file, seen, files) ? file : null;
    }
    if (!file.lostItsInodeTo(seen)) {
      return file;
    }
    if (file.lag() > 0) {
      table.losses.add(file, "was deleted, another file has its inode", file.lag());
    }
    table.forget(file);
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
   * A new file has the name that another one had: files that had it in between are taken up, too.
   * Returns the one that must be read first.
   */
  private @Nullable TailedFile rotated(TailedFile holder, FoundFile seen) {
    long since = holder.modified; // a late line in it makes those after it no older
    if (!found.containsKey(holder.key)) {
      table.missing.follow(holder, folders, files);
    }
    if (since == 0) { // a checkpoint of old: what is younger can't be told
      return holder;
    }
    Set<Path> names = new LinkedHashSet<>(Folders.names(seen.path()));
    names.add(holder.target.toAbsolutePath());
    for (FoundFile one : Generations.of(names, since, true, folders)) {
      if (one.modified() > since) {
        packed(one);
      }
    }
    List<FoundFile> between = Generations.of(names, since, false, folders);
    FoundFile next = Folders.at(holder.target); // the link led there until it was switched
    if (next != null && next.modified() >= since && !next.key().equals(holder.key)) {
      between.add(next);
      between.sort(FoundFile.BY_AGE);
    }
    return chain(holder, between, seen);
  }

  /**
   * A wanted name is seen the first time: files that had it since we look for it are taken up, too.
   * Returns the one that must be read first, or null.
   */
  private @Nullable TailedFile firstOf(FoundFile seen) {
    Path name = seen.path();
    if (!table.unseen.isAwaited(name)) {
      return null;
    }
    List<Path> names = List.of(name);
    table.unseen.younger(name, Generations.of(names, 0, true, folders)).forEach(this::packed);
    return chain(null, table.unseen.younger(name, Generations.of(names, 0, false, folders)), seen);
  }

  private void packed(FoundFile one) {
    if (!found.containsKey(one.key())) {
      table.losses.add(one.path(), "was rotated and packed before it was seen", 0);
    }
  }

  /** Takes up what is not known, and lets each file of which nothing was read wait for another. */
  private @Nullable TailedFile chain(
      @Nullable TailedFile first, List<FoundFile> generations, FoundFile seen) {
    TailedFile last = first;
    for (FoundFile one : generations) {
      TailedFile generation = files.get(one.key());
      if (generation == null) {
        generation = inBetween(one);
      }
      if (generation != null
          && !one.key().equals(seen.key())
          && generation.offset == 0
          && generation.hasUnreadLines()
          && (last == null || !last.waitsFor(generation))) {
        if (generation.predecessor == null) {
          generation.predecessor = last;
        }
        table.open.hold(generation);
        last = generation;
      }
    }
    return last;
  }

  /** Takes up a file that had the name between two looks; null when it is not wanted. */
  private @Nullable TailedFile inBetween(FoundFile one) {
    if (files.size() >= Scanner.MAX_FILES
        || found.containsKey(one.key())
        || table.scanner.isExcluded(one.path())) {
      return null;
    }
    TailedFile generation = table.add(one);
    table.missing.isGone(generation);
    LOG.info("{} was rotated away before it was seen: it is read, too", generation);
    return generation;
  }

  private boolean miss() {
    boolean changed = false;
    int more = files.size() - found.size() - MissingFiles.MOST_KEPT;
    for (TailedFile file : List.copyOf(files.values())) {
      if (!found.containsKey(file.key)
          && !table.scanner.missed(file.path)
          && isOver(file, more > 0)) {
        table.forget(file);
        more--;
        changed = true;
      }
    }
    return changed;
  }

  private boolean isOver(TailedFile file, boolean crowded) {
    try {
      return table.missing.isOver(file, folders, files, crowded);
    } catch (RuntimeException e) { // one odd file must not keep the others from being looked for
      LOG.error("Can't look for {}", file, e);
      return false;
    }
  }
}
