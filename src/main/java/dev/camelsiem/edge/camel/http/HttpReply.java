package dev.camelsiem.edge.camel.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.camelsiem.flow.event.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request: {@code received}, {@code accepted} and the {@code rejected} lines, each
 * with {@code line}, {@code reason} and {@code detail}; {@code error} when nothing was looked at.
 */
final class HttpReply {
  /** More bad lines are counted, not listed. */
  static final int MAX_LISTED = 1000;

  private static final JsonFactory JSON = new JsonFactory();

  private HttpReply() {}

  /** Answers a request that was refused as a whole. */
  static void refuse(Exchange exchange, HttpRefusal refusal) {
    byte[] body = body(0, 0, List.of(), refusal.sentence());
    set(exchange, refusal.status, refusal.headers, body);
  }

  /** Answers a request whose lines were looked at one by one. */
  static void report(Exchange exchange, int status, int received, List<DeadLetter> rejected) {
    byte[] body = body(received, received - rejected.size(), rejected, null);
    set(exchange, status, Map.of(), body);
  }

  private static void set(Exchange exchange, int status, Map<String, String> headers, byte[] body) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    headers.forEach(message::setHeader);
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(body);
  }

  private static byte[] body(
      int received, int accepted, List<DeadLetter> rejected, @Nullable String error) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      if (error != null) {
        json.writeStringField("error", error);
      }
      json.writeNumberField("received", received);
      json.writeNumberField("accepted", accepted);
      json.writeArrayFieldStart("rejected");
      for (DeadLetter letter : rejected.subList(0, Math.min(rejected.size(), MAX_LISTED))) {
        write(json, letter);
      }
      json.writeEndArray();
      if (rejected.size() > MAX_LISTED) {
        json.writeNumberField("rejectedNotListed", rejected.size() - MAX_LISTED);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, DeadLetter letter) throws IOException {
    json.writeStartObject();
    json.writeNumberField("line", letter.event().position());
    json.writeStringField("reason", letter.reason().code());
    json.writeStringField("detail", letter.detail());
    json.writeEndObject();
  }
}
