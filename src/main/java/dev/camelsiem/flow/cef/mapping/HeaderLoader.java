package dev.camelsiem.flow.cef.mapping;

import static dev.camelsiem.flow.cef.mapping.CefMappingLoader.orElse;

import dev.camelsiem.flow.cef.mapping.CefMapping.Header;
import dev.camelsiem.flow.cef.mapping.CefMapping.Syslog;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.lang.yaml.YamlNode;
import dev.camelsiem.lang.yaml.YamlNode.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a mapping says of the headers of its lines. */
final class HeaderLoader {

  private static final List<String> FORMS =
      Arrays.stream(HeaderForm.values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList();
  private static final String SECONDS = "seconds";
  private static final String MILLISECONDS = "milliseconds";

  private HeaderLoader() {}

  static Header header(Settings settings, LineFormat format) {
    settings.only("vendor", "product", "version", "id");
    return new Header(
        text(settings, "vendor", HeaderLimits.VENDOR),
        text(settings, "product", HeaderLimits.PRODUCT),
        text(settings, "version", HeaderLimits.VERSION),
        settings.has("id") ? text(settings, "id", HeaderLimits.id(format)) : null);
  }

  static Syslog syslog(Settings settings) {
    settings.only("header", "priority", "host", "appName", "processId", "messageId", "precision");
    String form = settings.choice("header", "syslog header", FORMS);
    String precision = settings.choice("precision", "precision", List.of(SECONDS, MILLISECONDS));
    return new Syslog(
        form == null ? null : HeaderForm.valueOf(form.toUpperCase(Locale.ROOT)),
        priority(settings),
        priorityField(settings),
        token(settings, "host", HeaderLimits.HOST),
        token(settings, "appName", HeaderLimits.APP_NAME),
        token(settings, "processId", HeaderLimits.PROCESS_ID),
        token(settings, "messageId", HeaderLimits.MESSAGE_ID),
        !SECONDS.equals(precision));
  }

  /** A number or {@code none}, as itself or as what stands for events whose field has no number. */
  private static @Nullable Integer priority(Settings settings) {
    boolean byField = settings.get("priority") instanceof YamlNode.Mapping;
    Settings place =
        byField ? settings.section("priority", true).only("field", "otherwise") : settings;
    String key = byField ? "otherwise" : "priority";
    if (byField && !place.present(key)) {
      return null;
    }
    return place.isWord(key, "none")
        ? Integer.valueOf(Syslog.NO_PRIORITY)
        : place.integer(key, 0, HeaderLimits.PRIORITY);
  }

  private static @Nullable String priorityField(Settings settings) {
    return settings.get("priority") instanceof YamlNode.Mapping
        ? settings.section("priority", true).requiredField("field")
        : null;
  }

  /** A text of a line's header; a finding when there is none. */
  static TextSource text(Settings settings, String key, int limit) {
    TextSource source = settings.present(key) ? source(settings, key) : null;
    if (source == null) {
      return TextSource.constant("");
    }
    for (String part : List.of(source.prefix(), source.otherwise())) {
      if (part.codePointCount(0, part.length()) > limit) {
        settings.report(CefFinding.TOO_LONG, settings.spanOf(key), null, key, limit);
      }
      if (part.endsWith("\\")) {
        settings.report(CefFinding.ENDS_IN_BACKSLASH, settings.spanOf(key), null, key);
      }
    }
    if (source.otherwise().isBlank()) {
      settings.report(CefFinding.NOT_PRINTABLE, settings.spanOf(key), null, key);
    }
    return source;
  }

  /** One word of a syslog header, or null when the mapping says nothing of it. */
  private static @Nullable TextSource token(Settings settings, String key, int limit) {
    TextSource source = settings.has(key) ? source(settings, key) : null;
    if (source == null) {
      return null;
    }
    for (String part : List.of(source.prefix(), source.otherwise())) {
      if (part.length() > limit) {
        settings.report(CefFinding.TOO_LONG, settings.spanOf(key), null, key, limit);
      }
      if (!part.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
        settings.report(CefFinding.NO_TOKEN, settings.spanOf(key), null, key);
      }
    }
    return source;
  }

  /** A constant, or a map that names a field or several. */
  private static @Nullable TextSource source(Settings settings, String key) {
    YamlNode node = settings.get(key);
    if (!(node instanceof YamlNode.Mapping)) {
      String text = settings.text(key);
      return text == null ? null : TextSource.constant(text);
    }
    Settings map = settings.section(key, node).only("field", "fields", "prefix", "otherwise");
    List<String> fields = fields(map);
    String otherwise = map.requiredText("otherwise");
    return fields.isEmpty() || otherwise == null
        ? null
        : new TextSource(fields, orElse(map.text("prefix"), ""), otherwise);
  }

  /** The one field, or those of which the first counts that an event has. */
  private static List<String> fields(Settings map) {
    if (!map.has("fields")) {
      String field = map.requiredField("field");
      return field == null ? List.of() : List.of(field);
    }
    if (map.has("field")) {
      map.report(CefFinding.TWO_SOURCES, map.spanOf("field"), null);
    }
    List<String> fields = map.fields("fields");
    if (map.get("fields") instanceof Sequence list && list.items().isEmpty()) {
      map.report(CefFinding.MISSING_SETTING, map.spanOf("fields"), null, "fields");
    }
    return fields;
  }
}
