package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.http.Rejected.Problem;
import dev.camelsiem.flow.event.StopReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the body of a request: the places of the good events, and the bad ones in
 * stretches. However the bad ones are mixed, there are some more stretches than {@value
 * #MOST_APART} at most.
 */
final class Findings {
  private static final int NUMBERS = 3;

  /** What a stretch and its problem take up. */
  private static final int STRETCH_BYTES = 200;

  private static final int STRETCHES_AT_ONCE = 64;

  /** So many are told apart by more than their reason. */
  private static final int MOST_APART = 1000;

  /** Grants memory for the places. */
  @FunctionalInterface
  interface Room {
    /**
     * So many bytes more are going to be held.
     *
     * @throws HttpRefusal when they can't be had
     */
    void reserve(long more) throws HttpRefusal;
  }

  private final HttpLimits limits;
  private final Room room;
  private final List<Rejected> rejected = new ArrayList<>();

  /** Of each reason, the stretch that takes what comes when there are very many. */
  private final Map<StopReason, Rejected> rest = new EnumMap<>(StopReason.class);

  /** That of the last bad event. */
  private @Nullable Rejected last;

  /** From, to and position of each good event. */
  private int[] good = new int[NUMBERS * 16];

  private int goodCount;
  private long rejectedCount;

  Findings(HttpLimits limits, Room room) {
    this.limits = limits;
    this.room = room;
  }

  /** How many events can be taken. */
  int goodCount() {
    return goodCount;
  }

  int from(int index) {
    return good[NUMBERS * index];
  }

  int to(int index) {
    return good[NUMBERS * index + 1];
  }

  int position(int index) {
    return good[NUMBERS * index + 2];
  }

  /** What can't be taken, in the order of where each stretch begins. */
  List<Rejected> rejected() {
    return rejected;
  }

  /** How many events can't. */
  long rejectedCount() {
    return rejectedCount;
  }

  /** A good event. */
  void add(int from, int to, int position) throws HttpRefusal {
    checkCount();
    if (NUMBERS * goodCount == good.length) {
      room.reserve((long) Integer.BYTES * good.length);
      good = Arrays.copyOf(good, 2 * good.length);
    }
    int at = NUMBERS * goodCount++;
    good[at] = from;
    good[at + 1] = to;
    good[at + 2] = position;
  }

  /** A bad event. */
  void reject(int from, int to, int position, Problem problem) throws HttpRefusal {
    rejectedCount++;
    boolean apart = rejected.size() < MOST_APART;
    Rejected before = last;
    if (before != null
        && before.join(from, to, position, problem, goodCount, limits.eventBytes(), apart)) {
      return;
    }
    Rejected mixed = apart ? null : rest.get(problem.reason());
    if (mixed != null) {
      mixed.count(from, to, position);
      last = mixed;
      return;
    }
    checkCount();
    if (rejected.size() % STRETCHES_AT_ONCE == STRETCHES_AT_ONCE - 1) {
      room.reserve(STRETCHES_AT_ONCE * STRETCH_BYTES);
    }
    Rejected stretch = new Rejected(from, to, position, problem, goodCount);
    rejected.add(stretch);
    last = stretch;
    if (!apart) {
      rest.put(problem.reason(), stretch);
    }
  }

  private void checkCount() throws HttpRefusal {
    if (goodCount + rejected.size() >= limits.events()) {
      throw new HttpRefusal(
          413, "the request has over %d events: send fewer at a time".formatted(limits.events()));
    }
  }
}
