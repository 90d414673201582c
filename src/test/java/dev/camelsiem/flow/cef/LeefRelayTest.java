package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are LEEF already: read for the category filter, passed on as they are. */
class LeefRelayTest {
  private static final CefMapping MAPPING =
      CefMappings.load("src/test/resources/conformance/cef-mapping/good-leef-relay.yaml");
  private static final String[] PIECES = {
    "|",
    "\\",
    "\t",
    "^",
    "=",
    "\n",
    "\r",
    "x09|",
    "0x5E|",
    "LEEF:",
    "LEEF:2.0|",
    "CEF:0|",
    "sev=",
    "\u0000",
    "\u00a6",
    "\ud83d\ude00",
    " ",
    "1"
  };

  private final List<DeadLetter> letters = new ArrayList<>();
  private final CefFacts facts = new CefFacts(List.of(MAPPING), "group");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LEEF:2.0|a|b|1|AUTH-1|x09|sev=7{t}group=g; 7; g",
        "LEEF:2.0|a|b|1|AUTH-1|0x09|sev=7{t}group=g; 7; g",
        "LEEF:2.0|a|b|1|AUTH-1|{t}|sev=7{t}group=g; 7; g",
        "LEEF:2.0|a|b|1|AUTH-1||sev=7{t}group=g; 7; g",
        "LEEF:2.0|a|b|1|AUTH-1|^|sev=7^group=g; 7; g",
        "LEEF:2.0|a|b|1|AUTH-1|x5E|group=g^sev=10; 10; g",
        "LEEF:2.0|a|b|1|AUTH-1|xa6|group=g\u00a6sev=10; 10; g",
        "LEEF:2.0|a|b|1|AUTH-1|x|group=gxsev=10; 10; g",
        "LEEF:2.0|a|b|1|AUTH-1|sev=7{t}group=g|h; 7; g|h",
        "LEEF:1.0|a|b|1|AUTH-1|sev=7{t}group=g; 7; g",
        "<13>Jan 18 11:07:53 h LEEF:1.0|a|b|1|AUTH-1|xsev=9{t}group=; 0; ",
        "LEEF:1.0|a|b|1|AUTH-1; 0; ",
        "LEEF:1.0|a|b|1|AUTH-1|; 0; ",
        "LEEF:2.0|a|b|1|AUTH-1|x09|msg=sev=7{t}sev=high; 8; ",
        "LEEF:2.0|CEF:0|b|1|AUTH-1|x09|sev=99{t}group=CEF:0|a|b|c|d|e|f|; 10; CEF:0|a|b|c|d|e|f|",
      })
  void theFilterKnowsThem(String line, int severity, String group) {
    byte[] bytes = line.replace("{t}", "\t").getBytes(StandardCharsets.UTF_8);
    CefFacts.Result found = facts.of(bytes, 0, bytes.length);
    assertThat(found.refusal()).isNull();
    assertThat(found.facts())
        .isEqualTo(new EventFacts("AUTH-1", "AUTH", severity, "OTHER", null, group));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello", "LEEF:2.0|a|b|1", "LEEF:x|a|b|c|d|", "xLEEF:2.0|a|b|c|d|", "CEF:0|a|b|c"})
  void whatIsNoneIsRefused(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    assertThat(facts.of(bytes, 0, bytes.length).refusal())
        .isNotNull()
        .extracting(Refusal::reason)
        .isEqualTo(StopReason.MALFORMED);
  }

  @Test
  void whatIsTooLongIsRefused() {
    byte[] bytes =
        ("LEEF:2.0|a|b|1|AUTH-1|x09|msg=" + "x".repeat(CefReader.LONGEST_LINE))
            .getBytes(StandardCharsets.UTF_8);
    assertThat(facts.of(bytes, 0, bytes.length).refusal())
        .isNotNull()
        .extracting(Refusal::reason)
        .isEqualTo(StopReason.TOO_LARGE);
  }

  /** With mappings of both formats a line is what it begins as, whatever is in it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LEEF:2.0|CEF:0|b|1|AUTH-1|x09|sev=7; AUTH-1; 7",
        "<13>Jan 18 11:07:53 h LEEF:1.0|a|b|1|ADM-1|sev=7; ADM-1; 7",
        "CEF:0|a|b|1|AUTH-1|n|3|msg=LEEF:2.0|a|b|1|ADM-1|sev\\=9; AUTH-1; 3",
        "<13>Jan 18 11:07:53 h CEF:0|LEEF:1.0|b|1|ADM-1|n|3|; ADM-1; 3",
      })
  void mappingsOfBothFormatsStandTogether(String line, String id, int severity) {
    CefFacts both = new CefFacts(List.of(Events.MAPPING, MAPPING), null);
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    EventFacts found = both.of(bytes, 0, bytes.length).facts();
    assertThat(found).isNotNull();
    assertThat(found.id()).isEqualTo(id);
    assertThat(found.severity()).isEqualTo(severity);
    assertThat(found.category()).isEqualTo(id.equals("ADM-1") ? "ADMINISTRATION" : "OTHER");
    byte[] none = "hello".getBytes(StandardCharsets.UTF_8);
    assertThat(both.of(none, 0, none.length).refusal()).isNotNull();
    assertThat(both.formats()).isEqualTo("CEF or LEEF");
  }

  /** There is no escape in LEEF that could stand for a break. */
  @Test
  void breaksBecomeBlanks() {
    assertThat(relay("LEEF:2.0|a|b|1|AUTH-1|x09|a=1|2|3|4\r\nLEEF:1.0|x\ty=\\\nz\n"))
        .containsExactly("LEEF:2.0|a|b|1|AUTH-1|x09|a=1|2|3|4 LEEF:1.0|x\ty=\\ z");
  }

  /** Whatever a line is like: it is a letter or one frame, the same each time. */
  @Property(tries = 10_000, seed = "4101")
  void onHostileLines(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder line = new StringBuilder("<13>Jan 18 11:07:53 h LEEF:2.0|a|b|c|AUTH-1|x09|sev=5");
    for (int edits = 1 + random.nextInt(6); edits > 0; edits--) {
      int at = random.nextInt(line.length());
      if (random.nextInt(3) == 0) {
        line.deleteCharAt(at);
      } else {
        line.insert(at, PIECES[random.nextInt(PIECES.length)]);
      }
    }
    letters.clear();
    EncodedBatch batch = relay(line.toString());
    assertThat(batch.size() + letters.size()).isEqualTo(1);
    for (int i = 0; i < batch.size(); i++) {
      assertThat(batch.get(i)).doesNotContain("\n", "\r");
      assertThat(relay(batch.get(i))).containsExactly(batch.get(i));
    }
  }

  private EncodedBatch relay(String line) {
    return new LineRelay(List.of(MAPPING), "group")
        .relay(List.of(RawEvent.of(line, "test", 1)), letters::add);
  }
}
