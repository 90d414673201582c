package dev.camelsiem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The routes that {@link PipelineBench} measures, as a user would write them. */
final class BenchRoutes {
  private static final String SOURCE =
      """
      - route:
          id: bench
          from:
            uri: kamelet:siem-file-source
            parameters:
              paths: "%s"
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
      """;

  private static final String INTEGRATIONS_FILE =
      """
      integrations:
        - name: bench
          address: 127.0.0.1
          port: %d
          runtimeEventTypes: [PROCESSES]
      agentGroups:
        - id: bench
          siemIntegrations: [bench]
      """;

  private BenchRoutes() {}

  /** The route file, with what it needs written beside it. */
  static String yaml(String kind, Path folder, Path input, int port) throws IOException {
    String source = String.format(SOURCE, input, folder);
    return switch (kind) {
      case "direct" -> source + String.format(DIRECT, port);
      case "integrations" -> {
        Files.writeString(
            folder.resolve("siem-integrations.yaml"), String.format(INTEGRATIONS_FILE, port));
        yield source + String.format(INTEGRATIONS, folder, folder);
      }
      default ->
          throw new IllegalArgumentException(
              "--route wants integrations or direct, not `" + kind + "`");
    };
  }
}
