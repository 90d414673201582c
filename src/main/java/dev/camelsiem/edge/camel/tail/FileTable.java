package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
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

  final Map<String, TailedFile> files = new LinkedHashMap<>();
  final Scanner scanner;
  final OpenFiles open;
  final Losses losses;
  final MissingFiles missing;
  final Copies copies = new Copies();
  final UnseenNames unseen = new UnseenNames();
  final Folders.Work work = new Folders.Work();

  /** Who left a name for another one that is wanted, too, while nobody has it. */
  final Map<Path, TailedFile> left = new LinkedHashMap<>();

  /** True when the files of the next look are to be read from their end. */
  boolean atEnd;

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
    unseen.look(scanner.plainNames(), files.values(), new Folders(work));
    Look look = new Look(this, scanner.scan());
    open.updateSizes(); // who has unread lines is waited for
    boolean changed = look.takeUp();
    atEnd = false;
    copies.forgetAllBut(look.found.keySet());
    left.values().removeIf(file -> !files.containsKey(file.key));
    return changed;
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

  /**
   * A file that was gone or stands beside a wanted name, if it is known; null also when what is
   * known was deleted and another file has its inode.
   */
  @Nullable TailedFile known(FoundFile found) {
    TailedFile file = files.get(found.key());
    if (file == null || file.channel != null) {
      return file;
    }
    if (!file.lostItsInodeTo(found) && !holdsOther(file, found)) {
      return file;
    }
    if (file.lag() > 0) {
      losses.add(file, "was deleted, another file has its inode", file.lag());
    }
    forget(file);
    return null;
  }

  /** Looks for the name last: another file may have taken it since the look. */
  private static boolean holdsOther(TailedFile file, FoundFile found) {
    return SameContent.isOther(file, found.realPath())
        && found.key().equals(Scanner.keyOf(found.realPath()));
  }

  TailedFile add(FoundFile found) {
    TailedFile file = new TailedFile(found.key(), found.path(), found.realPath());
    file.created = found.created();
    file.modified = found.modified();
    file.size(found.size());
    file.blank = Blank.at(found);
    files.put(file.key, file);
    return file;
  }

  void forget(TailedFile file) {
    open.close(file);
    files.remove(file.key);
    file.forget();
  }

  void startAtEnd(TailedFile file) {
    FileChannel channel = open.channel(file);
    if (channel == null) {
      return;
    }
    try {
      file.offset = LineReader.endOfLastLine(channel, channel.size());
      file.place = Place.in(channel, file.offset);
      file.learn(Head.of(channel));
      file.commit();
    } catch (IOException e) {
      LOG.warn("Can't find the end of {}, it is read from the beginning: {}", file, e.toString());
    }
  }
}
