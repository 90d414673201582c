package dev.camelsiem.flow.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.camelsiem.flow.syslog.SyslogHeader.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases of {@code syslog/headers/*.yaml}. */
class SyslogHeaderParserTest {
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
    return files.stream().flatMap(SyslogHeaderParserTest::casesOf);
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
    SyslogHeaderParser parser =
        new SyslogHeaderParser(ZoneId.of((String) one.getOrDefault("zone", "UTC")));
    long now = Instant.parse((String) one.getOrDefault("now", NOW)).toEpochMilli();

    SyslogHeader header = parser.parse(bytes, AROUND.length, AROUND.length + line.length, now);

    assertThat(describe(header, bytes)).isEqualTo(expected(one));
  }

  private static Map<String, Object> expected(Map<String, Object> one) {
    Map<String, Object> fields = new LinkedHashMap<>(one);
    fields.keySet().removeAll(List.of("name", "line", "now", "zone"));
    return fields;
  }

  private static Map<String, Object> describe(SyslogHeader header, byte[] bytes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", header.format().name());
    if (header.priority() >= 0) {
      fields.put("priority", header.priority());
      assertThat(header.facility() * 8 + header.syslogSeverity()).isEqualTo(header.priority());
    }
    if (header.time() != SyslogHeader.NO_TIME) {
      fields.put("time", Instant.ofEpochMilli(header.time()).toString());
    }
    put(fields, "host", header.text(bytes, Part.HOST));
    put(fields, "app", header.text(bytes, Part.APP));
    put(fields, "pid", header.text(bytes, Part.PROCESS_ID));
    put(fields, "msgid", header.text(bytes, Part.MESSAGE_ID));
    put(fields, "sd", header.text(bytes, Part.STRUCTURED_DATA));
    int length = header.messageTo() - header.messageFrom();
    fields.put("message", new String(bytes, header.messageFrom(), length, StandardCharsets.UTF_8));
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
