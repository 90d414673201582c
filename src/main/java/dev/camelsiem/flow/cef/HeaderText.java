package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import java.nio.charset.StandardCharsets;

/** A text of a header, from the event or a constant, prepared for writing. Immutable. */
final class HeaderText {
  private final int slot;
  private final byte[] prefix;
  private final byte[] otherwise;
  private final int limit;

  /**
   * @param limit characters; longer texts are cut
   */
  HeaderText(TextSource source, int limit, FieldTable fields) {
    String field = source.field();
    this.slot = field == null ? FieldTable.NONE : fields.slot(field);
    this.prefix = source.prefix().getBytes(StandardCharsets.UTF_8);
    this.otherwise = source.otherwise().getBytes(StandardCharsets.UTF_8);
    this.limit = limit;
  }

  boolean isConstant() {
    return slot == FieldTable.NONE;
  }

  /** Writes it as a field of CEF's header. */
  void writeField(ByteSink sink, SecurityEvent event) {
    int from = event.start(slot);
    int to = event.end(slot, from);
    if (from == to) {
      writeOtherwise(sink);
      return;
    }
    CefText.header(sink, prefix, 0, prefix.length);
    byte[] bytes = event.bytes(slot);
    CefText.header(sink, bytes, from, fieldEnd(bytes, from, to, limit - prefix.length));
  }

  /** What stands there without an event: the constant. */
  void writeOtherwise(ByteSink sink) {
    int from = CefText.trimStart(otherwise, 0, otherwise.length);
    int to = CefText.trimEnd(otherwise, from, otherwise.length);
    CefText.header(sink, otherwise, from, fieldEnd(otherwise, from, to, limit));
  }

  /** A backslash at the end of a field makes common readers miscount the header. */
  private static int fieldEnd(byte[] bytes, int from, int to, int limit) {
    int end = CefText.cut(bytes, from, to, Math.max(1, limit));
    while (end > from && bytes[end - 1] == '\\') {
      end = CefText.trimEnd(bytes, from, end - 1);
    }
    return end;
  }

  /** Writes it as a value of the extension. */
  void writeValue(ByteSink sink, SecurityEvent event, int most) {
    int from = event.start(slot);
    int to = event.end(slot, from);
    byte[] bytes = from == to ? otherwise : event.bytes(slot);
    int start = from == to ? 0 : from;
    int end = from == to ? otherwise.length : to;
    CefText.extension(sink, bytes, start, CefText.cut(bytes, start, end, most));
  }

  /** Writes it as one word of a syslog header: other than printable ASCII becomes {@code ?}. */
  void writeToken(ByteSink sink, SecurityEvent event) {
    int from = event.start(slot);
    int to = event.end(slot, from);
    if (from == to) {
      sink.put(otherwise);
      return;
    }
    sink.put(prefix);
    byte[] bytes = event.bytes(slot);
    int length = Math.min(to - from, Math.max(1, limit - prefix.length));
    byte[] out = sink.room(length);
    int at = sink.at();
    for (int i = from; i < from + length; i++) {
      out[at++] = bytes[i] > ' ' && bytes[i] < 0x7F ? bytes[i] : (byte) '?';
    }
    sink.end(at);
  }
}
