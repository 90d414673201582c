package dev.camelsiem.edge.camel.tail;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at all files: who is new, who has another name, who is gone. Not thread-safe. */
final class Look {
  private static final Logger LOG = LoggerFactory.getLogger(Look.class);

  /** A change so far in the future tells that the clock was set back since. */
  private static final long LEAST_STEP = TimeUnit.SECONDS.toNanos(1);

  final Map<String, FoundFile> found;
  private final FileTable table;
  private final Map<String, TailedFile> files;
  private final Folders folders;
  private final Chain chain;
  private final Map<Path, TailedFile> holders = new HashMap<>();
  private final Map<Path, FoundFile> names = new HashMap<>();

  private final RotatedLogs rotatedLogs;
  private @Nullable Map<String, TailedFile> byInode;

  Look(FileTable table, Map<String, FoundFile> found) {
    this.table = table;
    this.files = table.files;
    this.found = found;
    this.folders = new Folders(table.work);
    this.chain = new Chain(table, found::containsKey);
    this.rotatedLogs =
        new RotatedLogs(
            log -> holders.containsKey(log) || table.left.containsKey(log), files, folders, chain);
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
    rotatedLogs.putInOrder(names);
    table.left.keySet().removeAll(names.keySet());
    boolean missed = miss();
    return changed || missed;
  }

  /**
   * Who had a name before; for the name of a rotated file, who left the log's name, also for one
   * that is not seen. A look may come between a rename and the next.
   */
  private @Nullable TailedFile lastHolder(Path path) {
    TailedFile holder = holders.get(path);
    if (holder == null) {
      holder = table.left.get(path);
    }
    for (String base : Generations.bases(String.valueOf(path.getFileName()))) {
      if (holder == null) {
        holder = whoLeft(path.resolveSibling(base));
      }
    }
    return holder;
  }

  private @Nullable TailedFile whoLeft(Path log) {
    TailedFile holder = table.left.get(log);
    if (holder == null) {
      TailedFile before = holders.get(log);
      holder = before == null || found.containsKey(before.key) ? null : before;
    }
    return holder;
  }

  private boolean see(FoundFile seen) {
    TailedFile file = known(seen);
    if (file != null) {
      if (file.unwatched) {
        rotatedLogs.isBack(seen.path());
      }
      table.missing.isBack(file);
      if (!file.path.equals(seen.path())) {
        table.left.put(file.path, file);
        file.moveTo(seen.path(), seen.realPath());
        file.rested();
      }
      update(file, seen);
      names.put(seen.path(), seen);
      return false;
    }
    TailedFile original = table.copies.original(seen, holders, found);
    if (original != null && Copies.mustWait(seen, original, found)) {
      return false;
    }
    TailedFile holder = lastHolder(seen.path());
    names.put(seen.path(), seen);
    TailedFile added = table.add(seen);
    if (original != null) {
      LOG.info("{} is a copy of {}: read from byte {} on", added, original, original.offset);
      added.continueFrom(original);
    } else if (table.atEnd) {
      table.startAtEnd(added);
    } else if (holder == null) {
      isFirst(added);
    } else {
      rotatedLogs.isNew(seen.path(), holder.modified);
      added.predecessor = rotated(holder, seen);
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
    file.lookAt(seen);
    table.open.hold(file);
    if (file.predecessor != null && !file.predecessor.hasUnreadLines()) {
      file.predecessor = null;
    }
  }

  /** The file that was found, if it is known, by whatever device number. */
  private @Nullable TailedFile known(FoundFile seen) {
    TailedFile file = files.get(seen.key());
    if (file == null) {
      file = inodes().get(FoundFile.inode(seen.key()));
      return file != null && table.missing.movesTo(file, seen, files) ? file : null;
    }
    boolean mayBeAnother = file.goneSince != 0 || file.lostItsInodeTo(seen);
    return mayBeAnother ? table.known(seen) : file;
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
    tellStepBack(seen, names, since);
    List<FoundFile> between = Generations.of(names, since, false, folders);
    FoundFile next = null;
    if (!seen.realPath().equals(seen.path().toAbsolutePath())) {
      next = Folders.at(holder.target); // a link led there until it was switched
    }
    if (next != null && next.modified() >= since && !next.key().equals(holder.key)) {
      between.add(next);
      between.sort(FoundFile.BY_AGE);
    }
    return chain.of(holder, upTo(seen, between), seen.key());
  }

  /** When it was rotated since it was seen, there may be younger ones, too. */
  private static List<FoundFile> upTo(FoundFile seen, List<FoundFile> generations) {
    for (int i = 0; i < generations.size(); i++) {
      if (generations.get(i).key().equals(seen.key())) {
        return generations.subList(0, i);
      }
    }
    return generations;
  }

  /** When the clock was set back, times don't tell what came after the holder. */
  private void tellStepBack(FoundFile seen, Set<Path> names, long since) {
    if (since - FoundFile.nanos(Instant.now()) < LEAST_STEP) {
      return;
    }
    for (FoundFile one : Generations.of(names, 0, false, folders)) {
      if (one.modified() < since && chain.isWanted(one) && !files.containsKey(one.key())) {
        String what = "was rotated, and the clock was set back: what came in between can't be told";
        table.losses.add(seen.path(), what, 0);
        return;
      }
    }
  }

  /**
   * A wanted name is seen the first time: what had it since we look for it is taken up when the
   * file is settled.
   */
  private void isFirst(TailedFile added) {
    Blank before = table.unseen.beside(added.path);
    if (before != null) {
      added.blank = before.unsettled();
      for (FoundFile one : Generations.of(List.of(added.path), 0, true, folders)) {
        if (before.isYounger(one, 0)) {
          packed(one);
        }
      }
    }
  }

  private void packed(FoundFile one) {
    if (!found.containsKey(one.key())) {
      table.losses.add(one.path(), "was rotated and packed before it was seen", 0);
    }
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
