package dev.camelsiem.edge.camel.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.letters.Sums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address of dead letters with several options is an option of a source, within RAW(...). */
@Tag("camel")
class LetterAddressTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String ADDRESS =
      "kamelet:siem-deadletter-sink?path=FOLDER/letters.ndjson&originBytes=1";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"deadLetters: \"RAW(ADDRESS)\"", "deadLetters: 'RAW({{letters}})'"})
  void bothOptionsOfAnAddressInYamlArrive(String option) throws Exception {
    Files.writeString(folder.resolve("app.log"), "x".repeat(5000) + "\nafter\n");
    String route =
        """
        - route:
            from:
              uri: kamelet:siem-file-source
              parameters:
                paths: "FOLDER/app.log"
                checkpoint: FOLDER/checkpoint
                maxEventBytes: 1000
                OPTION
              steps:
                - log: "${body}"
        """
            .replace("OPTION", option.replace("ADDRESS", ADDRESS))
            .replace("FOLDER", folder.toString());
    expectBoth(
        context ->
            PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("route.yaml", route)));
  }

  @Test
  void bothOptionsOfAnAddressInAUriArrive() throws Exception {
    Files.writeString(folder.resolve("app.log"), "x".repeat(5000) + "\nafter\n");
    String uri =
        "kamelet:siem-file-source?paths=FOLDER/app.log&checkpoint=FOLDER/checkpoint&maxEventBytes=1000&deadLetters=RAW("
            + ADDRESS
            + ")";
    expectBoth(
        context ->
            context.addRoutes(
                new RouteBuilder() {
                  @Override
                  public void configure() {
                    from(uri.replace("FOLDER", folder.toString())).log("${body}");
                  }
                }));
  }

  private void expectBoth(ThrowingConsumer<DefaultCamelContext> routes) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getShutdownStrategy().setTimeout(5);
      context
          .getPropertiesComponent()
          .addInitialProperty("letters", ADDRESS.replace("FOLDER", folder.toString()));
      routes.accept(context);
      context.start();
      Path letters = folder.resolve("letters.ndjson");
      await().atMost(LONG).until(() -> Files.exists(letters) && !Sums.read(letters).isEmpty());
      assertThat(Sums.read(letters).get(0).key().why()).isEqualTo("share");
      assertThat(Files.size(letters)).isZero();
    }
  }
}
