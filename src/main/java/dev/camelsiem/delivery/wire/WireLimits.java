package dev.camelsiem.delivery.wire;

import java.time.Duration;

/**
 * The times and sizes by which transports act; tests shorten them.
 *
 * @param startBytes size of the first window
 * @param startEvents likewise
 * @param maxBytes of a window
 * @param maxEvents of a window
 * @param floorBytes no window is made smaller
 * @param age of a window at most
 * @param tlsAge the same over TLS, where a window costs a handshake
 * @param quick a confirmation within it lets windows grow
 * @param slow a confirmation that takes longer lets them shrink; of a connection that was open for
 *     long it proves nothing, since a receiver that leaves it by itself may do so at that moment
 * @param youth a connection with little in it is not ended earlier: a receiver that closes at once
 *     whatever it accepts must have done so by then, or its end would pass for an answer
 * @param trial the same after a break, for connections with any content: a receiver that only
 *     accepts and closes may be slow to accept on a busy machine
 * @param proof the answer to a connection's end proves nothing when it comes so long after the
 *     connection began: a receiver that leaves when nothing has moved for 7 s looks the same
 * @param stall without progress for so long, a connection counts as stalled
 * @param silence without progress for so long, signs of life are looked for, at every half of it
 * @param death without any sign of life for so long, a peer counts as dead
 * @param patience how long a living peer that has confirmed before may take
 * @param unwritten most bytes that wait in this process before a sender has to
 * @param tailBytes how much of what was sent last is never counted as delivered without
 *     confirmation; more than a receiver that hangs can hold unread: by default Linux keeps 4 MiB
 *     on our side and 6 MiB on its side
 * @param tailAge the same by time; both must have passed
 * @param longestTailAge after which it counts as delivered all the same: a SIEM that gets little
 *     would look for ever as if it were behind
 * @param retest after which time a peer that did not answer a half-close is asked again; each time
 *     twice as long
 * @param longestRetest but never longer
 * @param trailing behind a peer's end, so long a reset may follow that says that it read not all
 */
record WireLimits(
    int startBytes,
    int startEvents,
    int maxBytes,
    int maxEvents,
    int floorBytes,
    Duration age,
    Duration tlsAge,
    Duration quick,
    Duration slow,
    Duration youth,
    Duration trial,
    Duration proof,
    Duration stall,
    Duration silence,
    Duration death,
    Duration patience,
    int unwritten,
    long tailBytes,
    Duration tailAge,
    Duration longestTailAge,
    Duration retest,
    Duration longestRetest,
    Duration trailing) {
  static final WireLimits DEFAULT =
      new WireLimits(
          64 << 10,
          250,
          2 << 20,
          2_000,
          16 << 10,
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          Duration.ofMillis(1_500),
          Duration.ofMillis(6_500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofMinutes(10),
          1 << 20,
          16L << 20,
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofSeconds(1));

  /** The same with another time after which a connection counts as stalled. */
  WireLimits withStall(Duration other) {
    return with(other, tailBytes, longestTailAge);
  }

  /** The same for an integration with this quota: what is held back must not use it up. */
  WireLimits within(long quotaBytes, Duration quotaAge) {
    Duration age = quotaAge.dividedBy(4);
    return with(
        stall,
        Math.min(tailBytes, quotaBytes / 4),
        age.compareTo(longestTailAge) < 0 ? age : longestTailAge);
  }

  private WireLimits with(Duration newStall, long newTailBytes, Duration newLongestTailAge) {
    return new WireLimits(
        startBytes,
        startEvents,
        maxBytes,
        maxEvents,
        floorBytes,
        age,
        tlsAge,
        quick,
        slow,
        youth,
        trial,
        proof,
        newStall,
        silence,
        death,
        patience,
        unwritten,
        newTailBytes,
        tailAge,
        newLongestTailAge,
        retest,
        longestRetest,
        trailing);
  }
}
