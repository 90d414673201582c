package dev.camelsiem.edge.camel.http;

import java.util.Map;

/** A request that is answered without being passed on. The message is for the sender. */
final class HttpRefusal extends Exception {
  final int status;
  final transient Map<String, String> headers;

  HttpRefusal(int status, String message) {
    this(status, message, Map.of());
  }

  HttpRefusal(int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /** The events are good, but can't be taken now. */
  static HttpRefusal unavailable(String retryAfter) {
    return new HttpRefusal(
        503, "the events can't be taken now: send them again", Map.of("Retry-After", retryAfter));
  }

  static HttpRefusal tooSlow(long millis) {
    return new HttpRefusal(408, "the body did not arrive within %d ms".formatted(millis));
  }

  /** The sentence for the sender. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
