package dev.camelsiem.edge.camel.tail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what stands in files of which that is not known: new ones, and those that were cut.
 * What they begin with is taken first, and what stands beside them is listed afterwards: a copy has
 * its name before the file is cut, so the list has all copies of what the files held before.
 * Nothing is read of a file before; a later cut shows by what it begins with. Each folder is listed
 * once for all files. Not thread-safe.
 */
final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

  private final FileTable table;
  private final Batch batch;
  private final Folders folders;
  private final Chain chain;

  private Settling(FileTable table, Batch batch) {
    this.table = table;
    this.batch = batch;
    this.folders = new Folders(table.work);
    this.chain = new Chain(table, key -> false);
  }

  /**
   * Settles all files that need it.
   *
   * @param batch what is under way, in which lines of them may be
   * @return false when there were none, or nothing can be told of them now
   */
  static boolean settle(FileTable table, Batch batch) {
    long now = System.nanoTime();
    Map<TailedFile, Head> heads = new LinkedHashMap<>();
    for (TailedFile file : table.all()) {
      if (file.isUnsettled() && !file.isResting(now)) {
        Head head = table.open.head(file);
        if (head != null) {
          heads.put(file, head);
        }
      }
    }
    Settling settling = new Settling(table, batch);
    heads.forEach(settling::settleOne);
    return !heads.isEmpty();
  }

  private void settleOne(TailedFile file, Head head) {
    try {
      if (file.changed != null) {
        settleChanged(file, head, file.changed);
      } else {
        settleBlank(file, head);
      }
    } catch (RuntimeException e) { // one odd file must not keep the others from being read
      LOG.error("Can't look for copies of {}", file, e);
      file.restart();
      file.learn(head);
    }
  }

  /** It was cut or written anew: what was not read of it may stand in a copy. */
  private void settleChanged(TailedFile file, Head head, TailedFile.Change change) {
    List<FoundFile> beside = generations(file);
    int at = indexOfCopy(file, beside);
    TailedFile copy = at < 0 ? null : takeUp(beside.get(at), file);
    if (copy != null) {
      LOG.info("{}: {}; the rest of what it was is read from {}", file, change.why(), copy.path);
    } else if (change.unread() > 0) {
      table.losses.add(file, change.why(), change.unread());
    } else {
      LOG.info("{}: {}; it is read from its start", file, change.why());
    }
    file.restart();
    batch.touch(file);
    List<FoundFile> younger = at < 0 ? List.of() : beside.subList(at + 1, beside.size());
    begin(file, head, copy != null ? copy : file.predecessor, younger, beside);
  }

  /** Nothing of it was known yet: it may have been copied and cut meanwhile. */
  private void settleBlank(TailedFile file, Head head) {
    Blank blank = file.blank;
    long since = blank.since(file, head.size());
    if (blank.beside() == null && since == 0) { // nothing tells that it was cut
      file.learn(head.isEmpty() ? stillEmpty(file, head) : head);
      return;
    }
    List<FoundFile> beside = generations(file);
    List<FoundFile> younger = new ArrayList<>(beside);
    younger.removeIf(one -> !blank.isYounger(one, since));
    begin(file, head, file.predecessor, youngest(younger), beside);
  }

  /** What is younger is read first, but for a copy of what the file begins with now. */
  private void begin(
      TailedFile file,
      Head head,
      @Nullable TailedFile first,
      List<FoundFile> younger,
      List<FoundFile> beside) {
    file.learn(head);
    int end = younger.size();
    if (end > 0 && SameContent.isCopy(file, younger.get(end - 1).path())) {
      end--;
    }
    TailedFile last = chain.of(first, younger.subList(0, end), file.key);
    if (last != null && last != file && !last.waitsFor(file)) {
      file.predecessor = last;
    }
    table.open.hold(file);
    if (head.isEmpty()) {
      file.blank = besides(file, beside);
    }
  }

  /** What stands beside a new and empty file is older than all that it will hold. */
  private Head stillEmpty(TailedFile file, Head head) {
    Blank blank = besides(file, generations(file));
    Head again = table.open.head(file);
    if (again == null || again.isEmpty()) {
      file.blank = blank;
      return head;
    }
    return again;
  }

  private Blank besides(TailedFile file, List<FoundFile> generations) {
    return Blank.beside(generations, folders.isWhole(Folders.names(file.path)));
  }

  private List<FoundFile> generations(TailedFile file) {
    List<FoundFile> all = folders.generations(Folders.names(file.path), false);
    all.removeIf(one -> one.size() == 0 || one.key().equals(file.key));
    return all;
  }

  private static List<FoundFile> youngest(List<FoundFile> generations) {
    int size = generations.size();
    return generations.subList(Math.max(0, size - Generations.MOST), size);
  }

  /**
   * Which of the generations goes on where a file was: the youngest that does. Where nothing was
   * read and only the head tells, which many may share, the oldest that was made since.
   */
  private int indexOfCopy(TailedFile file, List<FoundFile> generations) {
    int found = -1;
    int least = Math.max(0, generations.size() - Generations.MOST);
    for (int i = generations.size() - 1; i >= least; i--) {
      FoundFile one = generations.get(i);
      if (found >= 0 && (file.offset > 0 || one.modified() < file.headModified)) {
        return found;
      }
      boolean mayBe = table.files.containsKey(one.key()) || chain.isWanted(one);
      if (mayBe && SameContent.goesOn(file, one.path())) {
        found = i;
      }
    }
    return found;
  }

  private TailedFile takeUp(FoundFile one, TailedFile file) {
    TailedFile copy = table.known(one);
    if (copy == null) {
      copy = table.add(one);
      table.missing.isGone(copy);
    } else if (copy.source == file.source || copy.inBatch() || copy.offset > file.offset) {
      return copy; // it is read already, from where it is
    }
    copy.continueFrom(file);
    if (copy.predecessor == null && file.predecessor != null && !file.predecessor.waitsFor(copy)) {
      copy.predecessor = file.predecessor;
    }
    batch.touch(copy);
    table.open.hold(copy);
    return copy;
  }
}
