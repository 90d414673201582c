package dev.camelsiem.delivery.log;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells and counts what could not be read, each thing once. Thread-safe. */
final class Damages {
  private static final Logger LOG = LoggerFactory.getLogger(Damages.class);

  private final Quarantine quarantine;
  private final Ranges lost = new Ranges();
  private long events;
  private long bytes;

  Damages(Quarantine quarantine) {
    this.quarantine = quarantine;
  }

  Quarantine quarantine() {
    return quarantine;
  }

  /** Bytes of a segment make no sense, and so some events are missing. */
  synchronized void damaged(Segment segment, long from, long to, long firstLost, long endLost) {
    segment.damaged(from, to);
    long fresh = lost.add(firstLost, endLost);
    events += fresh;
    bytes += to - from;
    LOG.error(
        "{} is damaged from byte {} on: {} bytes with {} events from {} on are lost ({});"
            + " check the disk",
        segment.path(),
        from,
        to - from,
        Math.max(0, endLost - firstLost),
        firstLost,
        quarantine.copy(segment.path(), from, to));
  }

  /** Bytes behind the last record, as an append leaves them that the power cut short. */
  synchronized void tornTail(Segment segment, long from, long to) {
    segment.damaged(from, to);
    bytes += to - from;
    LOG.warn(
        "{} has {} bytes behind its last record, at byte {}: perhaps the rest of an append that a"
            + " crash cut short and that nobody was told had succeeded; {}",
        segment.path(),
        to - from,
        from,
        quarantine.copy(segment.path(), from, to));
  }

  /** Some encodings of one record cannot be read. */
  synchronized void damagedSections(Segment segment, LogRecord batch) {
    if (segment.behindDamage(batch.start().offset()) != null) {
      return; // told before
    }
    segment.damaged(batch.start().offset(), batch.start().offset() + 1);
    events += lost.add(batch.start().sequence(), batch.end().sequence());
    bytes += batch.storedBytes();
    LOG.error(
        "{} is damaged in the record at byte {}: {} of {} encodings of its {} events from {} on"
            + " are lost ({}); check the disk",
        segment.path(),
        batch.start().offset(),
        batch.damagedSections(),
        batch.keys().size(),
        batch.events(),
        batch.start().sequence(),
        quarantine.copy(segment.path(), batch.start().offset(), batch.end().offset()));
  }

  /** Events are missing though no bytes are; says so when some of them were not known yet. */
  synchronized void missing(long from, long to, String where) {
    long fresh = lost.add(from, to);
    events += fresh;
    if (fresh > 0) {
      LOG.error("{}: {} events from {} on are missing", where, to - from, from);
    }
  }

  /** A whole file that cannot be used. */
  synchronized void unusable(Path file, long length, String why) {
    bytes += length;
    boolean moved = quarantine.moveAside(file);
    LOG.error(
        "{} {}; {}", file, why, moved ? "it was moved to the folder quarantine" : "it is left out");
  }

  synchronized long events() {
    return events;
  }

  synchronized long bytes() {
    return bytes;
  }
}
