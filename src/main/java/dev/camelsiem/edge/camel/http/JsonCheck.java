package dev.camelsiem.edge.camel.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.camelsiem.flow.event.StopReason;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks that bytes are one JSON value within limits, reading it once and keeping nothing. */
final class JsonCheck {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_KEYS = 4096;
  private static final int MAX_STRING = 256 * 1024;
  private static final int MAX_NUMBER = 100;
  private static final int MAX_MESSAGE = 200;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_STRING)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // names come from strangers
          .build();

  private JsonCheck() {}

  /** Why a value can't be taken. */
  record Problem(StopReason reason, String detail) {}

  /** What is wrong with the bytes, or null when they are one value, an object if one is asked. */
  static @Nullable Problem check(byte[] bytes, int from, int to, boolean wantObject) {
    try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new Problem(StopReason.MALFORMED, "empty");
      }
      if (wantObject && first != JsonToken.START_OBJECT) {
        return new Problem(StopReason.MALFORMED, "not a JSON object but " + kind(first));
      }
      if (!withinLimits(parser, first)) {
        return new Problem(
            StopReason.LIMIT_EXCEEDED, "an object has over %d keys".formatted(MAX_KEYS));
      }
      return parser.nextToken() == null
          ? null
          : new Problem(StopReason.MALFORMED, "not one JSON value: more follows it" + at(parser));
    } catch (StreamConstraintsException e) {
      return new Problem(StopReason.LIMIT_EXCEEDED, oneLine(e.getOriginalMessage()));
    } catch (JsonProcessingException e) {
      String place = " at column " + e.getLocation().getColumnNr();
      return new Problem(
          StopReason.MALFORMED, "not JSON: " + oneLine(e.getOriginalMessage()) + place);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  /** Reads to the end of the value; false when an object has too many keys. */
  private static boolean withinLimits(JsonParser parser, JsonToken first) throws IOException {
    int[] keys = new int[8];
    int depth = first.isStructStart() ? 1 : 0;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return true; // the parser has thrown for an open object; a lone value ends here
      }
      if (token == JsonToken.FIELD_NAME) {
        if (++keys[depth] > MAX_KEYS) {
          return false;
        }
      } else if (token == JsonToken.VALUE_STRING) {
        parser.finishToken();
      } else if (token.isStructStart()) {
        depth++;
        keys = depth < keys.length ? keys : Arrays.copyOf(keys, keys.length * 2);
        keys[depth] = 0;
      } else if (token.isStructEnd()) {
        depth--;
      }
    }
    return true;
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }

  private static String at(JsonParser parser) {
    return " at column " + parser.currentTokenLocation().getColumnNr();
  }

  private static String oneLine(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "...";
  }
}
