package dev.camelsiem.integration.delivery;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one integration does; a snapshot for banners, logs and tests.
 *
 * @param queued events that wait in memory
 * @param inSpool events that wait on disk
 * @param spoolBytes bytes of the spool's files
 * @param accepted events handed over since the start
 * @param filtered events that it did not subscribe to, not among the accepted
 * @param sent events written to the wire, those that were sent again included
 * @param sentBytes of these events, without frames
 * @param spooled events that went through the spool
 * @param resent events sent again after a break
 * @param dropped events lost or refused, by cause
 * @param reconnects connections after the first
 * @param lastError null when there was none
 * @param lastSuccess epoch milliseconds of the last write, 0 for none
 */
public record OutletStatus(
    String name,
    String destination,
    boolean outage,
    long queued,
    long inSpool,
    long spoolBytes,
    long accepted,
    long filtered,
    long sent,
    long sentBytes,
    long spooled,
    long resent,
    Map<String, Long> dropped,
    long reconnects,
    @Nullable String lastError,
    long lastSuccess) {
  /** One line for the log. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(160);
    line.append(name).append(" (").append(destination).append("): ");
    line.append(outage ? "OUTAGE, " : "").append("sent ").append(sent).append(" events, ");
    line.append(sentBytes).append(" bytes; filtered ").append(filtered);
    line.append("; queued ").append(queued);
    line.append("; spool ").append(inSpool).append(" events, ").append(spoolBytes);
    line.append(" bytes; spooled ").append(spooled).append("; resent ").append(resent);
    line.append("; reconnects ").append(reconnects).append("; dropped ").append(dropped);
    if (lastError != null) {
      line.append("; last error: ").append(lastError);
    }
    return line.toString();
  }
}
