package dev.camelsiem.flow.cef.mapping;

import java.util.Locale;

/** A value that is not a field of the event but known to the encoder. */
public enum ComputedValue {
  /** The event's time, or that of its arrival, in epoch milliseconds. */
  TIME,
  /** Name of the family's export category. */
  CATEGORY,
  /** Host name of the syslog header. */
  HOST,
  /** Token of the event's outcome. */
  OUTCOME;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
