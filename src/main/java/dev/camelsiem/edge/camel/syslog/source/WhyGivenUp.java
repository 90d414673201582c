package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.event.StopReason;

/** Why half an event of a connection is none: its sender had not come to an end. */
enum WhyGivenUp {
  BYTES(
      StopReason.TOO_LARGE,
      "all connections together held too much that was not complete (maxUnfinishedBytes), and"
          + " this one the most"),
  PLACE(
      StopReason.MALFORMED,
      "all places were taken, and of those this one had given no event for longest"
          + " (maxConnections, maxConnectionsPerAddress)"),
  SILENT(StopReason.MALFORMED, "its sender was silent for too long (idleTimeout)"),
  BROKEN_OFF(
      StopReason.MALFORMED,
      "it was broken off, by a reset, an error or, with TLS, without a close_notify"),
  UNREAD(StopReason.MALFORMED, "its sender did not read what it was answered"),
  STOPPED(StopReason.MALFORMED, "the listener closed it"),
  THREAD(StopReason.MALFORMED, "its thread had ended with an error");

  final StopReason reason;
  final String text;

  WhyGivenUp(StopReason reason, String text) {
    this.reason = reason;
    this.text = text;
  }
}
