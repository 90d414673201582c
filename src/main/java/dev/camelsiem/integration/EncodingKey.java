package dev.camelsiem.integration;

import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.TextDigest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names an encoding by its settings, so that a line that was written before a restart or on another
 * machine is found again. Another mapping file is another encoding, whatever changed in it.
 */
final class EncodingKey {
  /** Goes up when the same settings and events make other lines than before. */
  private static final int VERSION = 1;

  private EncodingKey() {}

  /** The same for equal settings, everywhere. */
  static long of(CefSettings settings, List<CefMapping> mappings) {
    return ByteBuffer.wrap(TextDigest.of(text(settings, mappings))).getLong();
  }

  private static String text(CefSettings settings, List<CefMapping> mappings) {
    StringBuilder text = new StringBuilder("cef ").append(VERSION).append('\n');
    mappings.forEach(mapping -> member(text, "mapping", mapping.digest()));
    member(text, "facility", facility(settings, mappings));
    member(text, "zone", settings.zone().getId());
    member(text, "hostName", settings.hostName());
    member(text, "profile", settings.profile().name());
    new TreeMap<>(settings.severityOverrides())
        .forEach((event, severity) -> member(text, "severity " + event, severity));
    member(text, "maxMessageBytes", longest(settings, mappings));
    member(text, "vendor", settings.vendor());
    member(text, "product", settings.product());
    member(text, "version", settings.version());
    member(text, "rfc5424", Boolean.TRUE.equals(settings.rfc5424()));
    member(text, "eventId", settings.eventId());
    boolean mapped = mappings.stream().anyMatch(mapping -> mapping.syslog().header() != null);
    if (mapped && settings.rfc5424() == null) {
      member(text, "header", "of the mapping");
    }
    return text.toString();
  }

  /** No PRI is what a mapping without one gives anyway. */
  private static @Nullable Object facility(CefSettings settings, List<CefMapping> mappings) {
    Integer facility = settings.facility();
    if (facility == null || facility != CefOptions.NO_PRI) {
      return facility;
    }
    boolean mapped =
        mappings.stream()
            .map(CefMapping::syslog)
            .anyMatch(syslog -> syslog.priority() != null || syslog.priorityField() != null);
    return mapped ? "none" : null;
  }

  /** One number where all lines have one limit, whoever set it. */
  private static String longest(CefSettings settings, List<CefMapping> mappings) {
    return settings.maxMessageBytes() > 0
        ? Integer.toString(settings.maxMessageBytes())
        : mappings.stream()
            .map(mapping -> mapping.limits().bytes(settings.datagrams()))
            .distinct()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
  }

  /** With its length, so that no value can pass for another member. */
  private static void member(StringBuilder text, String name, @Nullable Object value) {
    String written = value == null ? "" : value.toString();
    text.append(name.length()).append(' ').append(name);
    text.append(value == null ? " - " : " " + written.length() + " ").append(written).append('\n');
  }
}
