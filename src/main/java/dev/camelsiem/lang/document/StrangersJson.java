package dev.camelsiem.lang.document;

import com.fasterxml.jackson.core.JsonFactory;
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
  public static final int REMEMBERED_BYTES = 1 << 20;

  private final JsonFactory empty;
  private final AtomicLong read = new AtomicLong();
  private volatile JsonFactory current;

  public StrangersJson(StreamReadConstraints limits) {
    empty = JsonFactories.plain(limits).build();
    current = empty.copy();
  }

  /** A parser of one text; close it. */
  public JsonParser parser(byte[] bytes, int from, int to) throws IOException {
    if (read.addAndGet(to - from) > REMEMBERED_BYTES) {
      read.set(to - from);
      current = empty.copy();
    }
    return current.createParser(bytes, from, to - from);
  }

  /**
   * A parser that is fed with one text after the other. Its names go with it, so whoever has it
   * takes another one after {@link #REMEMBERED_BYTES}.
   */
  public JsonParser feedable() throws IOException {
    return empty.copy().createNonBlockingByteArrayParser();
  }
}
