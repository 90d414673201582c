package dev.camelsiem.edge.camel.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The route of examples/06-own-cef, from sockets to a socket: each raw event becomes exactly the
 * line that stands in the file beside it. The lines were made from the values in the events, not by
 * our rules.
 */
@Tag("camel")
@Timeout(120)
class OwnCefRouteTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Path EXAMPLE = Path.of("examples/06-own-cef");
  private static final Path ROUTE = EXAMPLE.resolve("own-cef.camel.yaml");
  private static final Path EVENTS = Path.of("src/test/resources/dev/camelsiem/edge/camel/routes");

  /** A connection's bytes go out in pieces of so many, so that they end within lines. */
  private static final int PIECE = 1500;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"openssh", "checkpoint", "container-runtime"})
  void rawEventsBecomeTheLinesOfTheMappings(String events) throws Exception {
    check(EVENTS.resolve(events + ".raw"), EVENTS.resolve(events + ".expected"), ROUTE);
  }

  @Test
  void theEventsOfTheExampleBecomeItsLines() throws Exception {
    Path raw = EXAMPLE.resolve("events.log");
    Path expected = EXAMPLE.resolve("expected.cef");
    check(raw, expected, ROUTE);
    assertThat(Files.readString(EXAMPLE.resolve("README.md")))
        .contains(Files.readAllLines(raw))
        .contains(Files.readAllLines(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = "windows")
  void rawEventsBecomeNormalizedJsonWithoutAMapping(String events) throws Exception {
    Path route = folder.resolve("json.camel.yaml");
    String toJson =
        Files.readString(ROUTE)
            .replace("output: cef", "output: json")
            .replace("mapping: \"{{siem.mapping}}\"", "appendix: false");
    Files.writeString(route, toJson);
    check(EVENTS.resolve(events + ".raw"), EVENTS.resolve(events + ".expected"), route);
  }

  private static void check(Path events, Path lines, Path route) throws Exception {
    List<String> raw = Files.readAllLines(events);
    List<String> expected = Files.readAllLines(lines);
    assertThat(expected).hasSameSizeAs(raw).isNotEmpty().doesNotHaveDuplicates();
    try (RouteRig rig = RouteRig.start(route.toString(), settings())) {
      sendOverTwoConnections(rig.relayPort, raw);
      await()
          .atMost(LONG)
          .until(() -> rig.siem.count() + rig.deadLetters.size() >= expected.size());
      assertThat(rig.deadTexts()).isEmpty();
      List<String> received = rig.siem.messages();
      assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
      for (int connection = 0; connection < 2; connection++) {
        List<String> own = everySecond(expected, connection);
        assertThat(received).filteredOn(own::contains).isEqualTo(own);
      }
    }
  }

  private static Map<String, String> settings() throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(EXAMPLE.resolve("application.properties"))) {
      properties.load(in);
    }
    Map<String, String> settings = new HashMap<>();
    for (String key : List.of("siem.rules", "siem.mapping", "siem.host")) {
      settings.put(key, properties.getProperty(key));
    }
    return settings;
  }

  private static void sendOverTwoConnections(int port, List<String> lines) throws IOException {
    byte[] even = bytes(everySecond(lines, 0));
    byte[] odd = bytes(everySecond(lines, 1));
    try (Socket first = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket second = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (int at = 0; at < Math.max(even.length, odd.length); at += PIECE) {
        sendPiece(first.getOutputStream(), even, at);
        sendPiece(second.getOutputStream(), odd, at);
      }
    }
  }

  private static void sendPiece(OutputStream out, byte[] bytes, int at) throws IOException {
    if (at < bytes.length) {
      out.write(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE)));
      out.flush();
    }
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> everySecond(List<String> lines, int from) {
    List<String> chosen = new ArrayList<>();
    for (int i = from; i < lines.size(); i += 2) {
      chosen.add(lines.get(i));
    }
    return chosen;
  }
}
