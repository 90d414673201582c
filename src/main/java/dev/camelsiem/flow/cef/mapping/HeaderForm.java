package dev.camelsiem.flow.cef.mapping;

/** What stands in front of {@code CEF:0} (kcs-cef section 1). */
public enum HeaderForm {
  /** Nothing: the bare CEF part, for Kafka and files. */
  NONE,
  /** {@code Feb 18 10:07:28 host }, the documented form. */
  RFC3164,
  /** {@code <PRI>1 2025-02-18T10:07:28.000Z host kcs - PM-002 - }. */
  RFC5424
}
