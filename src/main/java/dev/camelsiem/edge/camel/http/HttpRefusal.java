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

  /** The sentence for the sender. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
