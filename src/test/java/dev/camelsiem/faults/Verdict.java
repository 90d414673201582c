package dev.camelsiem.faults;

import java.util.List;

/**
 * What became of a row.
 *
 * @param events written
 * @param lost not seen, over all receivers
 * @param repeated seen again, over all receivers
 * @param recoverMillis from the end of the last fault until all was there; -1 when it never was
 * @param problems why it failed; none when it passed
 * @param notes what else was measured
 */
record Verdict(
    int events, int lost, int repeated, long recoverMillis, List<String> problems, String notes) {
  @Override
  public String toString() {
    return "events %d, lost %d, repeated %d, recovered after %s; %s%s"
        .formatted(
            events,
            lost,
            repeated,
            recoverMillis < 0 ? "never" : recoverMillis / 1000.0 + " s",
            notes,
            problems.isEmpty() ? "" : "\n  " + String.join("\n  ", problems));
  }
}
