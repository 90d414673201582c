package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.supervise.Backoff;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few files that are open. One that can't be opened or read is left alone for a while, longer
 * each time, and said once. Not thread-safe.
 */
final class OpenFiles {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final int maxOpen;
  private final Opener opener;
  private final List<TailedFile> open = new ArrayList<>();

  /** Opens a file for reading. */
  @FunctionalInterface
  interface Opener {
    FileChannel open(Path path) throws IOException;
  }

  OpenFiles(int maxOpen) {
    this(maxOpen, path -> FileChannel.open(path, StandardOpenOption.READ));
  }

  OpenFiles(int maxOpen, Opener opener) {
    this.maxOpen = maxOpen;
    this.opener = opener;
  }

  /** Opens a file with something to read while there is room, so that no rotation takes it away. */
  void hold(TailedFile file) {
    if (file.channel == null
        && file.lag() > 0
        && open.size() < maxOpen
        && !file.isResting(System.nanoTime())) {
      channel(file);
    }
  }

  /**
   * The open file, or null when it can't be opened now: {@link TailedFile#isResting} then, or its
   * name belongs to another file and the next scan looks for it.
   */
  @Nullable FileChannel channel(TailedFile file) {
    file.lastRead = System.nanoTime();
    if (file.channel != null) {
      return file.channel;
    }
    while (open.size() >= maxOpen) {
      close(leastRecentlyRead());
    }
    FileChannel channel = opened(file);
    if (channel != null) {
      file.channel = channel;
      open.add(file);
    }
    return channel;
  }

  private @Nullable FileChannel opened(TailedFile file) {
    try {
      FileChannel channel = opener.open(file.realPath);
      if (file.key.equals(Scanner.keyOf(file.realPath))) {
        return channel;
      }
      channel.close();
      isAway(file);
    } catch (NoSuchFileException e) {
      isAway(file);
    } catch (IOException | RuntimeException e) {
      failed(file, "opened", e);
    }
    return null;
  }

  /** It was renamed since it was seen: the next scan looks for it. */
  private static void isAway(TailedFile file) {
    if (file.absentSince == 0) {
      file.absentSince = MissingFiles.now();
    }
    file.restUntil(System.nanoTime() + PAUSES.first().toNanos());
  }

  /** What a file begins with now, whether it is held open or not; null when it can't be told. */
  @Nullable Head head(TailedFile file) {
    FileChannel held = file.channel;
    try {
      if (held != null) {
        return Head.of(held);
      }
      try (FileChannel opened = opened(file)) {
        return opened == null ? null : Head.of(opened);
      }
    } catch (ClosedByInterruptException e) { // only a stop that has lost its patience interrupts
      close(file);
    } catch (IOException | RuntimeException e) {
      failed(file, "read", e);
    }
    return null;
  }

  /** A file could not be opened or read: it is left alone for a while. */
  void failed(TailedFile file, String verb, Exception e) {
    if (file.failures++ == 0) {
      LOG.warn("{} can't be {}, trying again while it is there: {}", file, verb, e.toString());
      LOG.debug("Not {}", verb, e);
    }
    file.restUntil(System.nanoTime() + PAUSES.delay(file.failures));
  }

  /** A file was read. */
  void succeeded(TailedFile file) {
    if (file.failures > 0) {
      LOG.info("{} can be read again", file);
      file.failures = 0;
    }
  }

  private TailedFile leastRecentlyRead() {
    TailedFile oldest = open.get(0);
    for (TailedFile file : open) {
      boolean better =
          file.goneSince == 0 && (oldest.goneSince != 0 || file.lastRead - oldest.lastRead < 0);
      oldest = better ? file : oldest;
    }
    return oldest;
  }

  void close(TailedFile file) {
    open.remove(file);
    FileChannel channel = file.channel;
    file.channel = null;
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.warn("Closing {} failed: {}", file, e.toString());
    }
  }

  void closeAll() {
    while (!open.isEmpty()) {
      close(open.get(open.size() - 1));
    }
  }

  /** Looks at the sizes of open files; that of a closed one is as new as the last scan. */
  void updateSizes() {
    for (TailedFile file : List.copyOf(open)) {
      FileChannel channel = file.channel;
      try {
        if (channel != null) {
          file.size(channel.size());
        }
      } catch (IOException | RuntimeException e) {
        close(file);
        failed(file, "looked at", e);
      }
    }
  }
}
