package dev.camelsiem.edge.camel.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.json.JsonFactories;
import dev.camelsiem.text.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a checkpoint group by group, up to the first that is not whole: what it says then is what
 * was true when the last whole one was written. Not thread-safe.
 */
final class PlaceReader {
  private static final Logger LOG = LoggerFactory.getLogger(PlaceReader.class);
  private static final ObjectMapper JSON = JsonFactories.mapper();

  /**
   * 1 had no number, and of each file neither real path, size, times nor what is before its place;
   * 2 was one group.
   */
  static final int FORMAT = 3;

  private static final int FIRST_WITH_GROUPS = 3;
  private static final byte[] END = PlaceWriter.END.getBytes(StandardCharsets.UTF_8);

  private final Path file;
  private final byte[] bytes;
  private final CRC32C crc = new CRC32C();
  private final Map<String, TailedFile> files = new LinkedHashMap<>();

  /** That of the first group. */
  private int format;

  /** Bytes up to the end of the last whole group. */
  private int whole;

  private boolean damaged;

  /**
   * @param file where they come from, for messages
   */
  PlaceReader(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Reads all there is.
   *
   * @throws IOException that names the file, when a later version wrote it
   */
  void read() throws IOException {
    int start = 0;
    int end;
    while (!damaged && (end = Lines.end(bytes, start, bytes.length)) < bytes.length) {
      if (startsWithEnd(start, end)) {
        damaged = !group(start, end);
      }
      start = end + 1;
    }
  }

  /** The files as they were at the end of the last whole group. */
  List<TailedFile> files() {
    return new ArrayList<>(files.values());
  }

  /** False when not even the first group is whole, or when there is more where only one may be. */
  boolean isUsable() {
    return whole > 0 && (format >= FIRST_WITH_GROUPS || rest() == 0);
  }

  /** Bytes behind the last whole group. */
  int rest() {
    return bytes.length - whole;
  }

  /** True when a group behind it has an end and yet not what was written. */
  boolean isDamaged() {
    return damaged;
  }

  /**
   * Takes over a group that is whole.
   *
   * @param from start of its end line
   * @param to end of it
   */
  private boolean group(int from, int to) throws IOException {
    crc.update(bytes, whole, from - whole);
    try {
      JsonNode end = JSON.readTree(bytes, from, to - from);
      if (end.path("crc32c").asLong(-1) != crc.getValue()) {
        return false;
      }
      int written = end.path("format").asInt(1);
      if (written > FORMAT) {
        throw new IOException(
            "the checkpoint %s has format %d, this version knows up to %d: run the newer version, or name another file with the option checkpoint"
                .formatted(file.toAbsolutePath(), written, FORMAT));
      }
      Map<String, @Nullable TailedFile> group = new LinkedHashMap<>();
      if (end.path("files").asInt(-1) != lines(from, group)
          || (whole > 0 && written < FIRST_WITH_GROUPS)) {
        return false; // there is no checksum of the end line itself before there is another group
      }
      group.forEach(this::apply);
      format = whole > 0 ? format : written;
    } catch (JsonProcessingException e) {
      LOG.debug("Damaged checkpoint", e);
      return false;
    }
    crc.update(bytes, from, to + 1 - from);
    whole = to + 1;
    return true;
  }

  /**
   * Reads the lines of a group; returns how many there are.
   *
   * @param into by key, each file; null for one that was removed
   */
  private int lines(int groupEnd, Map<String, @Nullable TailedFile> into) throws IOException {
    int count = 0;
    for (int start = whole; start < groupEnd; count++) {
      int end = Lines.end(bytes, start, groupEnd);
      JsonNode line = JSON.readTree(bytes, start, end - start);
      into.put(SavedPlace.key(line), SavedPlace.isRemoval(line) ? null : SavedPlace.file(line));
      start = end + 1;
    }
    return count;
  }

  private void apply(String key, @Nullable TailedFile said) {
    if (said == null) {
      files.remove(key);
    } else {
      files.put(key, said);
    }
  }

  private boolean startsWithEnd(int start, int end) {
    return end - start >= END.length
        && Arrays.equals(bytes, start, start + END.length, END, 0, END.length);
  }
}
