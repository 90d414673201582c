package dev.camelsiem.flow.cef.mapping;

import java.util.Locale;

/** A value that is not a field of the event but known to the encoder. */
public enum ComputedValue {
  /** The event's time, or that of its arrival, in epoch milliseconds. */
  TIME,
  /** Name of the event's export category. */
  CATEGORY,
  /** Host name of the syslog header. */
  HOST,
  /** Token of the event's outcome. */
  OUTCOME,
  /** Severity of the header, 0 to 10. */
  SEVERITY;

  /** Its form on the wire. */
  ValueType type() {
    return switch (this) {
      case TIME -> ValueType.TIMESTAMP;
      case SEVERITY -> ValueType.INTEGER;
      case CATEGORY, HOST, OUTCOME -> ValueType.STRING;
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
