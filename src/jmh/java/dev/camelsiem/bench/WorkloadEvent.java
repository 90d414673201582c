package dev.camelsiem.bench;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A generated event.
 *
 * @param raw the line, without line break
 * @param expected the fields that a right normalization gives; for workloads whose fields are the
 *     rule's own choice, values by a name that only says what they are
 */
record WorkloadEvent(String raw, Map<String, String> expected) {
  byte[] bytes() {
    return raw.getBytes(StandardCharsets.UTF_8);
  }
}
