package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.http.JsonScanner.Problem;

/**
 * A stretch of a body whose events stand side by side and have the same problem, or, where very
 * many differ, problems with the same reason.
 */
final class Rejected {
  /** So small an event joins its neighbours however long the stretch gets. */
  private static final int SMALL = 64;

  final int from;
  final long position;
  private Problem problem;
  private boolean isMixed;
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

  /** Of its first event. */
  Problem problem() {
    return problem;
  }

  /**
   * Takes one more event if it belongs to the stretch.
   *
   * @param apart whether one with the same reason is kept apart when it differs otherwise
   */
  boolean join(
      int otherFrom,
      int otherTo,
      long otherPosition,
      Problem other,
      int good,
      int most,
      boolean apart) {
    boolean isSame = other.what().equals(problem.what());
    if (good != goodBefore
        || other.reason() != problem.reason()
        || (apart && !isSame)
        || (otherTo - from > most && otherTo - otherFrom > SMALL)) {
      return false;
    }
    if (!isSame && !isMixed) {
      isMixed = true;
      String what = problem.what() + "; others beside it for other causes";
      problem = new Problem(problem.reason(), what, 0);
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
