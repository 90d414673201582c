package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.http.JsonScanner.Problem;

/** A stretch of a body whose events stand side by side and have the same problem. */
final class Rejected {
  /** So small an event joins its neighbours however long the stretch gets. */
  private static final int SMALL = 64;

  final int from;
  final long position;
  final Problem problem;
  private final int goodBefore;
  private int to;
  private long lastPosition;
  private int count = 1;

  /**
   * @param position of its first event
   * @param goodBefore how many good events come before it
   */
  Rejected(int from, int to, long position, Problem problem, int goodBefore) {
    this.from = from;
    this.to = to;
    this.position = position;
    this.problem = problem;
    this.goodBefore = goodBefore;
    this.lastPosition = position;
  }

  /** Takes one more event if it belongs to the stretch. */
  boolean join(int otherFrom, int otherTo, long otherPosition, Problem other, int good, int most) {
    if (good != goodBefore
        || other.reason() != problem.reason()
        || !other.what().equals(problem.what())
        || (otherTo - from > most && otherTo - otherFrom > SMALL)) {
      return false;
    }
    to = otherTo;
    lastPosition = otherPosition;
    count++;
    return true;
  }

  int to() {
    return to;
  }

  int count() {
    return count;
  }

  /** Whether its events have one position after the other, so that each can be named. */
  boolean isGapless() {
    return lastPosition - position + 1 == count;
  }
}
