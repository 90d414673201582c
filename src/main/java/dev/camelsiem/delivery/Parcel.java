package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.Position;
import dev.camelsiem.flow.event.EncodedBatch;

/**
 * What one record of a log means for one integration.
 *
 * @param lines those that it wants, perhaps none
 * @param filtered how many it does not want
 * @param refused how many have no line in its encoding
 * @param damaged how many have one that cannot be read any more
 * @param forgotten how many have one only in encodings that its cursor does not know any more
 * @param from the cursor that the record was read with
 * @param end what to commit there
 */
record Parcel(
    EncodedBatch lines,
    int filtered,
    int refused,
    int damaged,
    int forgotten,
    Cursor from,
    Position end) {
  /** What is remembered of a parcel until the SIEM has it; its bytes are in the log. */
  record Sent(
      long mark,
      long events,
      long filtered,
      long refused,
      long damaged,
      long forgotten,
      Cursor from,
      Position end) {
    /** With what was read right behind it. */
    Sent plus(Sent next) {
      return new Sent(
          mark,
          events + next.events,
          filtered + next.filtered,
          refused + next.refused,
          damaged + next.damaged,
          forgotten + next.forgotten,
          from,
          next.end);
    }
  }

  Sent sent(long mark) {
    return new Sent(mark, lines.size(), filtered, refused, damaged, forgotten, from, end);
  }
}
