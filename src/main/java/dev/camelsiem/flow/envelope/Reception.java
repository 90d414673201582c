package dev.camelsiem.flow.envelope;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Input;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Text;
import java.util.EnumMap;
import java.util.Map;
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

  /** What is known of a bare event; a peer address in its origin is the sender's. */
  public static Reception of(RawEvent event) {
    Reception reception = of(event.receivedAt());
    String peer = PeerAddress.address(event.origin());
    return peer == null ? reception : reception.from(peer);
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

  /** The same as rules read it. */
  public EnvelopeInputs inputs() {
    Map<Input, Object> values = new EnumMap<>(Input.class);
    put(values, Input.RECV_IPV4, address(recvIpv4));
    put(values, Input.RECV_IPV6, address(recvIpv6));
    put(values, Input.RECV_HOST, text(recvHost));
    put(values, Input.TAG, text(tag));
    put(values, Input.MIME, text(mime));
    put(values, Input.INPUT_ID, text(inputId));
    put(values, Input.TASK_ID, text(taskId));
    put(values, Input.UUID, text(uuid));
    return EnvelopeInputs.of(values, receivedAt);
  }

  private static void put(Map<Input, Object> values, Input input, @Nullable Object value) {
    if (value != null) {
      values.put(input, value);
    }
  }

  private static @Nullable Object text(@Nullable String value) {
    return value == null ? null : Text.of(value);
  }

  /** An address that is none is left out, as everywhere in the language. */
  private static @Nullable Object address(@Nullable String value) {
    return value == null ? null : Convert.ip(Text.of(value));
  }
}
