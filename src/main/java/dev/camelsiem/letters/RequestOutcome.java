package dev.camelsiem.letters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.camelsiem.json.JsonFactories;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a request, or how far it has come.
 *
 * @param isDone whether it is over
 * @param number of a replay, see {@link Ledger}; 0 before it has one
 * @param letters that were looked at
 * @param events that went their way, or letters that were purged
 * @param before events that had been replayed before, and were left alone
 * @param failedAgain events that became letters again
 * @param refused letters that could not be replayed, by the reason
 * @param gone letters that were asked for and are not there
 * @param waiting why it does not go on, or empty when it does
 */
public record RequestOutcome(
    boolean isDone,
    long number,
    long letters,
    long events,
    long before,
    long failedAgain,
    Map<String, Long> refused,
    long gone,
    String waiting) {
  /** Nobody has looked at the request. */
  public static final RequestOutcome NONE =
      new RequestOutcome(false, 0, 0, 0, 0, 0, Map.of(), 0, "");

  private static final ObjectMapper JSON = JsonFactories.mapper();

  public RequestOutcome {
    refused = Map.copyOf(refused);
  }

  /** Of a request that nobody can do anything with. */
  static RequestOutcome failed(String why) {
    return new RequestOutcome(true, 0, 0, 0, 0, 0, Map.of(why, 1L), 0, "");
  }

  /** For logs. */
  String told() {
    return "%d letters, %d events, %d replayed before, %d letters again, %d gone, refused %s"
        .formatted(letters, events, before, failedAgain, gone, refused);
  }

  RequestOutcome waitingFor(String why) {
    return new RequestOutcome(
        false, number, letters, events, before, failedAgain, refused, gone, why);
  }

  static RequestOutcome read(byte[] bytes) throws IOException {
    JsonNode node = JSON.readTree(bytes);
    Map<String, Long> refused = new LinkedHashMap<>();
    node.path("refused")
        .properties()
        .forEach(each -> refused.put(each.getKey(), each.getValue().asLong()));
    return new RequestOutcome(
        node.path("done").asBoolean(),
        node.path("number").asLong(),
        node.path("letters").asLong(),
        node.path("events").asLong(),
        node.path("before").asLong(),
        node.path("failedAgain").asLong(),
        refused,
        node.path("gone").asLong(),
        node.path("waiting").asText());
  }

  /** As one JSON object. */
  public byte[] bytes() {
    ObjectNode node = JSON.createObjectNode();
    node.put("done", isDone).put("number", number).put("letters", letters).put("events", events);
    node.put("before", before).put("failedAgain", failedAgain).put("gone", gone);
    node.put("waiting", waiting);
    ObjectNode reasons = node.putObject("refused");
    new TreeMap<>(refused).forEach(reasons::put);
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written", e);
    }
  }
}
