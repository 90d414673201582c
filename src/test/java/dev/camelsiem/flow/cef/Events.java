package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the tests of the codec share: events as maps in, one line out. */
final class Events {
  static final CefMapping MAPPING = CefMappings.load(CefMappings.CONTAINER_SECURITY);
  static final String TIME = "2025-02-18T10:07:28Z";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Events() {}

  /** An event with the usual time; fields are given as name, value, name, value ... */
  static Map<String, Object> event(String id, Object... fields) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("time", TIME);
    event.put("id", id);
    for (int i = 0; i < fields.length; i += 2) {
      event.put((String) fields[i], fields[i + 1]);
    }
    return event;
  }

  static CefEncoding encoding(UnaryOperator<CefOptions.Builder> options) {
    return new CefEncoding(
        MAPPING, options.apply(CefOptions.builder().host("host").header("none")).build());
  }

  static CefEncoding encoding() {
    return encoding(options -> options);
  }

  static String json(Object event) {
    try {
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static RawEvent raw(Object event) {
    return RawEvent.of(json(event), "test", 1);
  }

  static EncodedBatch batch(CefEncoding encoding, Object event, List<DeadLetter> rejected) {
    return new BatchEncoder(encoding).encode(List.of(raw(event)), rejected::add);
  }

  static String line(CefEncoding encoding, Object event) {
    List<DeadLetter> rejected = new ArrayList<>();
    EncodedBatch batch = batch(encoding, event, rejected);
    assertThat(rejected).isEmpty();
    assertThat(batch).hasSize(1);
    return batch.get(0);
  }

  /** The extension of the event's line. */
  static String extension(Object event) {
    return afterHeader(line(encoding(), event));
  }

  static String afterHeader(String line) {
    int at = 0;
    for (int pipes = 0; pipes < 7; pipes++) {
      at = line.indexOf('|', at) + 1;
    }
    return line.substring(at);
  }

  static DeadLetter refused(Object event) {
    List<DeadLetter> rejected = new ArrayList<>();
    assertThat(batch(encoding(), event, rejected)).isEmpty();
    assertThat(rejected).hasSize(1);
    return rejected.get(0);
  }
}
