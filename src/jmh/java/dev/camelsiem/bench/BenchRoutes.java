package dev.camelsiem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The routes that are measured, as a user would write them. */
final class BenchRoutes {
  private static final String SOURCE =
      """
      - route:
          id: bench
          from:
            uri: kamelet:siem-file-source
            parameters:
              paths: "%s/*.ndjson"
              checkpoint: "%s/bench.checkpoint"
              batchSize: 1000
            steps:
      """;

  private static final String DIRECT =
      """
              - to: kamelet:siem-cef-action?host=bench
              - to:
                  uri: kamelet:siem-category-filter-action
                  parameters:
                    runtimeEventTypes: PROCESSES
                    agentGroups: bench
              - to: kamelet:siem-syslog-sink?host=127.0.0.1&port=%d
      """;

  private static final String INTEGRATIONS =
      """
              - to:
                  uri: kamelet:siem-integrations-sink
                  parameters:
                    config: "%s/siem-integrations.yaml"
                    dataDir: "%s/data"
                    fsync: %s
      """;

  private static final String INTEGRATION =
      """
        - name: bench-%d
          address: 127.0.0.1
          port: %d
          %s
      """;

  private static final String SERVE =
      """
      - route:
          id: serve
          errorHandler:
            defaultErrorHandler:
              level: "OFF"
          from:
            uri: kamelet:siem-syslog-source
            parameters:
              port: %d
              framing: lf
              deadLetters: "%s"
            steps:
              - to:
                  uri: kamelet:xp-normalize-action
                  parameters:
                    rules: rules
                    deadLetters: "%s"
      %s%s""";

  private static final String SYSLOG_SINK =
      """
              - to: kamelet:siem-syslog-sink?host=127.0.0.1&port=%d
      """;

  private static final String INTEGRATIONS_SINK =
      """
              - to:
                  uri: kamelet:siem-integrations-sink
                  parameters:
                    config: "%s"
                    dataDir: "%s"
                    mapping: "%s"
                    fsync: batch
      """;

  private static final String TO_CEF =
      """
                    output: cef
                    mapping: "%s"
      """;

  /** No fields but those of the rules. */
  private static final String TO_JSON =
      """
                    appendix: false
      """;

  private BenchRoutes() {}

  /**
   * Lines of raw events from a port to normalized ones.
   *
   * @param mappings files by which they become CEF; none for JSON
   * @param last the step that sends them, from {@link #syslogSink} or {@link #integrationsSink}
   */
  static String serve(int in, List<Path> mappings, Path letters, String last) {
    String sink = "kamelet:siem-deadletter-sink?path=" + letters;
    String form = mappings.isEmpty() ? TO_JSON : String.format(TO_CEF, joined(mappings));
    return String.format(SERVE, in, sink, sink, form, last);
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(","));
  }

  /** The step that sends to a port and keeps nothing. */
  static String syslogSink(int port) {
    return String.format(SYSLOG_SINK, port);
  }

  /** The step that has a durable log. */
  static String integrationsSink(Path config, Path data, List<Path> mappings) {
    return String.format(INTEGRATIONS_SINK, config, data, joined(mappings));
  }

  /** The file of one integration that wants these categories. */
  static String integration(int port, String categories) {
    return "integrations:\n"
        + String.format(INTEGRATION, 0, port, "categories: [" + categories + "]");
  }

  /**
   * The route file, with what it needs written beside it.
   *
   * @param kind direct, integrations (fsync=batch), interval or off (integrations with that fsync)
   * @param ports one for each integration; the first gets everything
   * @param rare whether the integrations behind the first want one event in a hundred at most
   */
  static String yaml(String kind, Path folder, Path input, List<Integer> ports, boolean rare)
      throws IOException {
    String source = String.format(SOURCE, input, folder);
    if (kind.equals("direct")) {
      return source + String.format(DIRECT, ports.get(0));
    }
    StringBuilder file = new StringBuilder("integrations:\n");
    StringBuilder links = new StringBuilder();
    for (int i = 0; i < ports.size(); i++) {
      boolean all = i == 0 || !rare;
      file.append(
          String.format(
              INTEGRATION,
              i,
              ports.get(i),
              all ? "runtimeEventTypes: [PROCESSES]" : "categories: [ADMINISTRATION]"));
      links.append(i == 0 ? "" : ", ").append("bench-").append(i);
    }
    file.append("agentGroups:\n  - id: bench\n    siemIntegrations: [").append(links).append("]\n");
    Files.writeString(folder.resolve("siem-integrations.yaml"), file);
    String fsync = kind.equals("integrations") ? "batch" : kind;
    return source + String.format(INTEGRATIONS, folder, folder, fsync);
  }
}
