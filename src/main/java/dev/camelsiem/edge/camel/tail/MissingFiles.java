package dev.camelsiem.edge.camel.tail;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of files that no longer have a wanted name: they are looked for beside it, read to
 * their end, and forgotten when they are nowhere. All times are monotonic. Not thread-safe.
 */
final class MissingFiles {
  private static final Logger LOG = LoggerFactory.getLogger(MissingFiles.class);

  /** How long a place is kept while the folder is not there: its disk may come back. */
  private static final long KEEP_NANOS = TimeUnit.HOURS.toNanos(24);

  /** A folder that is read while files are renamed may show some of them under neither name. */
  static final long MOST_DOUBT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /**
   * So many places of files that are read to their end are kept, though no wanted name leads there.
   */
  static final int MOST_KEPT = 10_000;

  private final OpenFiles open;
  private final Losses losses;
  private final long closeAfterNanos;

  MissingFiles(OpenFiles open, Losses losses, long closeAfterNanos) {
    this.open = open;
    this.losses = losses;
    this.closeAfterNanos = closeAfterNanos;
  }

  void isBack(TailedFile file) {
    file.goneSince = 0;
    file.absentSince = 0;
    file.unwatched = false;
    if (file.lossTold) {
      LOG.warn("{} is there again: what was counted as not read of it is read now", file);
      file.lossTold = false;
    }
  }

  void isGone(TailedFile file) {
    if (file.goneSince == 0) {
      file.goneSince = now();
    }
  }

  /**
   * True when a file that no longer has a wanted name can be forgotten.
   *
   * @param crowded whether there are too many such files
   */
  boolean isOver(TailedFile file, Folders folders, Map<String, TailedFile> files, boolean crowded) {
    isGone(file);
    if (file.channel != null) {
      boolean waited = now() - laterOf(file.goneSince, file.lastRead) > closeAfterNanos;
      if (waited && file.lag() == 0 && !file.inBatch()) {
        open.close(file);
      }
      return false;
    }
    if (follow(file, folders, files)) {
      open.hold(file);
      return crowded && file.lag() == 0 && !file.inBatch();
    }
    return isLost(file, folders);
  }

  private boolean isLost(TailedFile file, Folders folders) {
    long absent = now() - file.absentSince;
    if (absent < Math.min(closeAfterNanos, MOST_DOUBT_NANOS)) {
      return false;
    }
    if (!file.lossTold) {
      file.lossTold = true;
      tell(file);
    }
    boolean folderIsThere = true;
    for (Path folder : Folders.around(file)) {
      folderIsThere &= folders.list(folder).isThere();
    }
    return !file.inBatch() && (folderIsThere || absent > KEEP_NANOS);
  }

  private void tell(TailedFile file) {
    if (file.unwatched) {
      losses.add(file, "was deleted while nobody watched", file.lag());
    } else if (file.lag() > 0) {
      losses.add(file, "was deleted", file.lag());
    } else {
      LOG.debug("{} was deleted, it was read to its end", file);
    }
    file.size = file.offset;
  }

  /**
   * Looks for a file beside the names it had.
   *
   * @return false when it is not there; true also when that can't be told
   */
  boolean follow(TailedFile file, Folders folders, Map<String, TailedFile> files) {
    FoundFile same = Folders.at(file.realPath);
    if (same != null && same.key().equals(file.key) && !file.lostItsInodeTo(same)) {
      isAt(file, same);
      return true;
    }
    boolean told = true;
    for (Path folder : Folders.around(file)) {
      Folders.Listing listing = folders.list(folder);
      told &= listing.isRead();
      FoundFile there = listing.files().get(file.key);
      if (there == null) {
        there = onOtherDevice(file, listing, files);
      } else if (file.lostItsInodeTo(there)) {
        there = null;
      }
      if (there != null) {
        isAt(file, there);
        return true;
      }
    }
    if (told && file.absentSince == 0) {
      file.absentSince = now();
    }
    return !told;
  }

  private @Nullable FoundFile onOtherDevice(
      TailedFile file, Folders.Listing listing, Map<String, TailedFile> files) {
    FoundFile one = listing.inodes().get(FoundFile.inode(file.key));
    return one != null && !files.containsKey(one.key()) && movesTo(file, one, files) ? one : null;
  }

  private static void isAt(TailedFile file, FoundFile there) {
    file.absentSince = 0;
    file.unwatched = false;
    if (!file.realPath.equals(there.path())) {
      LOG.info("{} was renamed to {}: reading it to its end", file, there.path());
      file.realPath = there.path();
      file.rested();
    }
    file.lookAt(there);
  }

  /**
   * A file was found that has the inode of a missing one, on another device: when it also has its
   * content, it is the same, on a disk that got another number.
   */
  boolean movesTo(TailedFile file, FoundFile there, Map<String, TailedFile> files) {
    if (!SameContent.goesOn(file, there.realPath())) {
      return false;
    }
    LOG.info(
        "{} has another device number ({}, before {}): by inode and content it is the same file,"
            + " read on at byte {}",
        file,
        there.key(),
        file.key,
        file.offset);
    open.close(file);
    files.remove(file.key);
    file.key = there.key();
    files.put(file.key, file);
    return true;
  }

  private static long laterOf(long one, long other) {
    return one - other > 0 ? one : other;
  }

  /** Never 0, which means never. */
  static long now() {
    long now = System.nanoTime();
    return now == 0 ? 1 : now;
  }
}
