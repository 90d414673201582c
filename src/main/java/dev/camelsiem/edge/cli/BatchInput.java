package dev.camelsiem.edge.cli;

import dev.camelsiem.flow.cef.EventSplitter;
import dev.camelsiem.flow.event.RawEvent;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A file or standard input in batches, so that a pipe is answered as it flows and a large file
 * needs little memory. Not thread-safe.
 */
final class BatchInput implements Closeable {
  private static final int MOST_EVENTS = 1000;

  /** A longer line is cut here, which its reader then refuses as too large. */
  private static final int LONGEST_LINE = 8 << 20;

  private static final int LOOK_AHEAD = 64 * 1024;

  private final InputStream in;
  private final String origin;
  private long line;
  private boolean started;

  /** Some events in their order; never empty. */
  record Batch(List<RawEvent> events) {}

  private BatchInput(InputStream in, String origin) {
    this.in = new BufferedInputStream(in, LOOK_AHEAD);
    this.origin = origin;
  }

  /** Opens a file, or standard input for null and {@code -}. */
  static BatchInput open(CommandLine command, @Nullable Path file) {
    if (file == null || file.toString().equals("-")) {
      return new BatchInput(System.in, "stdin");
    }
    try {
      return new BatchInput(Files.newInputStream(file), file.toString());
    } catch (IOException e) {
      throw new CommandLine.ParameterException(command, "cannot read " + file + ": " + e, e);
    }
  }

  /** JSON events; an array or an object printed over several lines is read whole. */
  @Nullable Batch nextEvents() throws IOException {
    if (!started) {
      started = true;
      if (opensDocument()) {
        List<RawEvent> events =
            EventSplitter.split(in.readAllBytes(), origin, System.currentTimeMillis());
        return events.isEmpty() ? null : new Batch(events);
      }
    }
    return nextLines();
  }

  /** Lines; blank ones are passed over but counted. */
  @Nullable Batch nextLines() throws IOException {
    List<RawEvent> events = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (events.size() < MOST_EVENTS) {
      boolean more = readLine(bytes);
      if (!more && bytes.size() == 0) {
        break;
      }
      line++;
      add(events, bytes.toByteArray());
      bytes.reset();
      if (!events.isEmpty() && in.available() == 0) {
        break; // answer what is there before waiting for more
      }
    }
    return events.isEmpty() ? null : new Batch(events);
  }

  private void add(List<RawEvent> events, byte[] bytes) {
    int to = bytes.length;
    while (to > 0 && (bytes[to - 1] == '\r' || bytes[to - 1] == ' ')) {
      to--;
    }
    if (to > 0) {
      events.add(new RawEvent(bytes, 0, to, origin, line, System.currentTimeMillis()));
    }
  }

  /** Reads up to LF or the end; false at the end. */
  private boolean readLine(ByteArrayOutputStream bytes) throws IOException {
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return true;
      }
      if (bytes.size() < LONGEST_LINE) {
        bytes.write(b);
      }
    }
    return false;
  }

  /** True when the text begins with an array, or with a brace alone on its line. */
  private boolean opensDocument() throws IOException {
    in.mark(LOOK_AHEAD);
    boolean brace = false;
    boolean opens = false;
    for (int i = 0; i < LOOK_AHEAD - 1; i++) {
      int b = in.read();
      boolean bom = i < 3 && b >= 0x80;
      boolean blank = b == ' ' || b == '\t' || b == '\r' || (b == '\n' && !brace);
      if (bom || blank) {
        continue;
      }
      if (b == '{' && !brace) {
        brace = true;
        continue;
      }
      opens = (b == '[' && !brace) || (b == '\n' && brace);
      break;
    }
    in.reset();
    return opens;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
