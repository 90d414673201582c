package dev.camelsiem.flow.cef;

import static dev.camelsiem.flow.cef.Events.encoding;
import static dev.camelsiem.flow.cef.Events.event;
import static dev.camelsiem.flow.cef.Events.extension;
import static dev.camelsiem.flow.cef.Events.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the vectors do not show of kcs-cef sections 1 to 5. */
class CefEncoderTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "10.0.0.1, src=10.0.0.1",
        "010.001.000.001, src=10.1.0.1",
        "::ffff:10.0.0.1, src=10.0.0.1",
        "::FFFF:0A00:0001, src=10.0.0.1",
        "2001:DB8::1, c6a2=2001:db8::1 c6a2Label=Source IPv6 Address",
        "[2001:db8::1], c6a2=2001:db8::1 c6a2Label=Source IPv6 Address",
        "fe80::1%eth0, c6a2=fe80::1 c6a2Label=Source IPv6 Address",
        "0:0:1:0:0:0:0:1, c6a2=0:0:1::1 c6a2Label=Source IPv6 Address",
        "1:0:0:2:0:0:3:4, c6a2=1::2:0:0:3:4 c6a2Label=Source IPv6 Address",
        "1:0:2:3:4:5:6:7, c6a2=1:0:2:3:4:5:6:7 c6a2Label=Source IPv6 Address",
        "::, c6a2=:: c6a2Label=Source IPv6 Address",
        "300.1.1.1, -",
        "10.0.0, -",
        "host.example, -",
        "1::2::3, -",
        "12345::, -",
        "::ffff:300.1.1.1, -"
      })
  void writesAddressesByVersion(String address, String expected) {
    CefEncoding encoding = encoding();
    String extension =
        Events.afterHeader(
            line(encoding, event("ADM-001", "status", "Success", "sourceIp", address)));
    assertThat(extension).isEqualTo((expected == null ? "" : expected + " ") + "outcome=Success");
    Map<String, Long> dropped = encoding.counters().droppedKeys();
    assertThat(dropped).isEqualTo(expected == null ? Map.of("src", 1L) : Map.of());
  }

  @Test
  void dropsAndCountsPortsThatAreNone() {
    CefEncoding encoding = encoding();
    Map<String, Object> event =
        event("NT-001", "mode", "Audited", "sourcePort", 70000, "destinationPort", -1);
    assertThat(Events.afterHeader(line(encoding, event))).isEqualTo("outcome=Audited");
    event.put("sourcePort", "http");
    event.put("destinationPort", "443");
    assertThat(Events.afterHeader(line(encoding, event))).isEqualTo("dpt=443 outcome=Audited");
    assertThat(encoding.counters().droppedKeys()).isEqualTo(Map.of("spt", 2L, "dpt", 1L));
    assertThat(encoding.counters().encoded()).isEqualTo(2);
  }

  @Test
  void countsTheLinesOfABatchThatEndsEarly() {
    CefEncoding encoding = encoding();
    List<RawEvent> events =
        List.of(
            Events.raw(event("ADM-001", "status", "Success")),
            Events.raw(event("XX-001")),
            Events.raw(event("XX-002")), // the letter of the one before goes out
            Events.raw(event("ADM-002", "status", "Success")));
    assertThatThrownBy(
            () ->
                new BatchEncoder(encoding)
                    .encode(
                        events,
                        letter -> {
                          throw new IllegalStateException("no room");
                        }))
        .hasMessage("no room");
    assertThat(encoding.counters().encoded()).isEqualTo(1);
    assertThat(encoding.counters().refused()).isEqualTo(2);
  }

  @Test
  void dropsNumbersThatAreNone() {
    CefEncoding encoding = encoding();
    Map<String, Object> event =
        event("PM-001", "mode", "Other", "pid", "abc", "parentPid", 1e3, "newPid", 1L << 40);
    assertThat(Events.afterHeader(line(encoding, event)))
        .isEqualTo("spid=1000 cn1=1099511627776 cn1Label=New PID outcome=Other");
    event.put("pid", 1L << 40);
    event.put("parentPid", 1.5);
    line(encoding, event);
    assertThat(encoding.counters().droppedKeys()).isEqualTo(Map.of("dpid", 2L, "spid", 1L));
  }

  /** Windows writes the ids of processes so. */
  @ParameterizedTest
  @CsvSource({
    "0xe574, dpid=58740",
    "0X0, dpid=0",
    "0x7fffffff, dpid=2147483647",
    "0x80000000, ''",
    "0x7fffffffffffffff1, ''",
    "0x, ''",
    "0xg1, ''",
    "-0x1, ''",
    "x1, ''"
  })
  void takesHexadecimalNumbers(String pid, String expected) {
    assertThat(extension(event("PM-001", "mode", "Other", "pid", pid)))
        .isEqualTo((expected + " outcome=Other").strip());
  }

  /** Neither a port nor a text has a number that nobody could write out; both are counted. */
  @Test
  void dropsAndCountsNumbersWithoutEnd() {
    CefEncoding encoding = encoding();
    BigDecimal huge = new BigDecimal("1e999999999");
    Map<String, Object> event =
        event("NT-001", "mode", "Audited", "sourcePort", huge, "pid", huge.negate(), "user", huge);
    assertThat(Events.afterHeader(line(encoding, event))).isEqualTo("outcome=Audited");
    assertThat(encoding.counters().droppedKeys()).containsEntry("spt", 1L).hasSizeGreaterThan(1);
  }

  @Test
  void replacesControls() {
    assertThat(
            extension(event("ADM-1", "status", "ok", "user", "a\tb\u0000c\u001bd\u007fe\u0085f")))
        .isEqualTo("suser=a b?c?d?e?f outcome=Success");
    assertThat(extension(event("ADM-1", "status", "ok", "user", "\ta\r\nb\rc\nd\r\n ")))
        .isEqualTo("suser=a\\nb\\rc\\nd outcome=Success");
  }

  @Test
  void neverCutsACharacterInHalf() {
    String smile = "\uD83D\uDE00";
    String raw = "x".repeat(1022) + smile + "tail";
    assertThat(extension(event("API-1", "status", "Error", "reason", raw)))
        .isEqualTo("outcome=Error reason=" + "x".repeat(1022) + smile);
    assertThat(extension(event("ADM-1", "status", "ok", "user", "a\uD83Db\uDE00")))
        .isEqualTo("suser=a?b? outcome=Success");
  }

  @Test
  void leavesNoBlankWhereAValueWasCut() {
    String raw = "x".repeat(1020) + "  \n tail";
    assertThat(extension(event("API-1", "status", "Error", "reason", raw)))
        .isEqualTo("outcome=Error reason=" + "x".repeat(1020));
  }

  @ParameterizedTest
  @CsvSource({
    "Audit, Audited, 7",
    "ENFORCE, Blocked, 7",
    "enforced, Blocked, 7",
    "block, Blocked, 7",
    "Learning, Other, 3",
    "'', Other, 3"
  })
  void knowsTheWordsOfModes(String mode, String token, int severity) {
    EncodedBatch batch = Events.batch(encoding(), event("PM-1", "mode", mode), new ArrayList<>());
    assertThat(Events.afterHeader(batch.get(0))).isEqualTo("outcome=" + token);
    assertThat(batch.facts(0)).extracting(EventFacts::severity).isEqualTo(severity);
  }

  @Test
  void sendsReasonWithErrorsOnly() {
    assertThat(extension(event("CI-002", "status", "failure", "reason", "no disk")))
        .isEqualTo("outcome=Error reason=no disk");
    assertThat(extension(event("CI-002", "status", "Success", "reason", "no disk")))
        .isEqualTo("outcome=Success");
  }

  @ParameterizedTest
  @CsvSource({
    "0644, 0644",
    "644, 0644",
    "04755, 04755",
    "100644, 0644",
    "0o755, 0755",
    "7, 0007",
    "rw-r--r--, rw-r--r--"
  })
  void writesFileModesInOctal(String mode, String expected) {
    assertThat(extension(event("FM-1", "mode", "Other", "operation", "chmod", "fileMode", mode)))
        .isEqualTo("act=chmod filePermission=" + expected + " outcome=Other");
  }

  @Test
  void takesANumberAsModeT() {
    assertThat(extension(event("FM-1", "mode", "Other", "fileMode", 33261)))
        .isEqualTo("filePermission=0755 outcome=Other");
  }

  @Test
  void givesResponsesTheDirectionOfTheirConnection() {
    assertThat(extension(event("NT-1", "mode", "Other", "operation", "ingress_response")))
        .isEqualTo("deviceDirection=0 act=ingress_response outcome=Other");
    assertThat(
            extension(
                event("NT-1", "mode", "Other", "operation", "egress", "direction", "inbound")))
        .isEqualTo("deviceDirection=0 act=egress outcome=Other");
  }

  @Test
  void keepsFamiliesApart() {
    Map<String, Object> all =
        event(
            "FM-1",
            "mode",
            "Other",
            "status",
            "Error",
            "user",
            "u",
            "reason",
            "r",
            "artifact",
            "a",
            "command",
            "c",
            "newOwner",
            "o",
            "destinationIp",
            "10.0.0.1",
            "newPid",
            5);
    assertThat(extension(all)).isEqualTo("cs4=o cs4Label=NewOwner outcome=Other");
    all.put("id", "FPM-1");
    assertThat(extension(all))
        .isEqualTo("cn1=5 cn1Label=New PID cs4=c cs4Label=Command outcome=Other");
    all.put("id", "CMP-001");
    assertThat(extension(all)).isEqualTo("suser=u fname=a outcome=Error reason=r");
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2025-02-18T10:07:28Z, Feb 18 10:07:28",
    "Europe/Moscow, 2025-02-18T22:07:28Z, Feb 19 01:07:28",
    "Europe/Berlin, 2025-03-30T00:59:59Z, Mar 30 01:59:59",
    "Europe/Berlin, 2025-03-30T01:00:00Z, Mar 30 03:00:00",
    "Asia/Kolkata, 2024-12-31T18:29:59.999Z, Dec 31 23:59:59",
    "America/New_York, 2025-02-18T10:07:28+03:00, Feb 18 02:07:28",
    "UTC, 1739873248123, Feb 18 10:07:28",
    "UTC, 1739873248, Feb 18 10:07:28",
    "UTC, 2025-02-18 10:07:28, Feb 18 10:07:28"
  })
  void writesTheEventsTimeInTheZone(String zone, String time, String expected) {
    CefEncoding encoding = encoding(options -> options.header("rfc3164").zone(zone));
    Map<String, Object> event = event("API-1", "status", "ok");
    event.put("time", time);
    assertThat(line(encoding, event)).startsWith(expected + " host CEF:0|");
  }

  @Test
  void takesTheTimeOfArrivalWhenThereIsNoOther() {
    CefEncoding encoding = encoding(options -> options.header("rfc3164"));
    BatchEncoder encoder = new BatchEncoder(encoding);
    byte[] json =
        "{\"id\":\"API-1\",\"status\":\"ok\",\"time\":\"yesterday\"}"
            .getBytes(StandardCharsets.UTF_8);
    RawEvent raw = new RawEvent(json, 0, json.length, "test", 1, 1739873248000L);
    assertThat(encoder.encode(List.of(raw), letter -> {}).get(0)).startsWith("Feb 18 10:07:28 ");
    assertThat(encoding.counters().timesReplaced()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 134", "3, 134", "4, 132", "6, 132", "7, 131", "8, 131", "9, 130", "10, 130"})
  void mapsSeverityToPriority(int severity, int priority) {
    CefEncoding encoding =
        encoding(options -> options.header("rfc3164").pri("16").severity("API", severity));
    assertThat(line(encoding, event("API-1", "status", "ok"))).startsWith("<" + priority + ">Feb");
  }

  @Test
  void writesRfc5424WithoutByteOrderMark() {
    CefEncoding encoding = encoding(options -> options.header("rfc5424").pri("1"));
    assertThat(line(encoding, event("API-001", "status", "Success")))
        .isEqualTo(
            "<14>1 2025-02-18T10:07:28.000Z host kcs - API-001 - "
                + "CEF:0|Kaspersky|Kaspersky Container Security|2.0|API-001|API|3|outcome=Success");
  }

  @Test
  void prefersTheOverrideOfAnId() {
    CefEncoding encoding =
        encoding(
            options ->
                options
                    .severityOverrides("AG=1, AG-002=9")
                    .name("AG", "Agent")
                    .name("AG-002", "Lost"));
    assertThat(line(encoding, event("AG-001", "status", "Error"))).contains("|AG-001|Agent|1|");
    assertThat(line(encoding, event("AG-002", "status", "Success"))).contains("|AG-002|Lost|9|");
  }

  @Test
  void shortensValuesInOrderAndNeverTheTail() {
    CefEncoding encoding = encoding(options -> options.maxMessageBytes(2048));
    Map<String, Object> event =
        event(
            "PM-1",
            "mode",
            "Other",
            "command",
            "c".repeat(4000),
            "path",
            "/p".repeat(200),
            "image",
            "i".repeat(500));
    String line = line(encoding, event);
    assertThat(line).hasSizeLessThanOrEqualTo(2048).endsWith("outcome=Other");
    assertThat(Events.afterHeader(line))
        .isEqualTo(
            "cs4="
                + "c".repeat(256)
                + " cs4Label=Command request="
                + "i".repeat(500)
                + " filePath="
                + "/p".repeat(200)
                + " outcome=Other");
    assertThat(encoding.counters().shortened()).isEqualTo(1);
  }

  @Test
  void dropsTheCommandWhenShorteningIsNotEnough() {
    CefEncoding encoding = encoding(options -> options.maxMessageBytes(1000));
    Map<String, Object> event =
        event(
            "PM-1",
            "mode",
            "Other",
            "command",
            "c".repeat(4000),
            "path",
            "p".repeat(1023),
            "process",
            "q".repeat(1023),
            "image",
            "i".repeat(1023));
    assertThat(Events.afterHeader(line(encoding, event)))
        .isEqualTo(
            "dproc="
                + "q".repeat(256)
                + " request="
                + "i".repeat(256)
                + " filePath="
                + "p".repeat(256)
                + " outcome=Other");
  }

  @Test
  void refusesWhatDoesNotFitHoweverShort() {
    CefEncoding encoding = encoding(options -> options.maxMessageBytes(480));
    List<DeadLetter> rejected = new ArrayList<>();
    Map<String, Object> event =
        event("PM-1", "mode", "Other", "container", "ж".repeat(300), "pod", "ж".repeat(300));
    assertThat(Events.batch(encoding, event, rejected)).isEmpty();
    assertThat(rejected).extracting(DeadLetter::reason).containsExactly(StopReason.TOO_LARGE);
  }

  @Test
  void countsBytesNotCharactersAgainstTheLimit() {
    CefEncoding encoding = encoding(options -> options.maxMessageBytes(2048));
    Map<String, Object> event = event("API-1", "status", "Error", "reason", "ж".repeat(1023));
    byte[] line = line(encoding, event).getBytes(StandardCharsets.UTF_8);
    assertThat(line.length).isLessThanOrEqualTo(2048);
  }

  @Test
  void sharesFactsOfEventsThatAreAlike() {
    BatchEncoder encoder = new BatchEncoder(encoding());
    Map<String, Object> event = event("FPM-1", "mode", "Blocked", "agentGroup", "G1");
    EncodedBatch batch =
        encoder.encode(List.of(Events.raw(event), Events.raw(event)), letter -> {});
    assertThat(batch.facts(0))
        .isEqualTo(new EventFacts("FPM-1", "FPM", 8, "CONTAINER_EVENTS", "PROCESSES", "G1"))
        .isSameAs(batch.facts(1));
    assertThat(batch.get(0)).doesNotContain("G1");
  }

  /** Lines of a file share their array and their source. */
  @Test
  void whatStoppedInOneLineIsNotSummedUpWithTheNext() {
    byte[] bytes = "1\n[{\"id\":\"API-001\",\"status\":\"Error\"},1]".getBytes(UTF_8);
    List<RawEvent> lines =
        List.of(
            new RawEvent(bytes, 0, 1, "file", 0, 1, 5, 0),
            new RawEvent(bytes, 2, bytes.length, "file", 2, 1, 5, 0));
    List<DeadLetter> letters = new ArrayList<>();
    assertThat(new BatchEncoder(encoding()).encode(lines, letters::add)).hasSize(1);
    assertThat(letters).extracting(letter -> letter.event().toString()).containsExactly("1", "1");
    assertThat(letters).extracting(letter -> letter.event().position()).containsExactly(0L, 2L);
  }

  @Test
  void refusesIdsThatWouldBreakTheHeader() {
    assertThat(Events.refused(event("ADM-1|x", "status", "ok")).reason())
        .isEqualTo(StopReason.INVALID_FIELD);
    assertThat(Events.refused(event("ADM-" + "1".repeat(2000), "status", "ok")).reason())
        .isEqualTo(StopReason.INVALID_FIELD);
    assertThat(Events.refused(event("  ", "status", "ok")).reason())
        .isEqualTo(StopReason.MISSING_ID);
    assertThat(Events.refused(event("adm-001", "status", "ok")).reason())
        .isEqualTo(StopReason.UNKNOWN_FAMILY);
  }

  @Test
  void survivesAFloodOfIds() {
    BatchEncoder encoder = new BatchEncoder(encoding());
    List<RawEvent> events = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      events.add(Events.raw(event("ADM-" + i, "status", "ok")));
    }
    EncodedBatch batch = encoder.encode(events, letter -> {});
    assertThat(batch).hasSize(10_000);
    assertThat(batch.get(9_999)).contains("|ADM-9999|");
  }

  @Test
  void theExtendedProfileSendsTheIdOfTheEvent() {
    CefEncoding extended = encoding(options -> options.profile("extended"));
    for (long source : new long[] {1, -1, Long.MIN_VALUE, 0x3fa9c1d27b8e4410L}) {
      for (long offset : new long[] {0, 15, 16, -1, Long.MAX_VALUE}) {
        for (int element : new int[] {0, 1, 12_345}) {
          byte[] json = Events.json(event("API-1", "status", "ok")).getBytes(UTF_8);
          RawEvent raw = new RawEvent(json, 0, json.length, "test", offset, 0, source, element);
          EncodedBatch batch = new BatchEncoder(extended).encode(List.of(raw), letter -> {});
          assertThat(batch.id(0)).isEqualTo(new EventId(source, offset, element));
          assertThat(batch.get(0)).endsWith(" externalId=" + batch.id(0));
        }
      }
    }
  }

  @Test
  void theIdOfTheEventIsSentWhenAskedForAndNeverTwice() {
    Map<String, Object> bare = event("API-1", "status", "ok");
    Map<String, Object> named = event("API-1", "status", "ok", "uid", "its own");
    assertThat(line(encoding(), bare)).doesNotContain("externalId");
    assertThat(line(encoding(options -> options.eventId(true)), bare)).contains(" externalId=");
    assertThat(line(encoding(options -> options.profile("extended")), named))
        .contains(" externalId=its own")
        .doesNotContainPattern("externalId.*externalId");
    assertThat(line(encoding(options -> options.eventId(true)), named))
        .as("the kcs profile has no key for uid")
        .containsPattern(" externalId=[0-9a-f]{16}-1$");
    assertThat(line(encoding(options -> options.profile("extended").eventId(false)), bare))
        .doesNotContain("externalId");
  }

  @Test
  void theElementsOfALineAreNumbered() {
    String one = Events.json(event("API-1", "status", "ok"));
    byte[] json = ("[" + one + "," + one + ",\n" + one + "]").getBytes(UTF_8);
    RawEvent raw = new RawEvent(json, 0, json.length, "test", 4096, 0, 5, 0);
    EncodedBatch batch = new BatchEncoder(encoding()).encode(List.of(raw), letter -> {});
    assertThat(List.of(batch.id(0), batch.id(1), batch.id(2)))
        .containsExactly(new EventId(5, 4096, 0), new EventId(5, 4096, 1), new EventId(5, 4096, 2));
  }

  @Test
  void refusesHeaderFieldsThatReadersMiscount() {
    assertThatThrownBy(() -> CefOptions.builder().vendor("a\\"))
        .hasMessageContaining("option vendor: expected text that does not end in a backslash");
    assertThatThrownBy(() -> CefOptions.builder().product("x".repeat(64)))
        .hasMessageContaining("option product");
  }
}
