package dev.camelsiem.time;

/** What counts as a date, and where it ends, depends on where it stands. */
enum DateStyle {
  /** All of a text: zones and years may stand apart from the time. */
  WHOLE(true, ""),
  /** In the middle of a text. */
  WITHIN(false, ""),
  /** All of a text, and a machine wrote it: ISO 8601 and nothing else. */
  ISO(true, "T "),
  /** Of syslog: {@code Mon dd} with the year in front of the time, behind it or nowhere, or ISO. */
  HEADER(false, "T"),
  /** The same where it is known that a header stands there: a blank may replace the T. */
  SURE_HEADER(false, "T ");

  final boolean whole;

  /** What stands between date and time; empty for all forms of {@link DateForms}. */
  final String beforeTime;

  DateStyle(boolean whole, String beforeTime) {
    this.whole = whole;
    this.beforeTime = beforeTime;
  }

  /** The time must be there, hours count to 24, and a comma may stand before the fraction. */
  boolean isStandard() {
    return !beforeTime.isEmpty();
  }

  /** The time must have seconds, and no more than it may stand behind. */
  boolean isHeader() {
    return isStandard() && !whole;
  }
}
