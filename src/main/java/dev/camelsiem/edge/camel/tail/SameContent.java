package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells by content whether a file goes on where another one was. */
final class SameContent {
  private static final Logger LOG = LoggerFactory.getLogger(SameContent.class);

  private SameContent() {}

  /**
   * Whether what stands at a path begins as a known file does and has the same bytes before the
   * place that was reached in it; false when nothing of it is known.
   */
  static boolean goesOn(TailedFile known, Path path) {
    return begins(known, path, true);
  }

  /** Whether what stands at a path begins as a known file does. */
  static boolean begins(TailedFile known, Path path) {
    return begins(known, path, false);
  }

  private static boolean begins(TailedFile known, Path path, boolean toItsPlace) {
    if (known.fingerprint.length() == 0) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return known.fingerprint.extend(channel) != null
          && (!toItsPlace || (channel.size() >= known.offset && known.place.isIn(channel)));
    } catch (IOException e) {
      LOG.debug("Can't compare {}", path, e);
      return false;
    }
  }
}
