package dev.camelsiem.edge.camel.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.json.JsonFactories;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a checkpoint says of a file: a line of JSON, and a stamp that tells whether it changed. */
final class SavedPlace {
  private static final Logger LOG = LoggerFactory.getLogger(SavedPlace.class);
  private static final ObjectMapper JSON = JsonFactories.mapper();

  private SavedPlace() {}

  /** Takes each field of a line. */
  private interface Fields {
    void put(String name, String value);

    void put(String name, long value);

    void put(String name, boolean value);
  }

  private static void fields(TailedFile file, Fields to) {
    to.put("path", file.origin);
    to.put("real", file.realPath.toString());
    if (!file.target.equals(file.realPath)) {
      to.put("target", file.target.toString());
    }
    to.put("key", file.key);
    to.put("offset", file.delivered);
    to.put("headBytes", file.fingerprint.length());
    to.put("headHash", file.fingerprint.hash());
    to.put("placeBytes", file.deliveredPlace.length());
    to.put("placeCrc", file.deliveredPlace.crc());
    to.put("size", file.size);
    to.put("modified", file.modified);
    to.put("created", file.created);
    to.put("gone", file.goneSince != 0);
    to.put("cut", file.wasCut);
    to.put("source", Long.toHexString(file.source));
  }

  /** The line, without its end. */
  static String line(TailedFile file) {
    Line line = new Line(JSON.createObjectNode());
    fields(file, line);
    return line.node.toString();
  }

  /** The line that says that there is nothing to be known of a key any more. */
  static String removal(String key) {
    return JSON.createObjectNode().put("key", key).put("removed", true).toString();
  }

  static boolean isRemoval(JsonNode line) {
    return line.path("removed").asBoolean();
  }

  static String key(JsonNode line) {
    return line.path("key").asText();
  }

  /** Another one when the line is another one, but for texts that share a hash; made without it. */
  static long stamp(TailedFile file) {
    Stamp stamp = new Stamp();
    fields(file, stamp);
    return stamp.value;
  }

  private record Line(ObjectNode node) implements Fields {
    @Override
    public void put(String name, String value) {
      node.put(name, value);
    }

    @Override
    public void put(String name, long value) {
      node.put(name, value);
    }

    @Override
    public void put(String name, boolean value) {
      node.put(name, value);
    }
  }

  /** 64 bits of all names and values. */
  private static final class Stamp implements Fields {
    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final int SHIFT = 29;

    private long value;

    @Override
    public void put(String name, String text) {
      put(name, text.length());
      mix(text.hashCode()); // which a text and a path keep once they know it
    }

    @Override
    public void put(String name, long number) {
      mix(name.hashCode());
      mix(number);
    }

    @Override
    public void put(String name, boolean yes) {
      put(name, yes ? 1 : 0);
    }

    private void mix(long number) {
      value = (value ^ number) * PRIME;
      value ^= value >>> SHIFT;
    }
  }

  /** A file as a line has it. */
  static TailedFile file(JsonNode line) {
    String path = line.path("path").asText();
    String real = line.path("real").asText();
    TailedFile file = new TailedFile(key(line), pathOf(path), pathOf(real.isEmpty() ? path : real));
    file.origin = path;
    String target = line.path("target").asText();
    file.target = target.isEmpty() ? file.realPath : pathOf(target);
    file.offset = line.path("offset").asLong();
    file.place =
        new Place(file.offset, line.path("placeBytes").asInt(), line.path("placeCrc").asLong());
    file.commit();
    file.size(Math.max(file.offset, line.path("size").asLong()));
    file.knownSize = file.size;
    file.modified = line.path("modified").asLong();
    file.created = line.path("created").asLong();
    file.wasCut = line.path("cut").asBoolean();
    file.headModified = file.modified;
    file.blank = new Blank(null, file.modified, file.size, false);
    file.unwatched = !line.path("gone").asBoolean();
    file.goneSince = file.unwatched ? 0 : MissingFiles.now();
    String head = line.path("headHash").asText();
    file.fingerprint = new Fingerprint(line.path("headBytes").asInt(), head);
    file.source = source(line.path("source").asText(), file.key + head);
    file.sourceSaved = true;
    return file;
  }

  /** The first format of all had none in some versions. */
  private static long source(String hex, String otherwise) {
    try {
      return hex.isEmpty() ? EventId.source(otherwise) : Long.parseUnsignedLong(hex, 16);
    } catch (NumberFormatException e) {
      LOG.warn("Not a source of events: {}", hex, e);
      return EventId.source(otherwise);
    }
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
}
