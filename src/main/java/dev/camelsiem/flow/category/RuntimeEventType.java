package dev.camelsiem.flow.category;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of node monitoring events that a linked agent group lets through (kcs-cef 6.1); the
 * constant's name is the key.
 */
public enum RuntimeEventType {
  PROCESSES,
  FILES,
  NETWORK,
  /** Findings of the component File Threat Protection. */
  FTP;

  private static final Map<String, RuntimeEventType> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, t -> t));

  /** The type with this key, or null when there is none. */
  public static @Nullable RuntimeEventType byKey(String key) {
    return BY_KEY.get(key);
  }
}
