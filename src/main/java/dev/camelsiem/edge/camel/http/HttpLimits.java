package dev.camelsiem.edge.camel.http;

/**
 * What one request may be, and in what portions its events are passed on.
 *
 * @param bodyBytes as it comes over the wire
 * @param unpackedBytes after gzip
 * @param ratio unpacked to packed; counts once more than {@link #RATIO_FREE_BYTES} were unpacked
 * @param eventBytes of one event
 * @param events in one request; bad ones that stand side by side count once
 * @param readMillis from the end of the head to the end of the body
 * @param batchSize events of one exchange
 * @param batchBytes of one exchange; a single larger event still passes
 */
record HttpLimits(
    int bodyBytes,
    int unpackedBytes,
    int ratio,
    int eventBytes,
    int events,
    long readMillis,
    int batchSize,
    int batchBytes) {
  static final int RATIO_FREE_BYTES = 64 << 10;

  HttpLimits {
    positive("maxBodyBytes", bodyBytes);
    positive("maxUnpackedBytes", unpackedBytes);
    positive("maxRatio", ratio);
    positive("maxEventBytes", eventBytes);
    positive("maxEvents", events);
    positive("readTimeout", readMillis);
    positive("batchSize", batchSize);
    positive("batchBytes", batchBytes);
  }

  static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "siem-http-source: %s must be at least 1, not %d".formatted(name, value));
    }
  }
}
