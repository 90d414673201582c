package dev.camelsiem.flow.cef.mapping;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked mapping from events to CEF: what the YAML file says, with every name resolved.
 * Immutable. Built by {@link CefMappingLoader} only.
 *
 * @param name the file's own name for itself
 * @param categories export categories by key, in the file's order
 * @param runtimeTypes runtime event types by key
 * @param outcomes sets of outcomes by name
 * @param families by prefix of the event id
 * @param extension the keys in the order in which they are sent
 * @param digest hexadecimal SHA-256 of the file's text: names the mapping for good
 */
public record CefMapping(
    String name,
    Header header,
    EventFields event,
    Limits limits,
    Map<String, Choice> categories,
    Map<String, Choice> runtimeTypes,
    Map<String, OutcomeSet> outcomes,
    Map<String, Family> families,
    List<ExtensionKey> extension,
    String digest) {

  /** The header triple that is sent unless the options say otherwise. */
  public record Header(String vendor, String product, String version) {}

  /**
   * Names of the fields that steer the mapping.
   *
   * @param familySeparator ends the family in an id
   */
  public record EventFields(String id, char familySeparator, String time, String agentGroup) {}

  /**
   * @param tcpBytes default limit of a line over TCP and TLS
   * @param udpBytes default limit of a datagram
   * @param characters code points that are left of a shortened value
   * @param order keys to shorten, one after the other
   * @param drop keys to leave out when shortening was not enough
   */
  public record Limits(
      int tcpBytes, int udpBytes, int characters, List<String> order, List<String> drop) {}

  /**
   * An export category or a runtime event type.
   *
   * @param advanced true when it needs the advanced licence
   */
  public record Choice(String key, String name, boolean advanced) {}

  /**
   * How events of some families can end.
   *
   * @param field of the event that says it
   * @param otherwise index of the value that stands for unknown words, or -1 when they are refused
   */
  public record OutcomeSet(String name, String field, List<Outcome> values, int otherwise) {
    /** Index of a value by its key, or -1. */
    public int indexOf(String key) {
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i).key().equals(key)) {
          return i;
        }
      }
      return -1;
    }
  }

  /**
   * One way to end.
   *
   * @param token what is sent
   * @param aliases what else may come in, the token not included; compared without case
   */
  public record Outcome(String key, String token, List<String> aliases) {}

  /**
   * A kind of events, known by the prefix of their ids.
   *
   * @param name sent in the header
   * @param severities by index of the outcome
   */
  public record Family(
      String prefix,
      String name,
      @Nullable Choice category,
      @Nullable Choice runtimeType,
      OutcomeSet outcomes,
      List<Integer> severities) {}

  /**
   * One way to fill a key of the extension. Exactly one of {@code field} and {@code value} is set.
   *
   * @param families that may carry it
   * @param outcomes keys of outcomes with which it is sent; empty for all
   * @param extendedOnly true when the {@code kcs} profile leaves it out
   * @param tokens words in lower case and what is sent for them, or null
   * @param limit code points of raw text
   */
  public record ExtensionKey(
      String key,
      @Nullable String field,
      @Nullable ComputedValue value,
      ValueType type,
      @Nullable String label,
      Set<String> families,
      Set<String> outcomes,
      boolean extendedOnly,
      @Nullable Map<String, String> tokens,
      int limit,
      boolean inDictionary) {}
}
