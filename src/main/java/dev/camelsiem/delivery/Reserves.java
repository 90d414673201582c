package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.LogSettings;
import dev.camelsiem.durable.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reserves of a router, by lane; made when they are needed first. Thread-safe. */
final class Reserves implements Closeable {
  private final Path folder;
  private final LogSettings settings;
  private final Map<String, Reserve> open = new LinkedHashMap<>();

  Reserves(Path dataDir, LogSettings settings) {
    this.folder = dataDir.resolve("kept");
    this.settings = settings;
  }

  /** The reserve that an earlier process left, or null. */
  synchronized @Nullable Reserve existing(String lane) throws IOException {
    return open.containsKey(lane) || Files.isDirectory(path(lane)) ? of(lane) : null;
  }

  /** The reserve of a lane. */
  synchronized Reserve of(String lane) throws IOException {
    Reserve reserve = open.get(lane);
    if (reserve == null) {
      reserve = Reserve.open(path(lane), settings);
      open.put(lane, reserve);
    }
    return reserve;
  }

  private Path path(String lane) {
    return folder.resolve(DurableFiles.safeName(lane));
  }

  @Override
  public synchronized void close() throws IOException {
    IOException failure = null;
    for (Reserve reserve : open.values()) {
      try {
        reserve.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    open.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
