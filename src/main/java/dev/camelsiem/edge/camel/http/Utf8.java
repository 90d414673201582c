package dev.camelsiem.edge.camel.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Tells whether bytes are UTF-8, without keeping what they say. Not thread-safe. */
final class Utf8 {
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer scratch = CharBuffer.allocate(4096);

  boolean isValid(byte[] bytes, int from, int to) {
    int start = from;
    while (start < to && bytes[start] >= 0) {
      start++;
    }
    return start == to || decodes(ByteBuffer.wrap(bytes, start, to - start));
  }

  private boolean decodes(ByteBuffer input) {
    decoder.reset();
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      scratch.clear();
      result = decoder.decode(input, scratch, true);
    }
    return !result.isError();
  }
}
