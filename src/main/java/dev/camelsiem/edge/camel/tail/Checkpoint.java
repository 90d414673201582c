package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.durable.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places that were reached, in a file: a line of JSON for each tailed file and a line that ends
 * them. What has changed since is appended as such a group of its own, until that is as much as the
 * first, which is then written anew. Each end line has a checksum of all that is before it, so that
 * a torn or damaged group is known as such. Not thread-safe.
 */
final class Checkpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

  /** So many bytes may be appended, however little is said first. */
  private static final int LEAST_ROOM = 64 * 1024;

  /** A larger group is not collected in memory: the file is written anew instead. */
  private static final int MOST_GROUP = 4 << 20;

  private static final int BUFFER = 64 * 1024;

  private final Path file;

  private final SaidPlaces said = new SaidPlaces();

  /** Of all that was written to the file. */
  private CRC32C crc = new CRC32C();

  private @Nullable Object identity;

  private @Nullable FileTime modified;

  /** Bytes of the first group. */
  private long first;

  /** How long the file is; -1 when it must be written anew. */
  private long length = -1;

  /** Whether it ends with something that a power loss may take. */
  private boolean unsynced;

  private boolean appendingFails;

  Checkpoint(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /**
   * What was saved; null when nothing ever was. A damaged file is kept as {@code NAME.damaged} and
   * gives no entries: everything is read again, nothing is lost. Where only something appended is
   * damaged, the places before that count.
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
    PlaceReader reader = new PlaceReader(file, bytes);
    reader.read();
    if (reader.isUsable()) {
      tellRest(reader);
      return reader.files();
    }
    LOG.warn(
        "The checkpoint {} is damaged ({} bytes, {}): all files are read from their start,"
            + " which delivers events again",
        file,
        bytes.length,
        keep());
    return List.of();
  }

  private void tellRest(PlaceReader reader) {
    if (reader.isDamaged()) {
      LOG.warn(
          "The checkpoint {} is damaged (its last {} bytes, {}): files are read from the places"
              + " before that, which delivers events again",
          file,
          reader.rest(),
          keep());
    } else if (reader.rest() > 0) {
      LOG.info(
          "The checkpoint {} ends with {} bytes of a save that a crash cut off: the one before"
              + " counts",
          file,
          reader.rest());
    }
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

  /**
   * Writes what has changed; when this returns, the places survive a power loss. The first time,
   * and whenever the file is not as it was left, all is written.
   *
   * @throws IOException that names the file
   */
  void save(Collection<TailedFile> files) throws IOException {
    try {
      if (!isAsItWasLeft() || !append(files, true)) {
        replace(files);
      }
    } catch (IOException e) {
      throw new IOException("Can't save the checkpoint %s: %s".formatted(file, e), e);
    }
    files.forEach(tailed -> tailed.sourceSaved = true);
  }

  /**
   * Writes what has changed of some files. A process that is killed has it then, but a power loss
   * may take it before the next {@link #save}.
   *
   * @return false when that could not be appended, and only a save helps
   */
  boolean note(Collection<TailedFile> files) throws IOException {
    return files.stream().allMatch(said::knows) && isAsItWasLeft() && append(files, false);
  }

  private boolean isAsItWasLeft() {
    if (length < 0) {
      return false;
    }
    try {
      BasicFileAttributes found = attributes();
      if (found.isRegularFile()
          && found.size() == length
          && found.lastModifiedTime().equals(modified)
          && Objects.equals(found.fileKey(), identity)) {
        return true;
      }
      LOG.warn("The checkpoint {} was changed by somebody else, it is written anew", file);
    } catch (IOException e) {
      LOG.warn(
          "The checkpoint {} is not there any more, it is written anew: {}", file, e.toString());
    }
    return false;
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Says what is new behind what was said; returns false when all must be written anew.
   *
   * @param all whether these are all files there are, which is to survive a power loss
   */
  private boolean append(Collection<TailedFile> files, boolean all) throws IOException {
    long before = length;
    length = -1; // until this has worked, checksum and what was said are those of no file
    byte[] group = group(files, all, Math.max(LEAST_ROOM, first) - (before - first));
    if (group == null) {
      return false;
    }
    if (group.length > 0 || (all && unsynced)) {
      try {
        DurableFiles.append(file, ByteBuffer.wrap(group), all);
      } catch (IOException e) {
        if (!appendingFails) {
          LOG.warn("Can't append to the checkpoint {}, it is written anew: {}", file, e.toString());
        }
        appendingFails = true;
        return false;
      }
      modified = attributes().lastModifiedTime();
      unsynced = !all;
      appendingFails = false;
    }
    length = before + group.length;
    return true;
  }

  /** What is new: nothing when nothing is; null when that is more than there is room for. */
  private byte @Nullable [] group(Collection<TailedFile> files, boolean all, long room)
      throws IOException {
    ByteArrayOutputStream group = new ByteArrayOutputStream();
    PlaceWriter writer = new PlaceWriter(group, crc);
    said.begin();
    for (TailedFile tailed : files) {
      if (said.isNews(tailed)) {
        writer.line(SavedPlace.line(tailed));
      }
      if (group.size() > Math.min(room, MOST_GROUP)) {
        return null;
      }
    }
    if (all) {
      for (String key : said.removed()) {
        writer.line(SavedPlace.removal(key));
      }
    }
    if (group.size() > 0) {
      writer.end();
    }
    return group.size() > room ? null : group.toByteArray();
  }

  private void replace(Collection<TailedFile> files) throws IOException {
    length = -1;
    crc = new CRC32C();
    DurableFiles.replace(
        file,
        channel ->
            new PlaceWriter(
                    new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), crc)
                .all(files));
    said.all(files);
    unsynced = false;
    BasicFileAttributes written = attributes();
    identity = written.fileKey();
    modified = written.lastModifiedTime();
    first = written.size();
    length = first;
  }
}
