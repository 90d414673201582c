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
  /** Severity of the header, 0 to 10; in LEEF, which has none in its header, 1 to 10. */
  SEVERITY,
  /** Name of the header; LEEF has none there. */
  NAME;

  /** Its form on the wire. */
  ValueType type() {
    return switch (this) {
      case TIME -> ValueType.TIMESTAMP;
      case SEVERITY -> ValueType.INTEGER;
      case CATEGORY, HOST, OUTCOME, NAME -> ValueType.STRING;
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
