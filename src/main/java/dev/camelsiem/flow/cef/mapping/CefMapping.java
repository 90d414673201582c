package dev.camelsiem.flow.cef.mapping;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked mapping from events to lines: what the YAML file says, with every name resolved.
 * Immutable. Built by {@link CefMappingLoader} only.
 *
 * @param name the file's own name for itself
 * @param format of the lines
 * @param rules patterns of the ids of rules whose events it is for, {@code *} for any text; empty
 *     for all
 * @param categories export categories by key, in the file's order
 * @param categorize rules that find the category of events whose family has none, in the order in
 *     which they are tried
 * @param runtimeTypes runtime event types by key
 * @param outcomes sets of outcomes by name
 * @param families by prefix of the event id
 * @param extension the keys in the order in which they are sent
 * @param digest hexadecimal SHA-256 of the file's text: names the mapping for good
 */
public record CefMapping(
    String name,
    LineFormat format,
    List<String> rules,
    Header header,
    Syslog syslog,
    EventFields event,
    Limits limits,
    Map<String, Choice> categories,
    List<CategoryRule> categorize,
    Map<String, Choice> runtimeTypes,
    Map<String, OutcomeSet> outcomes,
    Map<String, Family> families,
    List<ExtensionKey> extension,
    String digest) {

  /**
   * A text of a line's header: a constant, or the first of some fields that the event has.
   *
   * @param fields none for a constant
   * @param prefix stands before what the field says
   * @param otherwise the constant, or what is sent for an event without the fields
   */
  public record TextSource(List<String> fields, String prefix, String otherwise) {
    public static TextSource constant(String text) {
      return new TextSource(List.of(), "", text);
    }

    public boolean isConstant() {
      return fields.isEmpty();
    }
  }

  /**
   * What the header holds unless the options say otherwise.
   *
   * @param id the signature id; null for the event's id
   */
  public record Header(
      TextSource vendor, TextSource product, TextSource version, @Nullable TextSource id) {}

  /**
   * What stands in front of a line unless the options say otherwise; null leaves it to them.
   *
   * @param priority PRI of every line, or {@link #NO_PRIORITY}
   * @param priorityField the field that gives the PRI, 0 to 191, where it does; or null
   * @param messageId of RFC 5424; null for the event's id
   * @param fraction whether times of RFC 5424 have milliseconds
   */
  public record Syslog(
      @Nullable HeaderForm header,
      @Nullable Integer priority,
      @Nullable String priorityField,
      @Nullable TextSource host,
      @Nullable TextSource appName,
      @Nullable TextSource processId,
      @Nullable TextSource messageId,
      boolean fraction) {
    /** No PRI is sent. */
    public static final int NO_PRIORITY = -1;
  }

  /** The category of events for which all conditions hold. */
  public record CategoryRule(Choice category, List<Condition> when) {}

  /**
   * A field has one of a few words.
   *
   * @param words compared without case
   */
  public record Condition(String field, Set<String> words) {}

  /**
   * Names of the fields that steer the mapping.
   *
   * @param familySeparator ends the family in an id
   */
  public record EventFields(String id, char familySeparator, String time, String agentGroup) {
    /** The field that names the agent group unless the mapping names another. */
    public static final String AGENT_GROUP = "agentGroup";
  }

  /**
   * @param tcpBytes default limit of a line over TCP and TLS
   * @param udpBytes default limit of a datagram
   * @param characters code points that are left of a shortened value
   * @param order keys to shorten, one after the other
   * @param drop keys to leave out when shortening was not enough
   */
  public record Limits(
      int tcpBytes, int udpBytes, int characters, List<String> order, List<String> drop) {
    /** The longest line over UDP or over TCP. */
    public int bytes(boolean udp) {
      return udp ? udpBytes : tcpBytes;
    }
  }

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
    /** For families whose events do not tell: all of them end alike. */
    public static final OutcomeSet NONE =
        new OutcomeSet("", "", List.of(new Outcome("", "", List.of())), 0);

    public boolean isNone() {
      return field.isEmpty();
    }

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
   * A kind of events, known by the prefix of their ids or by patterns of them.
   *
   * @param ids patterns of ids, {@code *} for any text; empty when the prefix tells
   * @param name sent in the header
   * @param severities by index of the outcome
   * @param severityField the field that gives the severity, 0 to 10 or one of the words, where it
   *     does; or null
   * @param severityWords severities by word, which are compared without case
   */
  public record Family(
      String prefix,
      List<String> ids,
      TextSource name,
      @Nullable Choice category,
      @Nullable Choice runtimeType,
      OutcomeSet outcomes,
      List<Integer> severities,
      @Nullable String severityField,
      Map<String, Integer> severityWords) {}

  /**
   * One way to fill a key of the extension. Exactly one of {@code field}, {@code value} and {@code
   * constant} is set.
   *
   * @param prefix stands before what the field says
   * @param when conditions that the event must meet
   * @param families that may carry it
   * @param outcomes keys of outcomes with which it is sent; empty for all
   * @param extendedOnly true when the {@code kcs} profile leaves it out
   * @param tokens words in lower case and what is sent for them, or null
   * @param keepBlanks true when the blanks at the ends of a text are sent, too
   * @param limit code points of raw text
   */
  public record ExtensionKey(
      String key,
      @Nullable String field,
      @Nullable ComputedValue value,
      @Nullable String constant,
      String prefix,
      ValueType type,
      @Nullable String label,
      List<Condition> when,
      Set<String> families,
      Set<String> outcomes,
      boolean extendedOnly,
      @Nullable Map<String, String> tokens,
      boolean keepBlanks,
      int limit,
      boolean inDictionary) {}
}
