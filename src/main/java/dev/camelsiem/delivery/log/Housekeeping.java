package dev.camelsiem.delivery.log;

import dev.camelsiem.durable.CrashPoint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a log does now and then: saves cursors, deletes what all have passed. */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final LogState log;
  private final Cursors cursors;
  private final Ballast ballast;
  private @Nullable HeadFile savedHead;
  private boolean failing;

  Housekeeping(LogState log, Cursors cursors, Ballast ballast) {
    this.log = log;
    this.cursors = cursors;
    this.ballast = ballast;
  }

  /** Does all of it; a failure is told once and tried again the next time. */
  synchronized void run() {
    IOException failure = save();
    failure = failure == null ? deleteSegments() : failure;
    if (failure == null) {
      try {
        ballast.restore();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null && !failing) {
      LOG.error(
          "Cannot keep the log in {} in order, trying again every second: ", log.folder(), failure);
    } else if (failure == null && failing) {
      LOG.info("The log in {} is in order again", log.folder());
    }
    failing = failure != null;
  }

  /** Saves the cursors and the log's end, if they changed; gives a failure, or null. */
  synchronized @Nullable IOException save() {
    IOException failure = cursors.saveAll();
    HeadFile head = new HeadFile(log.id(), log.end().sequence(), cursors.names());
    if (!head.equals(savedHead)) {
      try {
        ballast.write(log.folder().resolve(HeadFile.NAME), head.encode());
        savedHead = head;
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    return failure;
  }

  private @Nullable IOException deleteSegments() {
    IOException failure = null;
    boolean deleted = false;
    for (Segment each : log.segments().all()) {
      Segment next = log.segments().behind(each);
      if (next != null && !cursors.wants(each.first(), next.first())) {
        try {
          delete(each);
          deleted = true;
        } catch (IOException e) {
          failure = e;
        }
      }
    }
    if (deleted) {
      try {
        log.disk().syncFolder(log.folder());
      } catch (IOException e) {
        failure = e;
      }
    }
    return failure;
  }

  private void delete(Segment segment) throws IOException {
    try {
      log.disk().delete(segment.path());
    } catch (NoSuchFileException e) {
      LOG.warn("{} was to be deleted and is gone already", segment.path());
    }
    CrashPoint.reached("segment-deleted");
    log.segments().remove(segment);
  }
}
