package dev.camelsiem.letters;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is there and can't be read on. */
public class UnreadableException extends IOException {
  private static final long serialVersionUID = 1;

  private final String text;

  UnreadableException(Path file, long line, String why) {
    this.text = "%s:%d: %s".formatted(file, line, why);
  }

  UnreadableException(Path file, long line, IOException cause) {
    this(file, line, "cannot be read: " + cause.getMessage());
    initCause(cause);
  }

  /** Names the file and the line. */
  @Override
  public String getMessage() {
    return text;
  }
}
