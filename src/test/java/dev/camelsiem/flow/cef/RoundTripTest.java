package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import com.fluenda.parcefone.event.CEFHandlingException;
import com.fluenda.parcefone.event.CommonEvent;
import com.fluenda.parcefone.parser.CEFParser;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.text.Utf8;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the values hold: one clean line, read back equal by our reader and by ParCEFone. */
class RoundTripTest {
  static final Map<String, String> RUNTIME = new LinkedHashMap<>();
  static final Map<String, String> STATUS = new LinkedHashMap<>();

  /** ParCEFone makes dates of them. */
  private static final Set<String> DATES = Set.of("rt", "start");

  private static final List<String> HOSTILE =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "|",
          "\\",
          "=",
          " ",
          "  ",
          "\t",
          "\u0000",
          "\u001b",
          "\u007f",
          "\u0085",
          "\u009f",
          "\ud800",
          "\udfff",
          "\ud83d\ude00",
          "\u00e9",
          "\u4e2d",
          "\u2028",
          "\ufeff",
          "a",
          "Z",
          "9",
          "\\n",
          "\\=",
          "\\\\",
          " cs1=x",
          " act=",
          " outcome\\=y",
          "\"",
          "CEF:0|a|b|c|d|e|5|x=y",
          "key[0].x=");

  static {
    RUNTIME.put("source", "source");
    RUNTIME.put("process", "dproc");
    RUNTIME.put("euid", "duid");
    RUNTIME.put("egid", "flexString1");
    RUNTIME.put("containerId", "flexString2");
    RUNTIME.put("cluster", "cs1");
    RUNTIME.put("command", "cs4");
    RUNTIME.put("nodeIp", "cs7");
    RUNTIME.put("image", "request");
    RUNTIME.put("imageDigest", "fileHash");
    RUNTIME.put("operation", "act");
    RUNTIME.put("path", "filePath");
    RUNTIME.put("uid", "externalId");
    RUNTIME.put("message", "msg");
    STATUS.put("source", "source");
    STATUS.put("user", "suser");
    STATUS.put("artifact", "fname");
    STATUS.put("reason", "reason");
    STATUS.put("category", "cat");
    STATUS.put("message", "msg");
  }

  private final BatchEncoder encoder =
      new BatchEncoder(
          Events.encoding(
              o ->
                  o.header("rfc3164")
                      .profile("extended")
                      .eventId(false) // externalId is here what the event says
                      .pri("3")
                      .maxMessageBytes(1 << 20)));
  private final CefReader reader = new CefReader();

  @Provide
  Arbitrary<String> hostile() {
    return hostileText();
  }

  static Arbitrary<String> hostileText() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, Arbitraries.of(HOSTILE)),
            net.jqwik.api.Tuple.of(3, Arbitraries.strings().ascii().ofMaxLength(12)),
            net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(12)),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.of("x".repeat(250), "\ud83d\ude00".repeat(1020), "y".repeat(60))))
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 800, seed = "4001")
  void runtimeEvents(@ForAll("hostile") String value, @ForAll("hostile") String other) {
    check("PM-002", "mode", "Other", RUNTIME, value, other);
  }

  @Property(tries = 800, seed = "4002")
  void statusEvents(@ForAll("hostile") String value, @ForAll("hostile") String other) {
    check("CVE-001", "status", "Error", STATUS, value, other);
  }

  /** Sends an event with these values in fields of all kinds, and reads the line. */
  void check(
      String id,
      String outcomeField,
      String outcome,
      Map<String, String> keys,
      String value,
      String other) {
    Map<String, Object> event = Events.event(id, outcomeField, outcome);
    int n = 0;
    for (String field : keys.keySet()) {
      event.put(field, n++ % 2 == 0 ? value : other);
    }
    EncodedBatch batch = encoder.encode(List.of(Events.raw(event)), letter -> {});
    assertClean(batch);
    String line = batch.get(0);
    CefMessage message = Objects.requireNonNull(reader.read(line).message());
    assertThat(message.warnings()).isEmpty();
    assertThat(message.priority()).isNotNull();
    assertThat(message.timestamp()).isEqualTo("Feb 18 10:07:28");
    assertThat(message.id()).isEqualTo(id);
    for (Map.Entry<String, String> key : keys.entrySet()) {
      String expected = expected((String) event.get(key.getKey()), limit(key.getValue()));
      String read = message.extensions().get(key.getValue());
      if (key.getKey().equals("category") && expected.isEmpty()) {
        expected = "Detection"; // the mapping's own name steps in
      }
      assertThat(read == null ? "" : read).as(key.getValue()).isEqualTo(expected);
    }
    assertThat(message.extensions()).containsEntry("outcome", outcome);
    assertIndependent(line, message);
  }

  static void assertClean(EncodedBatch batch) {
    assertThat(Utf8.firstInvalid(batch.array(), batch.start(0), batch.end(0))).isEqualTo(-1);
    int bad = 0;
    for (int i = batch.start(0); i < batch.end(0); i++) {
      byte b = batch.array()[i];
      bad += b >= 0 && (b < 0x20 || b == 0x7F) ? 1 : 0;
    }
    assertThat(bad).as("controls in the line").isZero();
  }

  /** ParCEFone leaves escapes in values and wants no PRI; the caller undoes both. */
  static void assertIndependent(String line, CefMessage ours) {
    String bare = line.substring(line.indexOf('>') + 1);
    Map<String, Object> theirs = new LinkedHashMap<>();
    try {
      CommonEvent event =
          Objects.requireNonNull(
              new CEFParser().parse(bare.getBytes(StandardCharsets.UTF_8), false, Locale.ENGLISH),
              "ParCEFone refused " + bare);
      theirs.putAll(event.getExtension(true, true));
      assertThat(event.getHeader()).containsEntry("deviceEventClassId", ours.id());
      assertThat(event.getHeader()).containsEntry("severity", ours.severity());
    } catch (CEFHandlingException e) {
      throw new AssertionError(bare, e);
    }
    List<String> odd = new ArrayList<>();
    ours.extensions()
        .forEach(
            (key, value) -> {
              if (!DATES.contains(key) && !isSame(value, theirs.get(key))) {
                odd.add(key + ": ours <" + value + "> theirs <" + theirs.get(key) + ">");
              }
            });
    assertThat(odd).isEmpty();
    assertThat(theirs.keySet()).isEqualTo(ours.extensions().keySet());
  }

  /** ParCEFone makes numbers and addresses of what the dictionary says is one. */
  private static boolean isSame(String ours, Object theirs) {
    if (theirs instanceof Number number) {
      return new BigDecimal(ours).compareTo(new BigDecimal(number.toString())) == 0;
    }
    if (theirs instanceof InetAddress address) {
      return address(ours).equals(address);
    }
    return ours.equals(unescape(theirs));
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(literal, e);
    }
  }

  private static String unescape(Object value) {
    String text = String.valueOf(value);
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static int limit(String key) {
    return Events.MAPPING.extension().stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .orElseThrow()
        .limit();
  }

  /** The rules of kcs-cef 2.2 said again, slowly. */
  static String expected(String raw, int limit) {
    String cut = trim(raw);
    if (cut.codePointCount(0, cut.length()) > limit) {
      cut = trim(cut.substring(0, cut.offsetByCodePoints(0, limit)));
    }
    StringBuilder clean = new StringBuilder();
    cut.replace("\r\n", "\n")
        .codePoints()
        .forEach(
            c -> {
              if (c == '\t') {
                clean.append(' ');
              } else if (c == '\n' || c == '\r') {
                clean.appendCodePoint(c);
              } else if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                clean.append('?');
              } else {
                clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }

  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && " \r\n\t".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && " \r\n\t".indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }
}
