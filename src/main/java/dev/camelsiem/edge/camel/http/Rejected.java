package dev.camelsiem.edge.camel.http;

import dev.camelsiem.flow.event.StopReason;

/**
 * A stretch of a body whose events stand side by side and have the same problem, or, where very
 * many differ, problems with the same reason. Where very many are apart, it also counts some that
 * come later, of which nothing else is kept.
 */
final class Rejected {
  /** So small an event joins its neighbours however long the stretch gets. */
  private static final int SMALL = 64;

  final int from;
  final long position;
  private Problem problem;
  private boolean isMixed;
  private boolean isScattered;
  private final int goodBefore;
  private int to;
  private long bytes;
  private long lastPosition;
  private int count = 1;

  /**
   * Why an event can't be taken.
   *
   * @param what the same for problems of one kind
   * @param column from 1; 0 when it has none
   */
  record Problem(StopReason reason, String what, int column) {
    String detail() {
      return column == 0 ? what : what + " at column " + column;
    }
  }

  /**
   * @param position of its first event
   * @param goodBefore how many good events come before it
   */
  Rejected(int from, int to, long position, Problem problem, int goodBefore) {
    this.from = from;
    this.to = to;
    this.bytes = (long) to - from;
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
   * Takes the event behind its last one if that belongs to the stretch.
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
    if (isScattered
        || good != goodBefore
        || other.reason() != problem.reason()
        || (apart && !isSame)
        || (otherTo - from > most && otherTo - otherFrom > SMALL)) {
      return false;
    }
    if (!isSame && !isMixed) {
      isMixed = true;
      describe("; others beside it for other causes");
    }
    bytes += otherTo - to;
    to = otherTo;
    lastPosition = otherPosition;
    count++;
    return true;
  }

  /** Counts an event that has the same reason and stands elsewhere. */
  void count(int otherFrom, int otherTo, long otherPosition) {
    if (!isScattered) {
      isScattered = true;
      describe("; others elsewhere in the request, which are counted and not kept");
    }
    bytes += otherTo - otherFrom;
    lastPosition = otherPosition;
    count++;
  }

  private void describe(String more) {
    problem = new Problem(problem.reason(), problem.what() + more, 0);
  }

  int to() {
    return to;
  }

  /** Of all events that it stands for; more than lie between its ends if it counts others. */
  long bytes() {
    return bytes;
  }

  int count() {
    return count;
  }

  /** Whether its events have one position after the other, so that each can be named. */
  boolean isGapless() {
    return !isScattered && lastPosition - position + 1 == count;
  }
}
