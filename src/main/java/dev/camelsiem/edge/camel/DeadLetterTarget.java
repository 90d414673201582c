package dev.camelsiem.edge.camel;

/**
 * Where dead letters go, as an object of its own: a Kamelet cannot write an endpoint with a query
 * of its own into the query of another.
 */
public final class DeadLetterTarget {
  private String uri = "";

  /** An endpoint such as {@code kamelet:siem-deadletter-sink}. */
  public String getUri() {
    return uri;
  }

  public void setUri(String uri) {
    this.uri = uri;
  }
}
