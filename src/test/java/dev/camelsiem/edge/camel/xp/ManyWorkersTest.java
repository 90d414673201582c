package dev.camelsiem.edge.camel.xp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many threads are at work, the same comes out in the same order. */
@Tag("camel")
class ManyWorkersTest {
  private static final int EVENTS = 200_000;
  private static final int MOST_OF_A_BATCH = 3_000;
  private static final int CONNECTIONS = 7;
  private static final long RECEIVED = 1_700_000_000_000L;

  @TempDir Path folder;
  private final List<byte[]> samples = new ArrayList<>();

  /** What came out of one run: a digest of each connection, and of all dead letters. */
  private record Result(Map<String, String> digests, Set<StopReason> stops, int normalized) {}

  @BeforeEach
  void samples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("rules"))) {
      for (Path raw :
          files.filter(f -> f.getFileName().toString().matches("raw_\\d+.txt")).sorted().toList()) {
        add(Files.readString(raw).strip());
      }
    }
    rule("xml", "XML = 'gate'\nid = \"xml\"\nreason = $gate[\"door\"]");
    rule("drops", "TEXT = 'noise {REST}'\ndrop");
    add("<gate door=\"5\"><user>anna</user></gate>");
    add("<gate door=\"5\"><user>anna</gate>");
    add("noise of the street");
    add("no rule knows this");
    add("sshd without head: Failed password");
    add("{\"a\":".repeat(100) + "1" + "}".repeat(100));
    add("{\"never\":\"ends\"");
    add(
        "{\"body\":\"no rule knows this\",\"mime\":\"application/json\",\"recv_ipv4\":\"192.0.2.9\"}");
    samples.add(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'});
  }

  @Test
  void jsonIsTheSame() throws Exception {
    Result one = run(1, EVENTS, "");
    assertThat(run(4, EVENTS, "")).isEqualTo(one);
    assertThat(one.normalized()).isGreaterThan(EVENTS / 2);
    assertThat(one.stops())
        .contains(
            StopReason.NO_RULE_MATCHED,
            StopReason.MALFORMED,
            StopReason.INVALID_ENCODING,
            StopReason.LIMIT_EXCEEDED);
  }

  @Test
  void linesAreTheSame() throws Exception {
    String cef = "&output=cef&host=h";
    assertThat(run(4, EVENTS / 10, cef)).isEqualTo(run(1, EVENTS / 10, cef));
  }

  private void add(String sample) {
    samples.add(sample.getBytes(StandardCharsets.UTF_8));
  }

  private void rule(String name, String text) throws IOException {
    Path file = folder.resolve("normalization_formulas").resolve(name).resolve("formula.xp");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Result run(int workers, int events, String options) throws Exception {
    Map<String, MessageDigest> digests = new TreeMap<>();
    Set<StopReason> stops = new TreeSet<>();
    int normalized = 0;
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      List<DeadLetter> letters = new ArrayList<>();
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:dead").process(exchange -> letters.addAll(deadLetters(exchange)));
              from("direct:in")
                  .to(
                      "kamelet:xp-normalize-action?deadLetters=direct:dead&workers="
                          + workers
                          + "&rules=RAW(rules,"
                          + folder
                          + ")"
                          + options);
            }
          });
      context.start();
      ProducerTemplate template = context.createProducerTemplate();
      Random random = new Random(7);
      for (int sent = 0; sent < events; ) {
        List<RawEvent> batch = batch(sent, events, random);
        sent += batch.size();
        Exchange done = template.send("direct:in", e -> e.getMessage().setBody(batch));
        assertThat(done.getException()).isNull();
        EncodedBatch out = done.getMessage().getBody(EncodedBatch.class);
        for (int i = 0; i < out.size(); i++) {
          MessageDigest digest = digest(digests, String.valueOf(out.origin(i)));
          digest.update(String.valueOf(out.id(i)).getBytes(StandardCharsets.UTF_8));
          digest.update(String.valueOf(out.facts(i)).getBytes(StandardCharsets.UTF_8));
          digest.update(out.array(), out.start(i), out.end(i) - out.start(i));
        }
        normalized += out.size();
        for (DeadLetter letter : letters) {
          stops.add(letter.reason());
          MessageDigest digest = digest(digests, "letters");
          digest.update(letter.event().id().toString().getBytes(StandardCharsets.UTF_8));
          if (letter.reason() != StopReason.NO_RULE_MATCHED) { // whose closest is told in time
            digest.update((letter.detail() + letter.rule()).getBytes(StandardCharsets.UTF_8));
          }
          digest.update(letter.event().toBytes());
        }
        letters.clear();
      }
    }
    Map<String, String> hex = new TreeMap<>();
    digests.forEach((name, digest) -> hex.put(name, HexFormat.of().formatHex(digest.digest())));
    assertThat(hex).hasSize(CONNECTIONS + 1);
    return new Result(hex, stops, normalized);
  }

  private List<RawEvent> batch(int first, int events, Random random) {
    int size = Math.min(events - first, 1 + random.nextInt(MOST_OF_A_BATCH));
    List<RawEvent> batch = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      byte[] bytes = samples.get(random.nextInt(samples.size()));
      int connection = random.nextInt(CONNECTIONS);
      String origin = "tcp://192.0.2." + connection + ":40000";
      batch.add(
          new RawEvent(bytes, 0, bytes.length, origin, first + i, RECEIVED, connection + 1, 0));
    }
    return batch;
  }

  private static MessageDigest digest(Map<String, MessageDigest> digests, String name) {
    return digests.computeIfAbsent(
        name,
        key -> {
          try {
            return MessageDigest.getInstance("SHA-256");
          } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static List<DeadLetter> deadLetters(Exchange exchange) {
    return exchange.getMessage().getBody(List.class);
  }
}
