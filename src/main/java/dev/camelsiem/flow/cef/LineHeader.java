package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.flow.cef.mapping.HeaderForm;
import dev.camelsiem.flow.cef.mapping.HeaderLimits;
import dev.camelsiem.text.Ascii;
import org.jspecify.annotations.Nullable;

/** The syslog header in front of a line (kcs-cef 1). Belongs to one thread. */
final class LineHeader {
  private static final int SEVERITIES = 11;
  private static final TextSource NIL = TextSource.constant("-");
  private static final byte[] NO_STRUCTURED_DATA = Ascii.bytes(" - ");

  private final HeaderForm form;
  private final HeaderClock clock;
  private final byte[][] priorities = new byte[SEVERITIES][];

  /** Where an event has its PRI, or {@link FieldTable#NONE}. */
  private final int prioritySlot;

  private final byte[] version;
  private final HeaderText host;
  private final HeaderText appName;
  private final HeaderText processId;
  private final @Nullable HeaderText messageId;

  LineHeader(CefMapping mapping, CefOptions options, FieldTable fields) {
    CefMapping.Syslog syslog = mapping.syslog();
    Notation notation = Notation.of(mapping.format());
    form = options.header(mapping);
    boolean rfc5424 = form == HeaderForm.RFC5424;
    clock = new HeaderClock(options.zone(), rfc5424, syslog.fraction());
    host = new HeaderText(options.host(mapping), HeaderLimits.HOST, fields, notation);
    appName = new HeaderText(options.appName(mapping), HeaderLimits.APP_NAME, fields, notation);
    processId =
        new HeaderText(orNil(syslog.processId()), HeaderLimits.PROCESS_ID, fields, notation);
    messageId =
        syslog.messageId() == null
            ? null
            : new HeaderText(syslog.messageId(), HeaderLimits.MESSAGE_ID, fields, notation);
    for (int severity = 0; severity < SEVERITIES; severity++) {
      int priority = options.priority(mapping, severity);
      priorities[severity] = Ascii.bytes(priority == CefOptions.NO_PRI ? "" : "<" + priority + ">");
    }
    String field = options.priorityField(mapping);
    prioritySlot = field == null ? FieldTable.NONE : fields.slot(field);
    version = Ascii.bytes(rfc5424 ? "1 " : "");
  }

  private static TextSource orNil(@Nullable TextSource source) {
    return source == null ? NIL : source;
  }

  /** Writes the host as a value of the extension. */
  void writeHost(ByteSink sink, EventValues event, int most) {
    host.writeValue(sink, event, most);
  }

  /**
   * Writes it, with the blank behind it.
   *
   * @param id MSGID of RFC 5424, unless the mapping has another
   */
  void write(ByteSink sink, EventValues event, long time, int severity, byte[] id) {
    if (form == HeaderForm.NONE) {
      return;
    }
    priority(sink, event, severity);
    sink.put(version);
    clock.write(sink, time);
    sink.put(' ');
    host.writeToken(sink, event);
    sink.put(' ');
    if (form == HeaderForm.RFC5424) {
      appName.writeToken(sink, event);
      sink.put(' ');
      processId.writeToken(sink, event);
      sink.put(' ');
      if (messageId == null) {
        sink.put(id);
      } else {
        messageId.writeToken(sink, event);
      }
      sink.put(NO_STRUCTURED_DATA);
    }
  }

  private void priority(ByteSink sink, EventValues event, int severity) {
    event.find(prioritySlot);
    int own = Ascii.number(event.bytes, event.from, event.to);
    if (own < 0 || own > HeaderLimits.PRIORITY) {
      sink.put(priorities[severity]);
      return;
    }
    sink.put('<');
    sink.putNumber(own);
    sink.put('>');
  }
}
