package dev.camelsiem.flow.cef;

import dev.camelsiem.time.TimeText;
import dev.camelsiem.time.TimeText.Form;
import java.time.ZoneId;

/** Writes times of syslog headers. Not thread-safe. */
final class HeaderClock {
  private final TimeText text;

  /**
   * @param fraction whether times of RFC 5424 have milliseconds
   */
  HeaderClock(ZoneId zone, boolean rfc5424, boolean fraction) {
    Form iso = fraction ? Form.MILLIS : Form.SECONDS;
    text = new TimeText(zone, rfc5424 ? iso : Form.RFC3164);
  }

  /** Writes a time as {@code Feb 18 10:07:28} or {@code 2025-02-18T10:07:28.000Z}. */
  void write(ByteSink sink, long epochMillis) {
    text.say(epochMillis);
    sink.put(text.array(), 0, text.length());
  }
}
