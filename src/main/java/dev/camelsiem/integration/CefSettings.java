package dev.camelsiem.integration;

import dev.camelsiem.flow.cef.CefOptions;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the lines of one integration look (kcs-cef 1, 2 and 4.3). Equal settings make equal lines, so
 * integrations that agree share one encoding.
 *
 * @param facility syslog facility 0..23 of the PRI, {@link CefOptions#NO_PRI} for none, or null for
 *     the mapping's
 * @param zone of the time in the syslog header
 * @param hostName of the syslog header, or null for this machine's bare name
 * @param severityOverrides event id or family to CEF severity 0..10; the id wins
 * @param maxMessageBytes longest line before values are shortened; 0 for the mapping's limit
 * @param datagrams whether that limit is the one for UDP; false where {@code maxMessageBytes} says
 *     it
 * @param vendor null for the mapping's own, like product and version
 * @param rfc5424 whether the header follows RFC 5424 instead of RFC 3164; null as the mapping says
 * @param eventId whether {@code externalId} is the event's id unless the event has one; always so
 *     in the profile {@link Profile#EXTENDED}
 */
public record CefSettings(
    @Nullable Integer facility,
    ZoneId zone,
    @Nullable String hostName,
    Profile profile,
    Map<String, Integer> severityOverrides,
    int maxMessageBytes,
    boolean datagrams,
    @Nullable String vendor,
    @Nullable String product,
    @Nullable String version,
    @Nullable Boolean rfc5424,
    boolean eventId) {
  public CefSettings {
    severityOverrides = Map.copyOf(severityOverrides);
    eventId |= profile == Profile.EXTENDED;
    datagrams &= maxMessageBytes == 0;
  }

  /** Which keys are written (kcs-cef 2.5). */
  public enum Profile {
    KCS,
    EXTENDED
  }
}
