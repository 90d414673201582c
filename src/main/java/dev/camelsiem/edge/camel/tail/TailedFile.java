package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.flow.event.EventId;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One file that is tailed, by whatever name, and how far it was read. Not thread-safe. */
final class TailedFile {
  /** Device and inode; another one once the device has another number. */
  String key;

  /** The name it has or had last. */
  Path path;

  /** {@link #path} as text: the origin of its events. */
  String origin;

  /** The same file with links followed; what is opened. */
  Path realPath;

  /** What its wanted name led to last: {@link #realPath} until it was renamed and followed. */
  Path target;

  Fingerprint fingerprint = Fingerprint.NONE;

  /**
   * Names what the file holds in the ids of its events. Random, kept in the checkpoint, and a new
   * one whenever the content is another: neither path, inode nor the file's head could tell a
   * rotated or truncated file from the one before it, or would stay the same while a small file
   * grows. When the checkpoint is lost, so are the names, and what is read again has new ids.
   */
  long source = EventId.newSource();

  /** False until a checkpoint holds {@link #source}. */
  boolean sourceSaved;

  /** Start of the first line that was not handed out yet. */
  long offset;

  /** What stands before {@link #offset}. */
  Place place = Place.NONE;

  /** Start of the first line that was not delivered yet: what a checkpoint says. */
  long delivered;

  /** What stands before {@link #delivered}. */
  Place deliveredPlace = Place.NONE;

  /** Size when last looked at. */
  long size;

  /** Largest size that was seen of this content: tells how much is gone when it is cut. */
  long largest;

  /** Size when it was last known to be the same content. */
  long knownSize;

  /** Epoch nanoseconds of its last change, as the last scan has seen it; 0 when none has. */
  long modified;

  /** Epoch nanoseconds of its birth; 0 when not known. */
  long created;

  /** True when it was cut or written anew before: what is in it now is not its first content. */
  boolean wasCut;

  /** True when it changed without growing: it must be compared with what it was. */
  boolean suspect;

  /** Set when it is known to hold something else than what was read, until that is settled. */
  @Nullable Change changed;

  /** What was known when nothing of its content was. */
  Blank blank = Blank.NONE;

  /** {@link #modified} when what it begins with became known; 0 when not known. */
  long headModified;

  /** Size at which no further line could be read; -1 when there may be one. */
  long stuckSize = -1;

  /** {@link System#nanoTime()} of the moment when {@link #stuckSize} was reached. */
  long stuckSince;

  /** The line that is being passed over because it is too long, or null. */
  @Nullable OversizeLine oversize;

  /** Another file that must be read to its end first, since it had this one's name before. */
  @Nullable TailedFile predecessor;

  @Nullable FileChannel channel;

  /**
   * {@link System#nanoTime()} since when it has none of the wanted names any more; 0 while it has.
   */
  long goneSince;

  /** {@link System#nanoTime()} since when it can't be found at all; 0 while it can. */
  long absentSince;

  /** True while only the checkpoint knows it, and had it under a wanted name. */
  boolean unwatched;

  /** True when it was said that it is gone with lines that were not read. */
  boolean lossTold;

  /** How often in a row it could not be opened or read; 0 while it can. */
  int failures;

  private boolean resting;
  private long restUntil;

  /** The last batch that has lines of it and is not delivered yet. */
  @Nullable Batch batch;

  /** {@link System#nanoTime()} of the last read, for choosing which descriptor to close. */
  long lastRead;

  /**
   * That a file was cut or written anew.
   *
   * @param unread how many bytes behind the place are known to be gone with the old content
   * @param why what was seen, as the end of a sentence
   */
  record Change(long unread, String why) {}

  TailedFile(String key, Path path, Path realPath) {
    this.key = key;
    this.path = path;
    this.realPath = realPath;
    this.target = realPath;
    this.origin = path.toString();
  }

  void moveTo(Path newPath, Path newRealPath) {
    path = newPath;
    realPath = newRealPath;
    target = newRealPath;
    origin = newPath.toString();
  }

  /** Whether lines of it were read that are not delivered yet. */
  boolean inBatch() {
    return batch != null;
  }

  /** Bytes that were not read yet. */
  long lag() {
    return Math.max(0, size - offset);
  }

  void size(long newSize) {
    size = newSize;
    largest = Math.max(largest, newSize);
  }

  /** Takes over what a look has seen of it. */
  void lookAt(FoundFile seen) {
    suspect |= seen.modified() != modified && seen.size() <= size;
    modified = seen.modified();
    created = seen.created();
    if (channel == null) {
      size(seen.size());
    }
  }

  /**
   * Whether what has its key now was born after it was last changed: it is gone, then. Where a
   * birth was told once, one that is not told is that of a file that was changed only when it was
   * born.
   */
  boolean lostItsInodeTo(FoundFile seen) {
    long born = seen.created() == 0 && created != 0 ? seen.modified() : seen.created();
    return channel == null && modified != 0 && born != created && born > modified;
  }

  /** What was read of it is not what it holds now. */
  void changed(long unread, String why) {
    changed = new Change(Math.max(0, unread), why);
    suspect = false;
  }

  /**
   * Whether nothing of what it holds is known, so that a cut could not be noticed: nothing is read
   * of it before that is settled.
   */
  boolean isUnsettled() {
    return changed != null
        || (offset == 0 && fingerprint.length() == 0 && (size > 0 || !blank.isSettled()));
  }

  /** Takes over what stands in it now. */
  void learn(Head head) {
    fingerprint = head.fingerprint();
    headModified = modified;
    size(head.size());
    knownSize = head.size();
  }

  boolean hasUnreadLines() {
    return suspect || changed != null || (size != offset && size != stuckSize);
  }

  /** Leaves it alone until that {@link System#nanoTime()}. */
  void restUntil(long time) {
    resting = true;
    restUntil = time;
  }

  void rested() {
    resting = false;
  }

  /** True while it is left alone because it could not be opened or read. */
  boolean isResting(long now) {
    resting = resting && now - restUntil < 0;
    return resting;
  }

  /** Whether it is this or another file for which it waits, however many wait in between. */
  boolean waitsFor(TailedFile other) {
    @Nullable TailedFile each = this;
    while (each != null && each != other) {
      each = each.predecessor;
    }
    return each == other;
  }

  /** Starts again at the top: the content is not what it was. */
  void restart() {
    source = EventId.newSource();
    sourceSaved = false;
    wasCut = true;
    offset = 0;
    delivered = 0; // a place in the old content would skip lines of the new one
    place = Place.NONE;
    deliveredPlace = Place.NONE;
    largest = 0;
    knownSize = 0;
    stuckSize = -1;
    oversize = null;
    fingerprint = Fingerprint.NONE;
    changed = null;
    blank = Blank.NONE;
    suspect = false;
    lossTold = false;
  }

  /** Goes on where another file was: it has the same content. */
  void continueFrom(TailedFile other) {
    source = other.source;
    sourceSaved = false;
    offset = other.offset;
    place = other.place;
    delivered = other.delivered;
    deliveredPlace = other.deliveredPlace;
    fingerprint = other.fingerprint;
    headModified = other.headModified;
  }

  /** Goes back to the place that was delivered: what was read beyond it is forgotten. */
  void rewind() {
    offset = delivered;
    place = deliveredPlace;
    stuckSize = -1;
    oversize = null;
    batch = null;
  }

  /** All that was read is delivered. */
  void commit() {
    commit(offset, place);
  }

  /** All before a place is delivered. */
  void commit(long before, Place placeThere) {
    delivered = before;
    deliveredPlace = placeThere;
  }

  /** It is not tailed any more, and nobody waits for it. */
  void forget() {
    size = offset;
    changed = null;
    suspect = false;
    predecessor = null;
  }

  /** No further line could be read: not again before it grows, or a last line is taken as it is. */
  void stuckAt(long atSize, boolean again) {
    if (again || stuckSize != atSize) {
      stuckSize = atSize;
      stuckSince = System.nanoTime();
    }
  }

  @Override
  public String toString() {
    return origin;
  }
}
