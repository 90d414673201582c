package dev.camelsiem.delivery.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records from the files, one behind the other. Not thread-safe. */
final class LogReader implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

  /**
   * Where reading arrived.
   *
   * @param at start of the record; further than asked for when something is missing
   * @param batch null when nothing is left up to the end
   */
  record Step(Position at, @Nullable LogRecord batch) {}

  private final LogState log;
  private @Nullable SegmentFile file;
  private @Nullable SegmentScan scan;

  LogReader(LogState log) {
    this.log = log;
  }

  /** The first record that ends behind a place and before the log's end. */
  Step read(Position from, Position end) throws IOException {
    long wanted = from.sequence();
    Segment segment = log.segments().holding(wanted);
    while (segment != null && segment.first() < end.sequence()) {
      Segment next = log.segments().behind(segment);
      long limit = next == null ? end.sequence() : Math.min(next.first(), end.sequence());
      LogRecord found = limit <= wanted ? null : readIn(segment, from, wanted, limit);
      long upTo = found == null ? limit : found.start().sequence();
      if (upTo > wanted) {
        log.damages().missing(wanted, upTo, segment.path() + " or the segment before it");
      }
      if (found != null) {
        return new Step(found.start(), found);
      }
      wanted = Math.max(wanted, limit);
      segment = next;
    }
    log.damages().missing(wanted, end.sequence(), log.folder().toString());
    return new Step(end, null);
  }

  private @Nullable LogRecord readIn(Segment segment, Position from, long wanted, long limit)
      throws IOException {
    try {
      long length = segment.length();
      SegmentScan open = scanOf(segment);
      boolean hint = from.segment() == segment.first() && from.sequence() == wanted;
      if (!(hint && open.seek(wanted, from.offset(), length)) && open.sequence() > wanted) {
        open.rewind();
      }
      return open.next(wanted, length, limit, false);
    } catch (NoSuchFileException | AccessDeniedException e) {
      LOG.error("Cannot read the segment {}: its events are skipped", segment.path(), e);
      return null;
    }
  }

  private SegmentScan scanOf(Segment segment) throws IOException {
    SegmentScan open = scan;
    if (open == null || open.segment() != segment) {
      close();
      SegmentFile opened = new SegmentFile(log.disk(), segment.path());
      file = opened;
      open = new SegmentScan(segment, opened, log.damages(), log.id());
      scan = open;
    }
    return open;
  }

  /** Frees the file; reading opens it again. */
  @Override
  public void close() throws IOException {
    SegmentFile open = file;
    file = null;
    scan = null;
    if (open != null) {
      open.close();
    }
  }
}
