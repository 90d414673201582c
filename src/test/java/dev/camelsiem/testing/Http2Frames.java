package dev.camelsiem.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** HTTP/2 as bytes, for clients that behave badly. Begins with the preface and no settings. */
public final class Http2Frames {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  public static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int CANCEL = 8;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public Http2Frames() {
    out.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** The head of a POST. */
  public Http2Frames post(int stream, String path, String host, boolean end) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(0x83); // :method POST, by the static table
    head.write(0x86); // :scheme http
    literal(head, ":path", path);
    literal(head, ":authority", host);
    frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, head.toByteArray());
    return this;
  }

  /** A head that may be trailers, but there is nothing before it. */
  public Http2Frames withoutMethod(int stream) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    literal(head, "x", "y");
    frame(HEADERS, END_HEADERS | END_STREAM, stream, head.toByteArray());
    return this;
  }

  public Http2Frames data(int stream, byte[] bytes, boolean end) {
    frame(DATA, end ? END_STREAM : 0, stream, bytes);
    return this;
  }

  public Http2Frames reset(int stream) {
    frame(RESET, 0, stream, new byte[] {0, 0, 0, CANCEL});
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  private static void literal(ByteArrayOutputStream head, String name, String value) {
    head.write(0); // without indexing, new name
    text(head, name);
    text(head, value);
  }

  private static void text(ByteArrayOutputStream head, String text) {
    head.write(text.length());
    head.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void frame(int type, int flags, int stream, byte[] payload) {
    out.write(payload.length >> 16);
    out.write(payload.length >> 8);
    out.write(payload.length);
    out.write(type);
    out.write(flags);
    out.write(stream >> 24);
    out.write(stream >> 16);
    out.write(stream >> 8);
    out.write(stream);
    out.writeBytes(payload);
  }
}
