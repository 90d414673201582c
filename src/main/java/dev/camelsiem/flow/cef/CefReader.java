package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefDictionary;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads CEF lines as real senders write them (kcs-cef 11.6). Never throws for the sake of the data.
 * Thread-safe.
 *
 * <p>A pair begins at an unescaped {@code =} with a key in front that stands behind a blank; so an
 * {@code =} inside a word of a value is part of the value. Blanks between key and {@code =} are
 * taken only for keys of the CEF dictionary, because {@code a = b} is a usual text.
 */
public final class CefReader {
  /** Longest line in characters. */
  public static final int LONGEST_LINE = 1 << 20;

  private static final String PREFIX = "CEF:";
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int HEADER_FIELDS = 7;
  private static final int MOST_WARNINGS = 20;

  /**
   * What became of a line: exactly one of the two is there.
   *
   * @param refusal why it is not CEF
   */
  public record Reading(@Nullable CefMessage message, @Nullable Refusal refusal) {}

  /** Reads the bytes of one line; bytes that are not UTF-8 show as U+FFFD, with a warning. */
  public Reading read(byte[] bytes, int from, int to) {
    if (to - from > 4 * LONGEST_LINE) {
      return refuse(StopReason.TOO_LARGE, "the line has " + (to - from) + " bytes");
    }
    String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    List<String> warnings = new ArrayList<>(0);
    if (Utf8.firstInvalid(bytes, from, to) >= 0) {
      warnings.add("not valid UTF-8");
    }
    return read(line, warnings);
  }

  /** Reads one line without its line break. */
  public Reading read(String line) {
    return read(line, new ArrayList<>(0));
  }

  /** Looks at every character a fixed number of times at most, whatever the line is like. */
  static Reading read(CharSequence line, List<String> warnings) {
    if (line.length() > LONGEST_LINE) {
      return refuse(StopReason.TOO_LARGE, "the line has " + line.length() + " characters");
    }
    int end = trimEnd(line, 0, line.length());
    int start = start(line, end);
    if (start < 0) {
      return refuse(StopReason.MALFORMED, "not CEF: there is no `CEF:` followed by a version");
    }
    String[] header = new String[HEADER_FIELDS];
    int extension = header(line, start + PREFIX.length(), end, header);
    if (extension < 0) {
      return refuse(
          StopReason.MALFORMED,
          "not CEF: the header has " + -extension + " of its " + HEADER_FIELDS + " fields");
    }
    Integer version = version(header[0]);
    if (version == null) {
      return refuse(StopReason.MALFORMED, "not CEF: the version is " + Refusal.quoted(header[0]));
    }
    int text = start > 0 && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    SyslogPrefix syslog = SyslogPrefix.read(text(line, text, start));
    if (syslog.warning() != null) {
      warnings.add(syslog.warning());
    }
    Map<String, String> pairs = extension(line, extension, end, warnings);
    return new Reading(message(syslog, version, header, pairs, warnings), null);
  }

  private static CefMessage message(
      SyslogPrefix syslog,
      int version,
      String[] header,
      Map<String, String> pairs,
      List<String> warnings) {
    return new CefMessage(
        syslog.priority(),
        syslog.timestamp(),
        syslog.host(),
        version,
        header[1],
        header[2],
        header[3],
        header[4],
        header[5],
        header[6],
        Collections.unmodifiableMap(pairs),
        List.copyOf(warnings));
  }

  private static Reading refuse(StopReason reason, String detail) {
    return new Reading(null, new Refusal(reason, detail));
  }

  /** Where {@code CEF:} with a version stands first, or -1. */
  private static int start(CharSequence line, int end) {
    for (int at = 0; at + PREFIX.length() < end; at++) {
      if (!stands(line, at)) {
        continue;
      }
      int version = trimStart(line, at + PREFIX.length(), end);
      boolean ownWord = at == 0 || !Ascii.isAlphanumeric(line.charAt(at - 1));
      if (ownWord && version < end && Ascii.isDigit(line.charAt(version))) {
        return at;
      }
    }
    return -1;
  }

  private static boolean stands(CharSequence line, int at) {
    int i = 0;
    while (i < PREFIX.length() && line.charAt(at + i) == PREFIX.charAt(i)) {
      i++;
    }
    return i == PREFIX.length();
  }

  /**
   * Cuts the header into its fields; returns where the extension begins, or minus the number of
   * fields when there are too few.
   */
  private static int header(CharSequence line, int from, int end, String[] fields) {
    int field = 0;
    int start = from;
    boolean escapes = false;
    for (int i = from; i < end; i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        escapes = true;
        i++;
      } else if (c == '|') {
        fields[field++] = headerField(line, start, i, escapes);
        start = i + 1;
        escapes = false;
        if (field == HEADER_FIELDS) {
          return start;
        }
      }
    }
    if (field == HEADER_FIELDS - 1) { // some leave out the last pipe when nothing follows
      fields[field] = headerField(line, start, end, escapes);
      return end;
    }
    return -(field + 1);
  }

  /** A field of the header without the blanks around it and without its escapes, if it has any. */
  static String headerField(CharSequence line, int from, int to, boolean escapes) {
    int start = trimStart(line, from, to);
    int end = trimEnd(line, start, to);
    if (!escapes) {
      return text(line, start, end);
    }
    StringBuilder text = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = line.charAt(i);
      boolean escape =
          c == '\\' && i + 1 < end && (line.charAt(i + 1) == '\\' || line.charAt(i + 1) == '|');
      text.append(escape ? line.charAt(++i) : c);
    }
    return text.toString();
  }

  private static @Nullable Integer version(String text) {
    int digits = 0;
    while (digits < text.length() && Ascii.isDigit(text.charAt(digits))) {
      digits++;
    }
    boolean plain = digits == text.length() || text.charAt(digits) == '.';
    return digits == 0 || digits > 4 || !plain ? null : Integer.valueOf(text.substring(0, digits));
  }

  private static Map<String, String> extension(
      CharSequence line, int from, int end, List<String> warnings) {
    Map<String, String> pairs = new LinkedHashMap<>();
    int begin = trimStart(line, from, end);
    String key = null;
    int value = begin;
    boolean escapes = false;
    for (int i = begin; i < end; i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        escapes = true;
        i++;
      } else if (c == '=') {
        int keyEnd = trimEnd(line, value, i);
        int keyStart = keyStart(line, value, keyEnd, key == null);
        if (keyStart >= 0 && (keyEnd == i || isKnown(line, keyStart, keyEnd))) {
          finish(line, key, value, keyStart, escapes, pairs, warnings);
          key = text(line, keyStart, keyEnd);
          value = i + 1;
          escapes = false;
        }
      }
    }
    finish(line, key, value, end, escapes, pairs, warnings);
    return pairs;
  }

  private static boolean isKnown(CharSequence line, int from, int to) {
    return CefDictionary.standard().contains(text(line, from, to));
  }

  /** Where the key begins that ends at {@code end}; -1 when no key can end there. */
  private static int keyStart(CharSequence line, int value, int end, boolean first) {
    int start = end;
    while (start > value && isKeyCharacter(line.charAt(start - 1))) {
      start--;
    }
    boolean apart = start > value ? isBlank(line.charAt(start - 1)) : first;
    return apart && start < end ? start : -1;
  }

  private static void finish(
      CharSequence line,
      @Nullable String key,
      int from,
      int to,
      boolean escapes,
      Map<String, String> pairs,
      List<String> warnings) {
    int start = trimStart(line, from, to);
    int end = trimEnd(line, start, to);
    if (key == null) {
      if (start < end) {
        warn(warnings, "text before the first key: " + Refusal.quoted(text(line, start, end)));
      }
      return;
    }
    if (pairs.put(key, escapes ? value(line, start, end) : text(line, start, end)) != null) {
      warn(warnings, "the key " + Refusal.quoted(key) + " stands twice; the last one counts");
    }
  }

  private static void warn(List<String> warnings, String warning) {
    if (warnings.size() < MOST_WARNINGS) {
      warnings.add(warning);
    }
  }

  /** A value without its escapes. */
  static String value(CharSequence line, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      char c = line.charAt(i);
      char next = c == '\\' && i + 1 < to ? line.charAt(i + 1) : 0;
      i += 2;
      switch (next) {
        case '\\', '=' -> text.append(next);
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        default -> {
          text.append(c);
          i--; // a lone backslash, or no backslash at all
        }
      }
    }
    return text.toString();
  }

  private static boolean isKeyCharacter(char c) {
    return Ascii.isAlphanumeric(c) || c == '_' || c == '.' || c == '-' || c == '[' || c == ']';
  }

  private static boolean isBlank(char c) {
    return c <= ' ';
  }

  private static int trimStart(CharSequence line, int from, int to) {
    int i = from;
    while (i < to && isBlank(line.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int trimEnd(CharSequence line, int from, int to) {
    int i = to;
    while (i > from && isBlank(line.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static String text(CharSequence line, int from, int to) {
    return line.subSequence(from, to).toString();
  }
}
