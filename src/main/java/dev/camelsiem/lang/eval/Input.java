package dev.camelsiem.lang.eval;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a rule can read of the envelope under the name of a field (xp 7.6). */
public enum Input {
  RECV_IPV4("recv_ipv4"),
  RECV_IPV6("recv_ipv6"),
  RECV_HOST("recv_host"),
  RECV_TIME("recv_time"),
  TAG("tag"),
  MIME("mime"),
  INPUT_ID("input_id"),
  TASK_ID("task_id"),
  UUID("uuid");

  private static final Map<String, Input> BY_FIELD =
      Arrays.stream(values()).collect(Collectors.toMap(Input::field, Function.identity()));

  private final String field;

  Input(String field) {
    this.field = field;
  }

  /** The name in formulas. */
  public String field() {
    return field;
  }

  /** The input that a field name reads, or null. */
  public static @Nullable Input of(String field) {
    return BY_FIELD.get(field);
  }
}
