package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.event.StopReason;

/** Why we end a connection that did nothing wrong. */
enum WhyGivenUp {
  BYTES(
      StopReason.TOO_LARGE,
      "all connections together held too much that was not complete (maxUnfinishedBytes), and"
          + " this one the most"),
  PLACE(
      StopReason.MALFORMED,
      "all places were taken, and of those this one had given no event for longest"
          + " (maxConnections, maxConnectionsPerAddress)");

  final StopReason reason;
  final String text;

  WhyGivenUp(StopReason reason, String text) {
    this.reason = reason;
    this.text = text;
  }
}
