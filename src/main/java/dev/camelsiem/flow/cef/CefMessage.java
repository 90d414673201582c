package dev.camelsiem.flow.cef;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CEF line taken apart, values unescaped. Immutable.
 *
 * @param priority syslog PRI 0..191, or null
 * @param timestamp of the syslog header as it was written, or null
 * @param host of the syslog header, or null
 * @param version of CEF: 0 or 1
 * @param severity as it was sent: a number, or a word such as {@code High}
 * @param extensions in the order of the line
 * @param warnings what was odd about the line, for people
 */
public record CefMessage(
    @Nullable Integer priority,
    @Nullable String timestamp,
    @Nullable String host,
    int version,
    String vendor,
    String product,
    String deviceVersion,
    String id,
    String name,
    String severity,
    Map<String, String> extensions,
    List<String> warnings) {

  /** The six fields between version and extension, in the order of the line. */
  public List<String> header() {
    return List.of(vendor, product, deviceVersion, id, name, severity);
  }

  /** The message as plain maps and lists: what {@code cef decode} prints as JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    putIfPresent(map, "priority", priority);
    putIfPresent(map, "timestamp", timestamp);
    putIfPresent(map, "host", host);
    map.put("version", version);
    map.put("vendor", vendor);
    map.put("product", product);
    map.put("deviceVersion", deviceVersion);
    map.put("id", id);
    map.put("name", name);
    map.put("severity", severity);
    map.put("extensions", new LinkedHashMap<>(extensions));
    if (!warnings.isEmpty()) {
      map.put("warnings", new ArrayList<>(warnings));
    }
    return map;
  }

  private static void putIfPresent(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
