package dev.camelsiem.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Parsers of JSON whose names strangers choose: names are shared between texts, which spares most
 * of the work, but forgotten after 1 MiB of text, so that nobody fills the heap with them.
 * Thread-safe.
 */
public final class StrangersJson {
  /** So much text has what is kept come from, and one text more for each thread. */
  private static final int REMEMBERED_BYTES = 1 << 20;

  private final JsonFactory empty;
  private final AtomicLong read = new AtomicLong();
  private volatile JsonFactory current;

  public StrangersJson(StreamReadConstraints limits) {
    empty = JsonFactories.plain(limits).build();
    current = empty.copy();
  }

  /**
   * A parser of one text in UTF-8; close it.
   *
   * @throws JsonParseException when it begins as only texts in UTF-16 or UTF-32 do, for which
   *     Jackson would take it
   */
  public JsonParser parser(byte[] bytes, int from, int to) throws IOException {
    if (!beginsAsUtf8(bytes, from, to)) {
      throw new JsonParseException(null, "a zero byte or the mark of UTF-16 at its beginning");
    }
    if (read.addAndGet(to - from) > REMEMBERED_BYTES) {
      read.set(to - from);
      current = empty.copy();
    }
    return current.createParser(bytes, from, to - from);
  }

  private static boolean beginsAsUtf8(byte[] bytes, int from, int to) {
    for (int i = from; i < Math.min(to, from + 4); i++) {
      if (bytes[i] == 0 || (bytes[i] & 0xFE) == 0xFE) {
        return false;
      }
    }
    return true;
  }
}
