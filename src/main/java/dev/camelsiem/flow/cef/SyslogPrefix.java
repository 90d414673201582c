package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.syslog.SyslogHeader;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of {@code CEF:}: a syslog header, a lone host, or anything else, which then
 * is only reported.
 *
 * @param warning what was odd, or null
 */
record SyslogPrefix(
    @Nullable Integer priority,
    @Nullable String timestamp,
    @Nullable String host,
    @Nullable String warning) {
  private static final SyslogPrefix NONE = new SyslogPrefix(null, null, null, null);

  static SyslogPrefix read(String text) {
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      return NONE;
    }
    int from = behindOctetCount(bytes);
    SyslogHeader header = new SyslogHeader();
    header.read(bytes, from, bytes.length, true);
    Integer priority = null;
    String warning = null;
    if (header.priority() > SyslogHeader.MAX_PRIORITY) {
      warning = "the priority " + header.priority() + " is over " + SyslogHeader.MAX_PRIORITY;
    } else if (header.priority() >= 0) {
      priority = header.priority();
    }
    if (header.isRfc5424() || header.timestamp() != null) {
      return new SyslogPrefix(priority, string(header.timestamp()), string(header.host()), warning);
    }
    int close = header.priority() < 0 ? from : Ascii.indexOf(bytes, from, bytes.length, '>') + 1;
    String rest = Text.of(bytes, close, bytes.length).toString().strip();
    if (rest.indexOf(' ') >= 0) {
      return new SyslogPrefix(
          priority, null, null, "no syslog header that is known: " + Refusal.quoted(rest));
    }
    return new SyslogPrefix(priority, null, rest.isEmpty() ? null : rest, warning);
  }

  /** A frame's length that nobody took off. */
  private static int behindOctetCount(byte[] bytes) {
    int digits = Ascii.skipDigits(bytes, 0, bytes.length);
    boolean counted = digits > 0 && digits + 1 < bytes.length && bytes[digits + 1] == '<';
    return counted && bytes[digits] == ' ' ? digits + 1 : 0;
  }

  private static @Nullable String string(@Nullable Text text) {
    return text == null ? null : text.toString();
  }
}
