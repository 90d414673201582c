package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.LineFormat;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.text.Ascii;
import java.nio.charset.StandardCharsets;

/**
 * What is particular to a format: how a line begins, what stands between its pairs, and how texts
 * are written so that they end nothing. Immutable.
 */
final class Notation {
  private static final Notation CEF =
      new Notation(
          "CEF:0|", ' ', CefText.escaping("\\=", true), CefText.escaping("\\|", false), true);

  /** Nothing can be escaped in it: what would end a text becomes a blank. */
  private static final Notation LEEF =
      new Notation("LEEF:2.0|", '\t', CefText.blanking(""), CefText.blanking("|"), false);

  private static final byte[] TAB = Ascii.bytes("x09|");

  private final byte[] start;
  private final char separator;
  private final CefText inExtension;
  private final CefText inHeader;
  private final boolean escapes;

  private Notation(
      String start, char separator, CefText inExtension, CefText inHeader, boolean escapes) {
    this.start = Ascii.bytes(start);
    this.separator = separator;
    this.inExtension = inExtension;
    this.inHeader = inHeader;
    this.escapes = escapes;
  }

  static Notation of(LineFormat format) {
    return format == LineFormat.LEEF ? LEEF : CEF;
  }

  /** What a line begins with, behind the syslog header. */
  void putStart(ByteSink sink) {
    sink.put(start);
  }

  /** Whether the name of the event is a field of the header, and the severity after it. */
  boolean namesInHeader() {
    return this == CEF;
  }

  /** Ends the header: with the severity, or with the character between pairs where it is told. */
  void putHeaderEnd(ByteSink sink, int severity) {
    if (namesInHeader()) {
      sink.putNumber(severity);
      sink.put('|');
    } else {
      sink.put(TAB);
    }
  }

  /** The severity as a value of the extension. */
  int severity(int severity) {
    return namesInHeader() ? severity : Math.max(1, severity);
  }

  /** What stands before a value; the first pair of a line has no separator. */
  byte[] lead(String key) {
    return Ascii.bytes(separator + key + "=");
  }

  /** Writes a value of the extension, already trimmed and cut. */
  void extension(ByteSink sink, byte[] bytes, int from, int to) {
    inExtension.write(sink, bytes, from, to);
  }

  /** Writes a field of the header, already trimmed and cut; line breaks become blanks. */
  void header(ByteSink sink, byte[] bytes, int from, int to) {
    inHeader.write(sink, bytes, from, to);
  }

  /** Text of the extension as it is, but for what must not be in it. */
  byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return written(bytes, 0, bytes.length);
  }

  /** A constant as a value of the extension. */
  byte[] value(String text, int limit) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int from = CefText.trimStart(bytes, 0, bytes.length);
    int to = CefText.trimEnd(bytes, from, bytes.length);
    return written(bytes, from, CefText.cut(bytes, from, to, limit));
  }

  /** What a reader of the line finds in a value. */
  String read(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    return escapes ? CefReader.value(text, 0, text.length()) : text.strip();
  }

  private byte[] written(byte[] bytes, int from, int to) {
    ByteSink sink = new ByteSink();
    sink.begin(new EncodedBatch.Builder(64));
    extension(sink, bytes, from, to);
    return sink.copy();
  }
}
