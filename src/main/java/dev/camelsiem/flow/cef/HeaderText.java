package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text of a header, from the event or a constant, prepared for writing. Immutable. */
final class HeaderText {
  private static final byte[][] LINE_STARTS = {Ascii.bytes("CEF:"), Ascii.bytes("LEEF:")};

  private final Notation notation;
  private final int[] slots;
  private final byte[] prefix;
  private final byte[] otherwise;
  private final int limit;

  /**
   * @param limit characters; longer texts are cut
   */
  HeaderText(TextSource source, int limit, FieldTable fields, Notation notation) {
    this.notation = notation;
    this.slots = source.fields().stream().mapToInt(fields::slot).toArray();
    this.prefix = source.prefix().getBytes(StandardCharsets.UTF_8);
    this.otherwise = source.otherwise().getBytes(StandardCharsets.UTF_8);
    this.limit = limit;
  }

  boolean isConstant() {
    return slots.length == 0;
  }

  /** Finds the first field that the event has. */
  private boolean find(EventValues event) {
    for (int slot : slots) {
      if (event.find(slot)) {
        return true;
      }
    }
    return false;
  }

  /** Writes it as a field of a line's own header. */
  void writeField(ByteSink sink, EventValues event) {
    boolean there = find(event);
    int end =
        there ? fieldEnd(event.bytes, event.from, event.to, limit - prefix.length) : event.from;
    if (!there || end == event.from) {
      writeOtherwise(sink);
      return;
    }
    notation.header(sink, prefix, 0, prefix.length);
    notation.header(sink, event.bytes, event.from, end);
  }

  /** What stands there without an event: the constant. */
  void writeOtherwise(ByteSink sink) {
    int from = CefText.trimStart(otherwise, 0, otherwise.length);
    int to = CefText.trimEnd(otherwise, from, otherwise.length);
    notation.header(sink, otherwise, from, fieldEnd(otherwise, from, to, limit));
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
  void writeValue(ByteSink sink, EventValues event, int most) {
    if (!find(event)) {
      notation.extension(sink, otherwise, 0, CefText.cut(otherwise, 0, otherwise.length, most));
      return;
    }
    notation.extension(sink, prefix, 0, prefix.length);
    int left = Math.max(1, most - prefix.length);
    int end = CefText.cut(event.bytes, event.from, event.to, left);
    notation.extension(sink, event.bytes, event.from, end);
  }

  /** Writes it as one word of a syslog header. */
  void writeToken(ByteSink sink, EventValues event) {
    if (!find(event)) {
      sink.put(otherwise);
      return;
    }
    int most = Math.max(1, limit - prefix.length);
    writeToken(sink, prefix, event.bytes, event.from, event.to, most);
  }

  /**
   * Writes one word of a syslog header: other than printable ASCII becomes {@code ?}. No event can
   * pretend that the line begins in it: a pipe becomes {@code ?} too, and what begins lines is
   * written in lower case, which names the same host.
   *
   * @param prefix written before it as it is
   * @param most bytes behind the prefix; bytes that are no UTF-8 count as those of U+FFFD
   */
  static void writeToken(ByteSink sink, byte[] prefix, byte[] bytes, int from, int to, int most) {
    int start = sink.at();
    sink.put(prefix);
    byte[] out = sink.room(most + Utf8.LONGEST);
    int at = sink.at();
    int end = at + most;
    for (int i = from; i < to && at < end; i++) {
      byte b = bytes[i];
      if (b < 0) {
        int length = Utf8.length(bytes, i, to);
        int shown = length < 0 ? Utf8.REPLACEMENT_LENGTH : length;
        Arrays.fill(out, at, at + shown, (byte) '?');
        at = Math.min(end, at + shown);
        i += Math.abs(length) - 1;
        continue;
      }
      out[at++] = b > ' ' && b < 0x7F && b != '|' ? b : (byte) '?';
      if (b == ':') {
        disarm(out, start, at);
      }
    }
    sink.end(at);
  }

  /** Lower case for {@code CEF:} and {@code LEEF:}, which end here. */
  private static void disarm(byte[] out, int start, int end) {
    for (byte[] mark : LINE_STARTS) {
      int from = end - mark.length;
      if (from >= start && Arrays.equals(out, from, end, mark, 0, mark.length)) {
        out[from] = (byte) Character.toLowerCase(mark[0]);
      }
    }
  }
}
