package dev.camelsiem.delivery;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one integration does; a snapshot for banners, logs and tests.
 *
 * @param stateSince epoch milliseconds
 * @param failures attempts that failed in a row
 * @param confirmedMode false when events count as confirmed that are only written: over UDP, with
 *     {@code confirm: NONE}, or when the SIEM never answers, see {@link
 *     Transport.Listener#unconfirmed}
 * @param accepted events that the log took since the start
 * @param pendingAtStart events that waited in the log at the start
 * @param pending events that wait in the log; some of them may not be wanted
 * @param pendingBytes what they take in the log
 * @param confirmed events that the SIEM has
 * @param filtered events that it did not subscribe to
 * @param refused events that could not be encoded for it; they are dead letters
 * @param dropped events given up or lost, by cause
 * @param sent events written to the wire, those that were sent again included
 * @param sentBytes of these events, without frames
 * @param resent events sent again after a break
 * @param connections how many came about
 * @param lastError null when there was none
 * @param lastConfirmed epoch milliseconds of the last confirmation, 0 for none
 */
public record LaneStatus(
    String name,
    String destination,
    SenderState state,
    long stateSince,
    int failures,
    boolean confirmedMode,
    long accepted,
    long pendingAtStart,
    long pending,
    long pendingBytes,
    long confirmed,
    long filtered,
    long refused,
    Map<String, Long> dropped,
    long sent,
    long sentBytes,
    long resent,
    long connections,
    @Nullable String lastError,
    long lastConfirmed) {

  /** One line for the log. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(200);
    line.append(name).append(" (").append(destination).append("): ").append(state);
    if (failures > 0) {
      line.append(" after ").append(failures).append(" failed attempts");
    }
    line.append("; confirmed ").append(confirmed).append(" events");
    line.append(confirmedMode ? "" : " (written: the SIEM does not confirm)");
    line.append("; filtered ").append(filtered);
    line.append("; waiting ").append(pending).append(" events, ").append(pendingBytes);
    line.append(" bytes; sent ").append(sent).append(" events, ").append(sentBytes);
    line.append(" bytes; sent again ").append(resent);
    line.append("; connections ").append(connections);
    if (refused > 0) {
      line.append("; refused ").append(refused);
    }
    if (!dropped.isEmpty()) {
      line.append("; dropped ").append(dropped);
    }
    if (lastError != null) {
      line.append("; last error: ").append(lastError);
    }
    return line.toString();
  }
}
