package dev.camelsiem.flow.envelope;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an event's reception: the inputs that formulas may read (xp-language 7.6).
 *
 * @param receivedAt epoch milliseconds
 */
public record Reception(
    @Nullable String recvIpv4,
    @Nullable String recvIpv6,
    @Nullable String recvHost,
    long receivedAt,
    @Nullable String tag,
    @Nullable String mime,
    @Nullable String inputId,
    @Nullable String taskId,
    @Nullable String uuid) {
  private static final String NO_ID = "00000000-0000-0000-0000-000000000000";
  private static final String LOOPBACK = "127.0.0.1";
  private static final String DEFAULT_TAG = "some_tag";

  /** What a bare event gets (xp-language 8.1). */
  public static Reception of(long receivedAt) {
    return new Reception(LOOPBACK, null, null, receivedAt, DEFAULT_TAG, null, NO_ID, NO_ID, null);
  }

  /** The same, received from another address of either family. */
  public Reception from(String address) {
    boolean six = address.indexOf(':') >= 0;
    return new Reception(
        six ? null : address,
        six ? address : null,
        recvHost,
        receivedAt,
        tag,
        mime,
        inputId,
        taskId,
        uuid);
  }
}
