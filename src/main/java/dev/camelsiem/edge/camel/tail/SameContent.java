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
    if (known.fingerprint.length() == 0) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return goesOn(known, channel);
    } catch (IOException e) {
      LOG.debug("Can't compare {}", path, e);
      return false;
    }
  }

  /** Whether what stands at a path is something else; false also when that can't be told. */
  static boolean isOther(TailedFile known, Path path) {
    if (known.fingerprint.length() == 0) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return !goesOn(known, channel);
    } catch (IOException e) {
      LOG.debug("Can't compare {}", path, e);
      return false;
    }
  }

  private static boolean goesOn(TailedFile known, FileChannel channel) throws IOException {
    return known.fingerprint.extend(channel) != null
        && channel.size() >= known.offset
        && known.place.isIn(channel);
  }

  /**
   * Whether what stands at a path is a copy of what a file holds now, or the beginning of one;
   * false when nothing is known of the file, or it is not what is known.
   */
  static boolean isCopy(TailedFile file, Path path) {
    FileChannel held = file.channel;
    try (FileChannel copy = FileChannel.open(path, StandardOpenOption.READ)) {
      if (held != null) {
        return isCopy(file.fingerprint, held, copy);
      }
      try (FileChannel opened = FileChannel.open(file.realPath, StandardOpenOption.READ)) {
        return isCopy(file.fingerprint, opened, copy);
      }
    } catch (IOException e) {
      LOG.debug("Can't compare {} with {}", path, file, e);
      return false;
    }
  }

  private static boolean isCopy(Fingerprint head, FileChannel file, FileChannel copy)
      throws IOException {
    long common = Math.min(file.size(), copy.size());
    return common > 0
        && head.length() > 0
        && head.extend(file) != null
        && (common < head.length() || head.extend(copy) != null)
        && Place.in(file, common).isIn(copy);
  }
}
