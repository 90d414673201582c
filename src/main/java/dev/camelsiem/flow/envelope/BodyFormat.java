package dev.camelsiem.flow.envelope;

import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Named;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the body of an event is laid out, as a MIME type or a user says it, or as the body looks; it
 * decides which heads of rules are tried (xp-language 2.2).
 */
public enum BodyFormat {
  TEXT("text/plain", HeadKind.TEXT),
  JSON("application/json", HeadKind.JSON, HeadKind.TABULAR),
  EVENTLOG("application/x-pt-eventlog", HeadKind.EVENTLOG),
  XML("text/xml", HeadKind.XML, HeadKind.EVENTLOG),
  TABULAR("text/csv", HeadKind.TABULAR),
  /** A JSON object of which nobody said what it is. */
  ANY_OBJECT(null, HeadKind.JSON, HeadKind.EVENTLOG, HeadKind.TABULAR);

  private final @Nullable String mime;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
  private final Set<HeadKind> heads;

  BodyFormat(@Nullable String mime, HeadKind first, HeadKind... more) {
    this.mime = mime;
    this.heads = Collections.unmodifiableSet(EnumSet.of(first, more));
  }

  /** The MIME type of the format; of an object of unknown kind that of JSON. */
  public String mime() {
    return mime == null ? "application/json" : mime;
  }

  /** The heads that can take such a body. */
  public Set<HeadKind> heads() {
    return heads;
  }

  /** The format of a MIME type, parameters and case aside; null when the type says nothing. */
  public static @Nullable BodyFormat ofMime(String mime) {
    int end = mime.indexOf(';');
    String type = (end < 0 ? mime : mime.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "text/plain" -> TEXT;
      case "application/json", "text/json" -> JSON;
      case "application/x-pt-eventlog" -> EVENTLOG;
      case "text/xml", "application/xml" -> XML;
      case "text/csv" -> TABULAR;
      default -> null;
    };
  }

  /** The format that a user names, in any case; null when there is none of this name. */
  public static @Nullable BodyFormat ofName(String name) {
    return Named.of(named(), name);
  }

  /** The formats that a user may name. */
  public static List<BodyFormat> named() {
    return Arrays.stream(values()).filter(f -> f.mime != null).toList();
  }

  /** Their names in lower case, for messages: {@code text, json, eventlog, xml, tabular}. */
  public static String names() {
    return named().stream()
        .map(f -> f.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /**
   * What a body looks like: an object in braces, a document in tags, else text. A syslog priority
   * such as {@code <134>} is no tag.
   */
  public static BodyFormat guess(byte[] bytes, int from, int to) {
    int first = Ascii.skipBlanks(bytes, from, to);
    if (first == to) {
      return TEXT;
    }
    int last = Ascii.withoutBlanks(bytes, first, to) - 1;
    if (bytes[first] == '{' && bytes[last] == '}') {
      return ANY_OBJECT;
    }
    boolean tag = bytes[first] == '<' && bytes[last] == '>' && startsTag(bytes, first + 1, to);
    return tag ? XML : TEXT;
  }

  private static boolean startsTag(byte[] bytes, int at, int to) {
    if (at >= to) {
      return false;
    }
    int c = bytes[at];
    return Ascii.isLetter(c) || c == '_' || c < 0 || c == '?' || c == '!';
  }
}
