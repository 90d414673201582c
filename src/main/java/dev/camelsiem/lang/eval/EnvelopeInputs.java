package dev.camelsiem.lang.eval;

import dev.camelsiem.time.DateTime;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the envelope of one event offers to rules: a value of the field's type for each {@link
 * Input}, or null. Immutable.
 */
public final class EnvelopeInputs {
  private final Map<Input, Object> values;
  private final long receivedAt;

  private EnvelopeInputs(Map<Input, Object> values, long receivedAt) {
    this.values = values;
    this.receivedAt = receivedAt;
  }

  /** Nothing but the time of receipt, in milliseconds since 1970 UTC. */
  public static EnvelopeInputs receivedAt(long epochMillis) {
    return of(Map.of(), epochMillis);
  }

  /**
   * These inputs.
   *
   * @param values by input; {@code recv_time} is filled in from the time of receipt when absent
   * @param receivedAt milliseconds since 1970 UTC; gives dates without a year theirs
   */
  public static EnvelopeInputs of(Map<Input, Object> values, long receivedAt) {
    Map<Input, Object> all = new EnumMap<>(Input.class);
    all.put(Input.RECV_TIME, new DateTime(receivedAt, 0));
    all.putAll(values);
    return new EnvelopeInputs(all, receivedAt);
  }

  @Nullable Object get(Input input) {
    return values.get(input);
  }

  /** When the event was received, in milliseconds since 1970 UTC. */
  public long receivedAt() {
    return receivedAt;
  }
}
