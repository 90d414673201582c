package dev.camelsiem.integration;

import dev.camelsiem.flow.category.Choices;
import dev.camelsiem.integration.CefSettings.Profile;
import dev.camelsiem.integration.DeliverySettings.Confirm;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.text.Ascii;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of kcs-cef 6.1 for single values. Each answers null or what is wrong; values come as
 * text, as written.
 */
public final class FieldRules {
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_HEADER_HOST = 255;

  private static final int LONGEST_TOPIC = 249;

  /** Up to so many choices stand in the finding itself. */
  private static final int LISTED = 4;

  private FieldRules() {}

  /**
   * The rule of a field by its key.
   *
   * @param value null when the key is absent or empty
   * @throws IllegalArgumentException for a field without a rule of its own
   */
  public static @Nullable FieldProblem check(String field, @Nullable String value) {
    return switch (field) {
      case "name", "id" -> name(field, value);
      case "address", "addresses" -> address(field, value);
      case "topic" -> topic(value);
      case "port" -> required(field, value, "a number from 1 to 65535", 1, 65_535);
      case "protocol" -> choice(field, value, Protocol.values());
      case "framing" -> choice(field, value, Framing.values());
      case "profile" -> choice(field, value, Profile.values());
      case "confirm" -> choice(field, value, Confirm.values());
      case "whenFull" -> choice(field, value, WhenFull.values());
      case "minSeverity", "severityOverrides" ->
          required(field, value, "a whole number from 0 to 10", 0, 10);
      case "pri", "facility" -> pri(field, value);
      case "syslogTimeZone" -> zone(field, value);
      case "hostName" -> headerHost(field, value);
      case "maxMessageBytes" ->
          required(field, value, "a whole number from 480 to 1048576", 480, 1 << 20);
      default -> throw new IllegalArgumentException("no rule for " + field);
    };
  }

  /**
   * The rule of a set of keys: categories are not empty, and nothing unknown is in it.
   *
   * @param known what the mappings in force have
   */
  public static @Nullable FieldProblem checkSet(String field, List<String> values, Choices known) {
    if (field.equals("categories") && values.isEmpty()) {
      return missing(field, "name at least one, or leave the key out for all");
    }
    for (String value : values) {
      FieldProblem problem = choice(field, value, known.keys(), word -> known.find(word) != null);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /** The rule that two integrations never share a name or an id, whatever the case. */
  public static @Nullable FieldProblem checkUnique(
      String field, String value, Collection<String> others) {
    boolean taken = others.stream().map(Choices::fold).anyMatch(Choices.fold(value)::equals);
    return taken
        ? new FieldProblem(
            field,
            IntegrationCode.DUPLICATE,
            value,
            "unique, without regard to case",
            "another one above is called so already")
        : null;
  }

  private static @Nullable FieldProblem name(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return missing(field, "give it a name of 1 to 255 characters");
    }
    String trimmed = value.strip();
    int length = trimmed.codePointCount(0, trimmed.length());
    if (length > LONGEST_NAME) {
      return new FieldProblem(
          field, IntegrationCode.LENGTH, length + "", "1 to 255 characters long", null);
    }
    boolean printable = trimmed.codePoints().allMatch(FieldRules::isPrintable);
    return printable ? null : format(field, trimmed, "printable text", null);
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static @Nullable FieldProblem address(String field, @Nullable String value) {
    boolean one = field.equals("address");
    String wanted =
        one
            ? "an IPv4 or IPv6 address or a host name"
            : "HOST or HOST:PORT, with brackets around an IPv6 address before a port";
    if (value == null || value.isBlank()) {
      return missing(field, wanted);
    }
    String problem = one ? HostAddress.problem(value.strip()) : HostPort.problem(value);
    return problem == null ? null : format(field, value, wanted, problem);
  }

  /** Kafka's own rule. */
  private static @Nullable FieldProblem topic(@Nullable String value) {
    String wanted = "1 to 249 letters, digits, dots, underscores and hyphens";
    if (value == null || value.isBlank()) {
      return missing("topic", wanted);
    }
    String topic = value.strip();
    if (topic.length() > LONGEST_TOPIC) {
      return new FieldProblem(
          "topic", IntegrationCode.LENGTH, topic.length() + "", "1 to 249 characters long", null);
    }
    boolean legal = topic.chars().allMatch(FieldRules::isTopicCharacter);
    if (!legal || topic.equals(".") || topic.equals("..")) {
      return format("topic", topic, wanted, legal ? "dots alone are not taken" : null);
    }
    return null;
  }

  private static boolean isTopicCharacter(int c) {
    return Ascii.isAlphanumeric(c) || c == '.' || c == '_' || c == '-';
  }

  private static @Nullable FieldProblem required(
      String field, @Nullable String value, String wanted, int from, int to) {
    if (value == null || value.isBlank()) {
      return missing(field, wanted);
    }
    if (!isNumber(value.strip())) {
      return format(field, value, wanted, null);
    }
    return inRange(value.strip(), from, to)
        ? null
        : new FieldProblem(field, IntegrationCode.RANGE, value.strip(), wanted, null);
  }

  private static boolean isNumber(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Ascii.isDigit(c)) {
        digits++;
      } else if (c != '.' && !((c == '-' || c == '+') && i == 0)) {
        return false;
      }
    }
    return digits > 0;
  }

  private static boolean inRange(String number, int from, int to) {
    try {
      int value = Integer.parseInt(number);
      return value >= from && value <= to;
    } catch (NumberFormatException e) {
      return false; // a fraction, or far too large
    }
  }

  /** A word for a constant, in any case. */
  private static @Nullable FieldProblem choice(
      String field, @Nullable String value, Enum<?>[] constants) {
    List<String> known = names(constants);
    return choice(field, value, known, word -> known.contains(constant(word)));
  }

  /** The name of the constant that a word means. */
  static String constant(String word) {
    return word.strip().toUpperCase(Locale.ROOT);
  }

  private static @Nullable FieldProblem choice(
      String field, @Nullable String value, Collection<String> known, Predicate<String> isKnown) {
    if (value == null || value.isBlank()) {
      return missing(field, shortList(known));
    }
    if (isKnown.test(value)) {
      return null;
    }
    String near = NearNames.hint(value, known);
    return new FieldProblem(
        field,
        IntegrationCode.UNKNOWN,
        value,
        shortList(known),
        near != null || known.size() <= LISTED ? near : "known: " + String.join(", ", known));
  }

  private static String shortList(Collection<String> known) {
    if (known.isEmpty()) {
      return "a key of the mapping, which has none";
    }
    return known.size() > LISTED
        ? "one of " + known.size() + " known keys"
        : "one of " + String.join(", ", known);
  }

  private static @Nullable FieldProblem pri(String field, @Nullable String value) {
    if (value != null && value.equalsIgnoreCase("none")) {
      return null;
    }
    return required(field, value, "`none` or a syslog facility from 0 to 23", 0, 23);
  }

  private static @Nullable FieldProblem zone(String field, @Nullable String value) {
    try {
      if (value != null && !value.isBlank()) {
        ZoneId.of(value.strip());
        return null;
      }
      return missing(field, "a time zone such as `UTC` or `Europe/Berlin`");
    } catch (DateTimeException e) {
      return new FieldProblem(
          field,
          IntegrationCode.UNKNOWN,
          String.valueOf(value),
          "a time zone such as `UTC` or `Europe/Berlin`",
          NearNames.hint(String.valueOf(value), ZoneId.getAvailableZoneIds()));
    }
  }

  private static @Nullable FieldProblem headerHost(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return missing(field, "one word of printable ASCII for the syslog header");
    }
    boolean oneWord = value.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return oneWord && value.length() <= LONGEST_HEADER_HOST
        ? null
        : format(field, value, "one word of printable ASCII", "blanks would shift the header");
  }

  private static FieldProblem missing(String field, String wanted) {
    return new FieldProblem(field, IntegrationCode.REQUIRED, "", wanted, null);
  }

  private static FieldProblem format(
      String field, String found, String wanted, @Nullable String hint) {
    return new FieldProblem(field, IntegrationCode.FORMAT, found, wanted, hint);
  }

  static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }
}
