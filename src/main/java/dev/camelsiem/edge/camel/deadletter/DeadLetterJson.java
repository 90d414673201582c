package dev.camelsiem.edge.camel.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonpCharacterEscapes;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The line that is written for a dead letter: {@code time}, {@code id}, {@code reason}, {@code
 * detail}, {@code place}, {@code origin}, {@code position}, {@code receivedAt} and {@code raw}, or
 * {@code rawBase64} when the bytes are not valid UTF-8.
 */
final class DeadLetterJson {
  private static final int MAX_DETAIL = 2000;

  /** U+2028 and U+2029 are escaped too: some readers take them for line ends. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .characterEscapes(JsonpCharacterEscapes.instance())
          .rootValueSeparator("")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private DeadLetterJson() {}

  /** Writes one line per letter and flushes; the stream stays open. */
  static void write(List<DeadLetter> letters, Instant now, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      for (DeadLetter letter : letters) {
        writeLetter(json, letter, now);
        json.writeRaw('\n');
      }
    }
  }

  private static void writeLetter(JsonGenerator json, DeadLetter letter, Instant now)
      throws IOException {
    RawEvent event = letter.event();
    json.writeStartObject();
    json.writeStringField("time", now.toString());
    json.writeStringField("id", event.id().toString());
    json.writeStringField("reason", letter.reason().code());
    json.writeStringField("detail", bounded(letter.detail()));
    json.writeStringField("place", letter.stage());
    json.writeStringField("origin", event.origin());
    json.writeNumberField("position", event.position());
    json.writeStringField("receivedAt", Instant.ofEpochMilli(event.receivedAt()).toString());
    String text = textOrNull(event);
    if (text != null) {
      json.writeStringField("raw", text);
    } else {
      json.writeFieldName("rawBase64");
      json.writeBinary(event.array(), event.from(), event.length());
    }
    json.writeEndObject();
  }

  private static String bounded(String detail) {
    return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "...";
  }

  private static @Nullable String textOrNull(RawEvent event) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(event.array(), event.from(), event.length()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
