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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was counted and not kept: a file of JSON lines beside the letters, replaced whole. Few sums
 * are kept by name; what comes later is counted together. Not thread-safe.
 */
public final class Sums {
  private static final int MOST = 500;
  private static final int MOST_SAMPLE = 256;
  private static final String OTHERS = "others";

  private final Path file;
  private final Map<Key, Sum> sums = new LinkedHashMap<>();
  private boolean changed;
  private long bytesOnDisk;

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
   * @param sample the beginning of the first
   */
  public record Sum(
      Key key, long count, long bytes, Instant firstTime, Instant lastTime, byte[] sample) {
    private Sum plus(Sum more) {
      return new Sum(key, count + more.count, bytes + more.bytes, firstTime, more.lastTime, sample);
    }
  }

  Sums(Path letters) {
    this.file = Segments.beside(letters, "sums.ndjson");
  }

  /** The sums beside a file of letters; empty when there are none. */
  public static List<Sum> read(Path letters) throws IOException {
    Sums sums = new Sums(letters);
    sums.load();
    return List.copyOf(sums.sums.values());
  }

  /** Reads what an earlier process has left; a line that is none is left out. */
  void load() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    bytesOnDisk = Files.size(file);
    boolean unused =
        Lines.each(
            file,
            (bytes, from, to) -> {
              JsonNode node = LetterJson.object(bytes, from, to);
              if (node != null) {
                read(node);
              }
              return true;
            });
    changed = false;
  }

  private void read(JsonNode node) throws IOException {
    try {
      Key key =
          new Key(
              node.path("why").asText(),
              node.path("reason").asText(),
              node.path("stage").asText(),
              node.path("origin").asText());
      sums.put(
          key,
          new Sum(
              key,
              node.path("count").asLong(),
              node.path("bytes").asLong(),
              Instant.parse(node.path("firstTime").asText()),
              Instant.parse(node.path("lastTime").asText()),
              LetterJson.bytes(node, "sample")));
    } catch (DateTimeException e) {
      changed = true; // somebody else's line
    }
  }

  /** Counts a letter that is not kept. */
  void add(String why, Letter letter, String origin) {
    Key key = new Key(why, letter.reason(), letter.stage(), origin);
    if (!sums.containsKey(key) && sums.size() >= MOST) {
      key = new Key(why, letter.reason(), OTHERS, OTHERS);
    }
    byte[] raw = letter.event().toBytes();
    byte[] sample = raw.length <= MOST_SAMPLE ? raw : java.util.Arrays.copyOf(raw, MOST_SAMPLE);
    long bytes = letter.cut() == null ? raw.length : letter.cut().length();
    Sum more = new Sum(key, letter.count(), bytes, letter.time(), letter.time(), sample);
    sums.merge(key, more, Sum::plus);
    changed = true;
  }

  /** Forgets those that nothing was added to for long, or all. */
  void forget(Instant before) {
    changed |= sums.values().removeIf(sum -> sum.lastTime().isBefore(before));
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
    changed = true; // the file may be one or the other
  }

  /** Replaces the file, synced, when something has changed. */
  void save() throws IOException {
    if (!changed) {
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Sum sum : sums.values()) {
      out.writeBytes(line(sum));
    }
    bytesOnDisk = out.size();
    DurableFiles.replace(file, ByteBuffer.wrap(out.toByteArray()));
    changed = false;
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
      LetterJson.raw(json, sum.sample(), 0, sum.sample().length, "sample");
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return out.toByteArray();
  }
}
