package dev.camelsiem.edge.cli;

import dev.camelsiem.flow.cef.EventSplitter;
import dev.camelsiem.flow.event.RawEvent;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A file or standard input in batches, so that a pipe is answered as it flows and a large file
 * needs little memory. Not thread-safe.
 */
final class BatchInput implements Closeable {
  private static final int BATCH_BYTES = 256 * 1024;
  private static final int LOOK_AHEAD = 64 * 1024;

  private final InputStream in;
  private final String origin;
  private final RawLines lines;
  private boolean started;

  private BatchInput(InputStream in, String origin) {
    this.in = new BufferedInputStream(in, LOOK_AHEAD);
    this.origin = origin;
    this.lines = new RawLines(this.in, origin);
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

  /**
   * JSON events; an array or an object printed over several lines is read whole. Empty at the end.
   */
  List<RawEvent> nextEvents() throws IOException {
    if (!started) {
      started = true;
      if (opensDocument()) {
        return EventSplitter.split(in.readAllBytes(), origin, System.currentTimeMillis());
      }
    }
    return nextLines();
  }

  /** Lines; blank ones are passed over but counted. Empty at the end. */
  List<RawEvent> nextLines() throws IOException {
    return lines.next(BATCH_BYTES);
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
