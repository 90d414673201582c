package dev.camelsiem.letters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonpCharacterEscapes;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.flow.event.DeadLetter.Cut;
import dev.camelsiem.flow.event.DeadLetter.Part;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.json.JsonFactories;
import dev.camelsiem.letters.Letter.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The line of JSON that a letter is in the file; docs/dead-letters.md names its members. Reads also
 * what the version before numbers and integrations has written.
 */
public final class LetterJson {
  private static final int MAX_DETAIL = 2000;
  private static final int MAX_LINE = 64 << 20;

  /** U+2028 and U+2029 are escaped too: some readers take them for line ends. */
  private static final JsonFactory JSON =
      JsonFactories.builder(
              StreamReadConstraints.builder().maxStringLength(MAX_LINE).maxNestingDepth(8))
          .characterEscapes(JsonpCharacterEscapes.instance())
          .rootValueSeparator("")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

  private LetterJson() {}

  /** The line of a letter, with its line feed. */
  public static byte[] line(Letter letter) {
    RawEvent event = letter.event();
    ByteArrayOutputStream out = new ByteArrayOutputStream(512 + event.length());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("n", letter.number());
      json.writeStringField("time", letter.time().toString());
      json.writeStringField("firstTime", letter.firstTime().toString());
      json.writeNumberField("attempts", letter.attempts());
      json.writeStringField("id", event.id().toString());
      json.writeNumberField("count", letter.count());
      json.writeStringField("reason", letter.reason());
      json.writeStringField("detail", bounded(letter.detail()));
      json.writeStringField("stage", letter.stage());
      optional(json, "rule", letter.rule());
      optional(json, "ruleSet", letter.ruleSet());
      if (!letter.integrations().isEmpty()) {
        json.writeArrayFieldStart("integrations");
        for (String each : letter.integrations()) {
          json.writeString(each);
        }
        json.writeEndArray();
      }
      optional(json, "route", letter.route());
      json.writeStringField("origin", event.origin());
      json.writeNumberField("position", event.position());
      json.writeStringField("receivedAt", Instant.ofEpochMilli(event.receivedAt()).toString());
      cut(json, letter.cut());
      raw(json, event.array(), event.from(), event.to(), "raw");
      parts(json, letter.parts());
      if (letter.shape() != null) {
        json.writeStringField("shape", letter.shape().name().toLowerCase(Locale.ROOT));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written", e);
    }
    return out.toByteArray();
  }

  private static void cut(JsonGenerator json, @Nullable Cut cut) throws IOException {
    if (cut != null) {
      json.writeBooleanField("truncated", true);
      json.writeNumberField("rawLength", cut.length());
      optional(json, "rawSha256", cut.sha256());
    }
  }

  private static void parts(JsonGenerator json, List<Part> parts) throws IOException {
    if (parts.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("parts");
    for (Part part : parts) {
      json.writeStartArray();
      json.writeNumber(part.offset());
      json.writeNumber(part.element());
      json.writeNumber(part.length());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Bytes as text, or in Base64 under another name where they are none. */
  static void raw(JsonGenerator json, byte[] bytes, int from, int to, String name)
      throws IOException {
    String text = textOrNull(bytes, from, to);
    if (text != null) {
      json.writeStringField(name, text);
    } else {
      json.writeFieldName(name + "Base64");
      json.writeBinary(bytes, from, to - from);
    }
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  static String bounded(String detail) {
    return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "...";
  }

  private static @Nullable String textOrNull(byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** A generator of lines as {@link #line} writes them; the stream stays open. */
  static JsonGenerator generator(ByteArrayOutputStream out) throws IOException {
    return JSON.createGenerator(out);
  }

  /** Whether bytes are JSON from the first to the last. */
  static boolean isJson(byte[] bytes) {
    try (JsonParser parser = JSON.createParser(bytes)) {
      while (parser.nextToken() != null) {
        parser.skipChildren();
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Any object on a line, or null when it is none. */
  static @Nullable JsonNode object(byte[] bytes, int from, int to) {
    try {
      JsonNode node = MAPPER.readTree(bytes, from, to - from);
      return node != null && node.isObject() ? node : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** The letter on a line, or null when it is none: somebody's own line, or a damaged one. */
  public static @Nullable Letter read(byte[] bytes, int from, int to) {
    JsonNode node = object(bytes, from, to);
    if (node == null || !node.hasNonNull("reason") || !node.hasNonNull("id")) {
      return null;
    }
    try {
      return letter(node);
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      return null;
    }
  }

  private static Letter letter(JsonNode node) throws IOException {
    byte[] raw = bytes(node, "raw");
    EventId id = EventId.parse(node.path("id").asText());
    Instant time = Instant.parse(node.path("time").asText());
    RawEvent event =
        new RawEvent(
            raw,
            0,
            raw.length,
            node.path("origin").asText(),
            id.offset(),
            Instant.parse(node.path("receivedAt").asText()).toEpochMilli(),
            id.source(),
            id.element());
    return new Letter(
        node.path("n").asLong(),
        time,
        node.hasNonNull("firstTime") ? Instant.parse(node.path("firstTime").asText()) : time,
        node.path("attempts").asInt(1),
        event,
        Math.max(1, node.path("count").asInt(1)),
        readParts(node.path("parts")),
        node.hasNonNull("shape")
            ? Shape.valueOf(node.path("shape").asText().toUpperCase(Locale.ROOT))
            : null,
        node.path("reason").asText(),
        node.path("detail").asText(),
        node.path(node.has("stage") ? "stage" : "place").asText(), // place: of the first version
        textOf(node, "rule"),
        textOf(node, "ruleSet"),
        strings(node.path("integrations")),
        textOf(node, "route"),
        node.path("truncated").asBoolean()
            ? new Cut(node.path("rawLength").asLong(), textOf(node, "rawSha256"))
            : null);
  }

  static byte[] bytes(JsonNode node, String name) throws IOException {
    return node.hasNonNull(name + "Base64")
        ? node.path(name + "Base64").binaryValue()
        : node.path(name).asText().getBytes(StandardCharsets.UTF_8);
  }

  static @Nullable String textOf(JsonNode node, String name) {
    return node.hasNonNull(name) ? node.path(name).asText() : null;
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(each -> strings.add(each.asText()));
    return strings;
  }

  private static List<Part> readParts(JsonNode array) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : array) {
      parts.add(new Part(part.path(0).asLong(), part.path(1).asInt(), part.path(2).asInt()));
    }
    return parts;
  }
}
