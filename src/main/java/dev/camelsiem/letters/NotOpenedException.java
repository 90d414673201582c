package dev.camelsiem.letters;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is there and could not be opened: of somebody else, or no descriptor was left. What
 * is in it may be fine.
 */
final class NotOpenedException extends UnreadableException {
  private static final long serialVersionUID = 1;

  NotOpenedException(Path file, IOException cause) {
    super(file, 1, cause);
  }
}
