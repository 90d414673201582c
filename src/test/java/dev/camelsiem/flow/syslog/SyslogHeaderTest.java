package dev.camelsiem.flow.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTimeParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases of {@code syslog/headers/*.yaml}. */
class SyslogHeaderTest {
  private static final Path CASES = Path.of("src/test/resources/syslog/headers");
  private static final String NOW = "2026-11-22T12:00:00Z";

  /** The same case in the middle of a larger array, so that no position is relative by luck. */
  private static final byte[] AROUND = "<1>Jan 1 00:00:00 ".getBytes(StandardCharsets.UTF_8);

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<Path> files;
    try (var found = Files.list(CASES)) {
      files = found.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    return files.stream().flatMap(SyslogHeaderTest::casesOf);
  }

  private static Stream<DynamicTest> casesOf(Path file) {
    try {
      List<Map<String, Object>> cases =
          new YAMLMapper().readValue(file.toFile(), new TypeReference<>() {});
      return cases.stream()
          .map(one -> dynamicTest(file.getFileName() + ": " + one.get("name"), () -> check(one)));
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static void check(Map<String, Object> one) {
    byte[] line =
        ((String) Objects.requireNonNull(one.get("line"))).getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[line.length + 2 * AROUND.length];
    System.arraycopy(AROUND, 0, bytes, 0, AROUND.length);
    System.arraycopy(line, 0, bytes, AROUND.length, line.length);
    System.arraycopy(AROUND, 0, bytes, AROUND.length + line.length, AROUND.length);
    long now = Instant.parse((String) one.getOrDefault("now", NOW)).toEpochMilli();
    int end = AROUND.length + line.length;
    SyslogHeader header = new SyslogHeader();

    header.read(bytes, AROUND.length, end, false);

    assertThat(describe(header, bytes, end, now)).isEqualTo(expected(one));
  }

  private static Map<String, Object> expected(Map<String, Object> one) {
    Map<String, Object> fields = new LinkedHashMap<>(one);
    fields.keySet().removeAll(List.of("name", "line", "now"));
    return fields;
  }

  private static Map<String, Object> describe(
      SyslogHeader header, byte[] bytes, int end, long now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    boolean found = header.priority() >= 0 || header.timestamp() != null;
    fields.put("format", header.isRfc5424() ? "RFC5424" : found ? "RFC3164" : "NONE");
    if (header.priority() >= 0) {
      fields.put("priority", header.priority());
    }
    Text date = header.timestamp();
    if (date != null) {
      DateTimeParser dates = new DateTimeParser();
      assertThat(dates.header(bytes, date.from(), end, false, now)).isEqualTo(date.to());
      fields.put("time", Instant.ofEpochMilli(dates.value().epochMillis()).toString());
    }
    Text host = header.host();
    if (host != null) {
      fields.put("host", host.toString());
    }
    int from = header.messageFrom();
    int start = AROUND.length;
    if (header.isRfc5424()) {
      parts(fields, new String(bytes, start, from - start, StandardCharsets.UTF_8));
    } else {
      start = Math.max(start, date == null ? 0 : date.to());
      start = Math.max(start, host == null ? 0 : host.to());
      tag(fields, new String(bytes, start, from - start, StandardCharsets.UTF_8));
    }
    fields.put("message", new String(bytes, from, end - from, StandardCharsets.UTF_8));
    return fields;
  }

  /** The words of a header of RFC 5424 behind the host. */
  private static void parts(Map<String, Object> fields, String header) {
    String[] words = header.replace("\uFEFF", "").split(" ", 7);
    List<String> names = List.of("app", "pid", "msgid", "sd");
    for (int i = 3; i < words.length; i++) {
      String word = words[i].strip();
      if (!word.isEmpty() && !word.equals("-")) {
        fields.put(names.get(i - 3), word);
      }
    }
  }

  /** What is cut off behind date and host of RFC 3164. */
  private static void tag(Map<String, Object> fields, String cut) {
    String tag = cut.substring(cut.indexOf('>') + 1).strip();
    tag = tag.endsWith(":") ? tag.substring(0, tag.length() - 1) : tag;
    int open = tag.endsWith("]") ? tag.indexOf('[') : -1;
    if (open >= 0) {
      fields.put("pid", tag.substring(open + 1, tag.length() - 1));
    }
    if (!tag.isEmpty()) {
      fields.put("app", open < 0 ? tag : tag.substring(0, open));
    }
  }
}
