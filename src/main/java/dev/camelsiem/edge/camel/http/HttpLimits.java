package dev.camelsiem.edge.camel.http;

/**
 * What one request may be.
 *
 * @param bodyBytes as it comes over the wire
 * @param unpackedBytes after gzip
 * @param ratio unpacked to packed; counts once more than {@link #RATIO_FREE_BYTES} were unpacked
 * @param eventBytes of one event
 * @param events in one request, bad ones included
 * @param readMillis from the end of the head to the end of the body
 */
record HttpLimits(
    int bodyBytes, int unpackedBytes, int ratio, int eventBytes, int events, long readMillis) {
  static final int RATIO_FREE_BYTES = 1 << 20;

  HttpLimits {
    positive("maxBodyBytes", bodyBytes);
    positive("maxUnpackedBytes", unpackedBytes);
    positive("maxRatio", ratio);
    positive("maxEventBytes", eventBytes);
    positive("maxEvents", events);
    positive("readTimeout", readMillis);
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "siem-http-source: %s must be at least 1, not %d".formatted(name, value));
    }
  }
}
