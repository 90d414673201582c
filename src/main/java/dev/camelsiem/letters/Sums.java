package dev.camelsiem.letters;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.camelsiem.durable.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was counted and not kept: a file of JSON lines beside the letters, replaced whole. Few sums
 * are kept by name; what comes later is counted together. Not thread-safe.
 */
public final class Sums {
  private static final int MOST = 500;
  private static final int MOST_SAMPLE = 256;
  private static final String OTHERS = "others";
  private static final String UNREADABLE = "unreadable";

  private static final Logger LOG = LoggerFactory.getLogger(Sums.class);

  private final Path file;
  private final Map<Key, Sum> sums = new LinkedHashMap<>();
  private long bytesOnDisk;

  /** What the file says; null when nobody knows. */
  private @Nullable List<Sum> saved;

  private @Nullable Pending pending;

  /**
   * What is counted together.
   *
   * @param why {@code share} for what was over an origin's share, {@code dropped} for what was kept
   *     once
   */
  public record Key(String why, String reason, String stage, String origin) {}

  /**
   * A sum.
   *
   * @param bytes of the events
   * @param firstTime when the first letter was written
   * @param lastTime when the last letter was written
   * @param countedTime when that was counted, which is later when it was kept before
   * @param sample the beginning of the first
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Sum(
      Key key,
      long count,
      long bytes,
      Instant firstTime,
      Instant lastTime,
      Instant countedTime,
      byte[] sample) {
    private Sum plus(Sum more) {
      return new Sum(
          key,
          count + more.count,
          bytes + more.bytes,
          firstTime,
          more.lastTime,
          more.countedTime,
          sample);
    }
  }

  Sums(Path letters) {
    this.file = LetterSegments.beside(letters, "sums", "sums.ndjson");
  }

  /**
   * A file whose copy without the lines that were just counted is to take its place.
   *
   * @param left bytes of the copy; when it has none the file is deleted
   */
  record Pending(Path file, Path copy, long left) {}

  /** The sums beside a file of letters; empty when there are none. */
  public static List<Sum> read(Path letters) throws IOException {
    Sums sums = new Sums(letters);
    sums.load();
    return List.copyOf(sums.sums.values());
  }

  /**
   * Reads what an earlier process has left, and finishes what it had counted before it ended. Sums
   * that can't be read are put aside.
   */
  void recover() throws IOException {
    try {
      load();
    } catch (NotOpenedException e) {
      throw e; // what is in it may be fine
    } catch (UnreadableException e) {
      sums.clear();
      saved = List.of();
      bytesOnDisk = 0;
      Path aside = new LetterSegments(file).putAside(file);
      LOG.error(
          "Sums of dead letters can't be read and are put aside: {}: {}", aside, e.getMessage());
    }
    Pending known = pending;
    if (known != null
        && known.copy().toFile().length() == known.left()
        && Files.exists(known.copy())) {
      Rewrite.replace(known.file(), known.copy(), known.left());
    }
  }

  /** Reads the file; a line that is none is left out. */
  private void load() throws IOException {
    if (!Files.exists(file)) {
      saved = List.of();
      return;
    }
    bytesOnDisk = Files.size(file);
    boolean unused =
        FileLines.each(
            file,
            (bytes, from, to) -> {
              JsonNode node = LetterJson.object(bytes, from, to);
              try {
                if (node != null) {
                  read(node);
                }
              } catch (IOException | IllegalArgumentException | DateTimeException e) {
                LOG.warn("A line of {} is no sum and is left out: {}", file, e.toString());
              }
              return true;
            });
    saved = snapshot();
  }

  private void read(JsonNode node) throws IOException {
    if (node.hasNonNull("copy")) {
      Path folder = DurableFiles.folderOf(file);
      pending =
          new Pending(
              folder.resolve(node.path("file").asText()),
              folder.resolve(node.path("copy").asText()),
              node.path("left").asLong());
      return;
    }
    Key key =
        new Key(
            node.path("why").asText(),
            node.path("reason").asText(),
            node.path("stage").asText(),
            node.path("origin").asText());
    Instant last = Instant.parse(node.path("lastTime").asText());
    sums.put(
        key,
        new Sum(
            key,
            node.path("count").asLong(),
            node.path("bytes").asLong(),
            Instant.parse(node.path("firstTime").asText()),
            last,
            node.has("countedTime") ? Instant.parse(node.path("countedTime").asText()) : last,
            LetterJson.bytes(node, "sample")));
  }

  /** Counts a letter that is not kept. */
  void add(String why, Letter letter, String origin) {
    Key key = new Key(why, letter.reason(), letter.stage(), origin);
    byte[] raw = letter.event().toBytes();
    long bytes = letter.cut() == null ? raw.length : letter.cut().length();
    add(key, letter.count(), bytes, letter.time(), raw);
  }

  /** Counts the letter on a line, or the line when it is none; tells how many events that is. */
  long add(String why, String origin, byte[] line, int from, int to) {
    Letter letter = LetterJson.read(line, from, to);
    if (letter != null) {
      add(why, letter, origin);
      return letter.count();
    }
    byte[] sample = Arrays.copyOfRange(line, from, Math.min(to, from + MOST_SAMPLE));
    add(new Key(why, UNREADABLE, "", origin), 1, to - from, Instant.now(), sample);
    return 1;
  }

  private void add(Key wanted, long count, long bytes, Instant time, byte[] raw) {
    boolean isMore = !sums.containsKey(wanted) && sums.size() >= MOST;
    Key key = isMore ? new Key(wanted.why(), wanted.reason(), OTHERS, OTHERS) : wanted;
    byte[] sample = Arrays.copyOf(raw, Math.min(raw.length, MOST_SAMPLE));
    sums.merge(key, new Sum(key, count, bytes, time, time, Instant.now(), sample), Sum::plus);
  }

  /** Forgets those that nothing was added to for long, or all. */
  void forget(Instant before) {
    boolean unused = sums.values().removeIf(sum -> sum.countedTime().isBefore(before));
  }

  void forgetOlderThan(Duration age) {
    forget(Instant.now().minus(age));
  }

  /** What is counted now, to be put back when it could not be saved. */
  List<Sum> snapshot() {
    return new ArrayList<>(sums.values());
  }

  void restore(List<Sum> before) {
    sums.clear();
    before.forEach(sum -> sums.put(sum.key(), sum));
  }

  /** Replaces the file, synced, when something has changed. */
  void save() throws IOException {
    if (!snapshot().equals(saved)) {
      write(new ByteArrayOutputStream());
    }
  }

  /**
   * The same, together with the word that a file is to be replaced by its copy: when we are killed
   * before that was done, {@link #recover} does it, so that what is counted is gone.
   */
  void save(Pending replacing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = LetterJson.generator(out)) {
      json.writeStartObject();
      json.writeStringField("file", replacing.file().getFileName().toString());
      json.writeStringField("copy", replacing.copy().getFileName().toString());
      json.writeNumberField("left", replacing.left());
      json.writeEndObject();
      json.writeRaw('\n');
    }
    write(out);
  }

  private void write(ByteArrayOutputStream out) throws IOException {
    for (Sum sum : sums.values()) {
      out.writeBytes(line(sum));
    }
    saved = null; // when this fails the file may be one or the other
    DurableFiles.replace(file, ByteBuffer.wrap(out.toByteArray()));
    saved = snapshot();
    bytesOnDisk = out.size();
  }

  long bytesOnDisk() {
    return bytesOnDisk;
  }

  /** The line of a sum, with its line feed. */
  public static byte[] line(Sum sum) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = LetterJson.generator(out)) {
      json.writeStartObject();
      json.writeBooleanField("sum", true);
      json.writeStringField("why", sum.key().why());
      json.writeStringField("reason", sum.key().reason());
      json.writeStringField("stage", sum.key().stage());
      json.writeStringField("origin", sum.key().origin());
      json.writeNumberField("count", sum.count());
      json.writeNumberField("bytes", sum.bytes());
      json.writeStringField("firstTime", sum.firstTime().toString());
      json.writeStringField("lastTime", sum.lastTime().toString());
      json.writeStringField("countedTime", sum.countedTime().toString());
      LetterJson.raw(json, sum.sample(), 0, sum.sample().length, "sample");
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return out.toByteArray();
  }
}
