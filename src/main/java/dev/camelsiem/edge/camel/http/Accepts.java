package dev.camelsiem.edge.camel.http;

/** What a request may hold; spelled as in the Kamelet's option. */
public enum Accepts {
  /** JSON objects: security events. */
  events,
  /** JSON values of any kind. */
  json,
  /** Lines of any text, taken as bytes. */
  text
}
