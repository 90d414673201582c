package dev.camelsiem.delivery.log;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a folder holds. Damage is told and counted and never an exception; what an
 * exception tells is a folder that cannot be used at all.
 *
 * <p>Only the last segment is read. Those before it are held against what the header of their
 * successor says of them, and checked while they are read.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /** Events that no segment holds. */
  record Hole(long from, long to, String where) {}

  private final Path folder;
  private final LogSettings settings;
  private final Disk disk;
  private final Damages damages;
  private final Segments segments = new Segments();

  /** Headers by the number that the file's name tells; null for one that is damaged. */
  private final TreeMap<Long, @Nullable SegmentHeader> headers = new TreeMap<>();

  private final List<Hole> holes = new ArrayList<>();
  private List<String> readers = List.of();
  private final TreeMap<Long, Long> sizes = new TreeMap<>();

  Recovery(Path folder, LogSettings settings, Disk disk) {
    this.folder = folder;
    this.settings = settings;
    this.disk = disk;
    this.damages = new Damages(new Quarantine(folder, disk));
  }

  /** The log as it is; its cursors come afterwards. */
  LogState run() throws IOException {
    HeadFile head = HeadFile.read(disk, folder.resolve(HeadFile.NAME));
    readHeaders();
    long id = logId(head);
    leaveOutForeign(id);
    place();
    long next = settleLast(id);
    compareNeighbours(id);
    Segment oldest = segments.last() == null ? null : segments.holding(1);
    if (oldest != null && oldest.first() > 1) {
      holes.add(new Hole(1, oldest.first(), "the beginning of the log in " + folder));
    }
    if (head != null && head.logId() == id) {
      readers = head.cursors();
    }
    if (head != null && head.logId() == id && head.next() > next) {
      holes.add(new Hole(next, head.next(), "the end of the log in " + folder));
      next = head.next();
    }
    LogState log =
        new LogState(
            folder,
            settings,
            disk,
            id,
            segments,
            damages,
            new Position(next, next, SegmentHeader.LENGTH));
    log.moveEnd(next);
    return log;
  }

  /** What is missing, or was deleted because nobody wanted it; the cursors know. */
  List<Hole> holes() {
    return holes;
  }

  /** The names of those who read it when it was last in use, as far as that is known. */
  List<String> readers() {
    return readers;
  }

  private void readHeaders() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        long first = Segment.firstOf(each);
        if (first > 0) {
          if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
            readHeader(each, first);
          } else {
            LOG.warn("{} has a segment's name and is no file: it is left out", each);
          }
        }
      }
    }
  }

  private void readHeader(Path path, long first) throws IOException {
    byte[] bytes = new byte[SegmentHeader.LENGTH];
    int length;
    long size;
    try (SegmentFile file = new SegmentFile(disk, path)) {
      size = file.size();
      length = file.read(0, bytes, 0, bytes.length);
    } catch (NoSuchFileException | AccessDeniedException e) {
      damages.unusable(path, 0, "cannot be read (" + e + ")");
      return;
    }
    SegmentHeader header = SegmentHeader.decode(bytes, length, path);
    if (header != null && header.first() != first) {
      damages.unusable(path, size, "holds the events from " + header.first() + " on");
      return;
    }
    if (header == null && size > 0) {
      LOG.error("{} has a damaged header; its records are looked for all the same", path);
    }
    headers.put(first, header);
    sizes.put(first, size);
  }

  /** The id of the log: as most of the head and the segments say, or else a cursor. */
  private long logId(@Nullable HeadFile head) throws IOException {
    Map<Long, Integer> votes = new HashMap<>();
    for (SegmentHeader each : headers.values()) {
      if (each != null) {
        votes.merge(each.logId(), 2, Integer::sum);
      }
    }
    if (head != null) {
      votes.merge(head.logId(), 3, Integer::sum); // with as many segments on both sides it decides
    }
    Map.Entry<Long, Integer> most = null;
    for (Map.Entry<Long, Integer> each : votes.entrySet()) {
      most = most == null || each.getValue() > most.getValue() ? each : most;
    }
    if (most != null) {
      return most.getKey();
    }
    Long known = CursorFile.anyLogId(disk, folder.resolve(Cursors.FOLDER));
    return known == null ? new SecureRandom().nextLong() : known;
  }

  private void leaveOutForeign(long id) {
    for (Long first : new ArrayList<>(headers.keySet())) {
      SegmentHeader header = headers.get(first);
      if (header != null && header.logId() != id) {
        damages.unusable(path(first), size(first), "belongs to another log");
        headers.remove(first);
      }
    }
  }

  private void place() {
    long base = 0;
    for (Long first : headers.keySet()) {
      Map.Entry<Long, @Nullable SegmentHeader> next = headers.higherEntry(first);
      SegmentHeader successor = next == null ? null : next.getValue();
      long length = size(first);
      if (successor != null && successor.previousFirst() == first) {
        length = Math.min(length, successor.previousLength());
      }
      segments.add(new Segment(path(first), first, base, length));
      base += length;
    }
  }

  /** Reads the last segment and cuts off what is behind its last record; gives the next number. */
  private long settleLast(long id) throws IOException {
    Segment last = segments.last();
    if (last == null) {
      return 1;
    }
    try (SegmentFile file = new SegmentFile(disk, last.path())) {
      SegmentScan scan = new SegmentScan(last, file, damages, id);
      long length = last.length();
      long expected = scan.sequence();
      LogRecord each = scan.next(0, length, Long.MAX_VALUE, true);
      while (each != null) {
        if (each.start().sequence() > expected) {
          damages.missing(expected, each.start().sequence(), last.path().toString());
        }
        expected = scan.sequence();
        each = scan.next(0, length, Long.MAX_VALUE, true);
      }
      last.length(Math.min(scan.offset(), length));
      cut(last, length);
      return scan.sequence();
    }
  }

  /**
   * Cuts a file at the end of its segment and syncs it: what a killed process wrote may not be on
   * the disk yet.
   */
  private void cut(Segment segment, long size) {
    try (FileChannel channel = disk.open(segment.path(), WRITE)) {
      if (segment.length() < size && segment.length() >= SegmentHeader.LENGTH) {
        channel.truncate(segment.length());
      }
      channel.force(true);
    } catch (IOException e) {
      LOG.error("Cannot sync {}: its newest events may not be on the disk", segment.path(), e);
    }
  }

  /** Looks for segments that are missing, or shorter than their successor says. */
  private void compareNeighbours(long id) throws IOException {
    for (Segment each : segments.all()) {
      Segment next = segments.behind(each);
      SegmentHeader header = next == null ? null : headers.get(next.first());
      boolean asExpected =
          header == null
              || header.previousFirst() == each.first()
                  && size(each.first()) >= header.previousLength();
      if (next != null && !asExpected) {
        suspect(each, next, id);
      }
    }
  }

  /** Reads a segment that does not fit to the next one, to know how many events are missing. */
  private void suspect(Segment segment, Segment next, long id) throws IOException {
    try (SegmentFile file = new SegmentFile(disk, segment.path())) {
      SegmentScan scan = new SegmentScan(segment, file, damages, id);
      while (scan.next(Long.MAX_VALUE, segment.length(), next.first(), false) != null) {
        // none is wanted, all are passed
      }
      holes.add(
          new Hole(scan.sequence(), next.first(), "between " + segment.path() + " and the next"));
    } catch (NoSuchFileException | AccessDeniedException e) {
      holes.add(new Hole(segment.first(), next.first(), segment.path().toString()));
    }
  }

  private long size(long first) {
    return sizes.getOrDefault(first, 0L);
  }

  private Path path(long first) {
    return folder.resolve(Segment.nameOf(first));
  }
}
