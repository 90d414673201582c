package dev.camelsiem.letters;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is there and can't be read on; its name and line are in the message. */
public final class UnreadableException extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableException(Path file, long line, String why) {
    super("%s:%d: %s".formatted(file, line, why));
  }

  UnreadableException(Path file, long line, IOException cause) {
    this(file, line, "cannot be read: " + cause.getMessage());
    initCause(cause);
  }
}
