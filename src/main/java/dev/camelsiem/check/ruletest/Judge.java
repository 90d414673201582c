package dev.camelsiem.check.ruletest;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a normalized event is what a test expects (xp-language 8.3).
 *
 * <p>Values are equal when they are of the same JSON type and the same value: {@code 80} is not
 * {@code "80"}. What depends on the machine or on the appendix is left out on both sides.
 *
 * @param strict true when surplus fields are differences too
 * @param time true when {@code time} is compared, to the second
 */
public record Judge(boolean strict, boolean time) {
  private static final String TIME = "time";
  private static final String IMPORTANCE = "importance";

  /** Fields of the appendix, each with the fields that it is made of. */
  private static final Map<String, List<String>> HOSTS =
      Map.of(
          "event_src.host",
          List.of(
              "event_src.fqdn",
              "event_src.hostname",
              "event_src.ip",
              "recv_ipv4",
              "recv_ipv6",
              "recv_host"),
          "src.host",
          List.of("src.fqdn", "src.hostname", "src.ip", "src.mac"),
          "dst.host",
          List.of("dst.fqdn", "dst.hostname", "dst.ip", "dst.mac"),
          "external_src.host",
          List.of("external_src.fqdn", "external_src.hostname", "external_src.ip"),
          "external_dst.host",
          List.of("external_dst.fqdn", "external_dst.hostname", "external_dst.ip"));

  /**
   * The differences by field name; empty when the test passes.
   *
   * @param raw the raw event as text: where it does not tell the year of an expected time, the year
   *     is not compared
   */
  public List<FieldDifference> compare(FlatEvent expected, FlatEvent actual, String raw) {
    SortedMap<String, Object> wanted = comparable(expected, actual);
    SortedMap<String, Object> found = comparable(actual, expected);
    TreeSet<String> names = new TreeSet<>(wanted.keySet());
    if (strict) {
      names.addAll(found.keySet());
    }
    List<FieldDifference> differences = new ArrayList<>();
    for (String name : names) {
      Object want = wanted.get(name);
      Object got = found.get(name);
      if (!equal(name, want, got, raw)) {
        differences.add(new FieldDifference(name, want, got));
      }
    }
    return differences;
  }

  private SortedMap<String, Object> comparable(FlatEvent event, FlatEvent other) {
    SortedMap<String, Object> fields = new TreeMap<>(event.fields());
    fields.remove("recv_time");
    if (!time) {
      fields.remove(TIME);
    }
    HOSTS.forEach(
        (host, sources) -> {
          if (sources.stream().anyMatch(s -> has(event, s) || has(other, s))) {
            fields.remove(host);
          }
        });
    fields.putIfAbsent(IMPORTANCE, "info");
    return fields;
  }

  private static boolean has(FlatEvent event, String field) {
    return event.fields().containsKey(field);
  }

  private static boolean equal(
      String name, @Nullable Object expected, @Nullable Object actual, String raw) {
    if (expected == null || actual == null) {
      return expected == actual;
    }
    if (expected instanceof BigDecimal a && actual instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    if (expected.equals(actual)) {
      return true;
    }
    return isTime(name)
        && expected instanceof String a
        && actual instanceof String b
        && sameTime(a, b, raw, name.equals(TIME));
  }

  private static boolean isTime(String name) {
    return name.equals(TIME) || name.endsWith("_time");
  }

  private static boolean sameTime(String expected, String actual, String raw, boolean seconds) {
    try {
      OffsetDateTime want = OffsetDateTime.parse(expected);
      OffsetDateTime got = OffsetDateTime.parse(actual);
      if (!raw.contains(Integer.toString(want.getYear()))) {
        got = got.withYear(want.getYear());
      }
      return seconds
          ? want.truncatedTo(ChronoUnit.SECONDS).isEqual(got.truncatedTo(ChronoUnit.SECONDS))
          : want.isEqual(got);
    } catch (DateTimeException e) {
      return false; // not both are times, and they are not equal as texts
    }
  }
}
