package dev.camelsiem.delivery.log;

import org.jspecify.annotations.Nullable;

/**
 * Events that are not for a reader.
 *
 * @param to where they end, or null while more come
 */
record Gap(Position from, @Nullable Position to, String cause) {
  /** Number behind the last of them, given the log's end. */
  long end(long logEnd) {
    Position known = to;
    return known == null ? Math.max(logEnd, from.sequence()) : known.sequence();
  }

  boolean isOpen() {
    return to == null;
  }
}
