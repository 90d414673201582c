package dev.camelsiem.edge.camel.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.lang.document.JsonFactories;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places that were reached, in a file: a line of JSON for each tailed file and a last line with
 * their number and checksum, so that a torn or damaged file is known as such. Not thread-safe.
 */
final class Checkpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final ObjectMapper JSON = JsonFactories.mapper();

  /**
   * 1 had no number, and of each file neither real path, size, times nor what is before its place.
   */
  private static final int FORMAT = 2;

  private static final int BUFFER = 64 * 1024;

  private final Path file;

  Checkpoint(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /**
   * What was saved; null when nothing ever was. A damaged file is kept as {@code NAME.damaged} and
   * gives no entries: everything is read again, nothing is lost.
   *
   * @throws IOException that names the file, when it cannot be read
   */
  @Nullable List<TailedFile> load() throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    if (Files.isDirectory(file)) {
      throw new IOException(
          "the checkpoint %s is a folder: name a file with the option checkpoint"
              .formatted(file.toAbsolutePath()));
    }
    byte[] bytes = read();
    List<TailedFile> entries = parse(bytes);
    if (entries != null) {
      return entries;
    }
    LOG.warn(
        "The checkpoint {} is damaged ({} bytes, {}): all files are read from their start,"
            + " which delivers events again",
        file,
        bytes.length,
        keep());
    return List.of();
  }

  /** Copies a damaged file; it stays itself until the next save, and is known as damaged. */
  private String keep() {
    Path kept = file.resolveSibling(file.getFileName() + ".damaged");
    try {
      Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
      return "kept as " + kept;
    } catch (IOException e) { // a full disk is no reason not to start
      return "not kept as " + kept + ": " + e;
    }
  }

  private byte[] read() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(
          "the checkpoint %s cannot be read: %s".formatted(file.toAbsolutePath(), e), e);
    }
  }

  /** Replaces the file; when this returns, the places survive a power loss. */
  void save(Collection<TailedFile> files) throws IOException {
    DurableFiles.replace(file, channel -> write(files, Channels.newOutputStream(channel)));
    files.forEach(tailed -> tailed.sourceSaved = true);
  }

  /** A line after the other: with many files all of them would take much memory. */
  static void write(Collection<TailedFile> files, OutputStream to) throws IOException {
    CRC32C crc = new CRC32C();
    OutputStream out = new CheckedOutputStream(new BufferedOutputStream(to, BUFFER), crc);
    for (TailedFile tailed : files) {
      out.write((line(tailed) + '\n').getBytes(StandardCharsets.UTF_8));
    }
    out.write(
        "{\"files\":%d,\"format\":%d,\"crc32c\":%d}\n"
            .formatted(files.size(), FORMAT, crc.getValue())
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String line(TailedFile tailed) {
    ObjectNode node = JSON.createObjectNode();
    node.put("path", tailed.origin);
    node.put("real", tailed.realPath.toString());
    if (!tailed.target.equals(tailed.realPath)) {
      node.put("target", tailed.target.toString());
    }
    node.put("key", tailed.key);
    node.put("offset", tailed.delivered);
    node.put("headBytes", tailed.fingerprint.length());
    node.put("headHash", tailed.fingerprint.hash());
    node.put("placeBytes", tailed.deliveredPlace.length());
    node.put("placeCrc", tailed.deliveredPlace.crc());
    node.put("size", tailed.size);
    node.put("modified", tailed.modified);
    node.put("created", tailed.created);
    node.put("gone", tailed.goneSince != 0);
    node.put("cut", tailed.wasCut);
    node.put("source", Long.toHexString(tailed.source));
    return node.toString();
  }

  private @Nullable List<TailedFile> parse(byte[] bytes) throws IOException {
    int lastLine = lastLineStart(bytes);
    if (lastLine < 0) {
      return null;
    }
    try {
      JsonNode last = JSON.readTree(bytes, lastLine, bytes.length - lastLine);
      if (last.path("crc32c").asLong(-1) != crc(bytes, lastLine)) {
        return null;
      }
      if (last.path("format").asInt(1) > FORMAT) {
        throw new IOException(
            "the checkpoint %s has format %d, this version knows up to %d: run the newer version, or name another file with the option checkpoint"
                .formatted(file.toAbsolutePath(), last.path("format").asInt(), FORMAT));
      }
      List<TailedFile> entries = new ArrayList<>();
      for (int start = 0; start < lastLine; ) {
        int end = LineScanner.indexOfLineFeed(bytes, start, lastLine);
        entries.add(entry(JSON.readTree(bytes, start, end - start)));
        start = end + 1;
      }
      return entries;
    } catch (JsonProcessingException e) {
      LOG.debug("Damaged checkpoint", e);
      return null;
    }
  }

  private static TailedFile entry(JsonNode node) {
    String path = node.path("path").asText();
    String real = node.path("real").asText();
    TailedFile file =
        new TailedFile(
            node.path("key").asText(), pathOf(path), pathOf(real.isEmpty() ? path : real));
    file.origin = path;
    String target = node.path("target").asText();
    file.target = target.isEmpty() ? file.realPath : pathOf(target);
    file.offset = node.path("offset").asLong();
    file.place =
        new Place(file.offset, node.path("placeBytes").asInt(), node.path("placeCrc").asLong());
    file.commit();
    file.size(Math.max(file.offset, node.path("size").asLong()));
    file.knownSize = file.size;
    file.modified = node.path("modified").asLong();
    file.created = node.path("created").asLong();
    file.wasCut = node.path("cut").asBoolean();
    file.headModified = file.modified;
    file.blank = new Blank(null, file.modified, file.size, false);
    file.unwatched = !node.path("gone").asBoolean();
    file.goneSince = file.unwatched ? 0 : MissingFiles.now();
    String head = node.path("headHash").asText();
    file.fingerprint = new Fingerprint(node.path("headBytes").asInt(), head);
    String source = node.path("source").asText();
    file.source =
        source.isEmpty() ? EventId.source(file.key + head) : Long.parseUnsignedLong(source, 16);
    file.sourceSaved = true;
    return file;
  }

  /** A name that this machine's character set does not have finds no file, which has its key. */
  private static Path pathOf(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      LOG.debug("Not a path here: {}", text, e);
      return Path.of("not-a-path-here");
    }
  }

  /** Start of the last line; -1 when the file doesn't end with a line end. */
  private static int lastLineStart(byte[] bytes) {
    if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
      return -1;
    }
    int start = bytes.length - 1;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private static long crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }
}
