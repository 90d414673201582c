package dev.camelsiem.edge.camel.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.camelsiem.json.JsonFactories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request: {@code received}, {@code accepted} and the {@code rejected} events, each
 * with {@code line}, {@code reason} and {@code detail}; {@code error} when it was refused or could
 * not be finished. {@code received} is always what was accepted and what was rejected together.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shown
record HttpAnswer(
    int status, Map<String, String> headers, byte[] body, Counts counts, @Nullable String error) {
  /** More bad events are counted, not listed. */
  static final int MAX_LISTED = 1000;

  private static final JsonFactory JSON = JsonFactories.builder().build();

  /** One bad event of the list. */
  record Listed(long line, String reason, String detail) {}

  /**
   * What became of the events.
   *
   * @param notTaken those that nothing was decided about
   */
  record Counts(long accepted, long rejected, long notTaken) {}

  /** Of a request that was refused as a whole. */
  static HttpAnswer refusal(HttpRefusal refusal) {
    return of(refusal.status, refusal.headers, new Counts(0, 0, 0), List.of(), refusal.sentence());
  }

  /** Of a request whose events were all decided about. */
  static HttpAnswer report(Counts counts, List<Listed> listed) {
    int status = counts.accepted() > 0 ? 202 : 400;
    return of(status, Map.of(), counts, listed, null);
  }

  /** Of a request of which some events were taken, and then no more. */
  static HttpAnswer partial(Counts counts, List<Listed> listed, HttpRefusal reason) {
    return of(reason.status, reason.headers, counts, listed, reason.sentence());
  }

  /** The same with all bad events counted and none listed, where memory is short. */
  HttpAnswer withoutList() {
    return of(status, headers, counts, List.of(), error);
  }

  private static HttpAnswer of(
      int status,
      Map<String, String> headers,
      Counts counts,
      List<Listed> listed,
      @Nullable String error) {
    return new HttpAnswer(status, headers, body(counts, listed, error), counts, error);
  }

  private static byte[] body(Counts counts, List<Listed> listed, @Nullable String error) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      if (error != null) {
        json.writeStringField("error", error);
      }
      json.writeNumberField("received", counts.accepted() + counts.rejected());
      json.writeNumberField("accepted", counts.accepted());
      json.writeArrayFieldStart("rejected");
      List<Listed> shown = listed.subList(0, Math.min(listed.size(), MAX_LISTED));
      for (Listed each : shown) {
        write(json, each);
      }
      json.writeEndArray();
      if (counts.rejected() > shown.size()) {
        json.writeNumberField("rejectedNotListed", counts.rejected() - shown.size());
      }
      if (counts.notTaken() > 0) {
        json.writeNumberField("notTaken", counts.notTaken());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, Listed each) throws IOException {
    json.writeStartObject();
    json.writeNumberField("line", each.line());
    json.writeStringField("reason", each.reason());
    json.writeStringField("detail", each.detail());
    json.writeEndObject();
  }
}
