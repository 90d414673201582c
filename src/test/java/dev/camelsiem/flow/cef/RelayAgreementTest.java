package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.RawEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a line is like: who passes it on and who decodes it say the same of it. */
class RelayAgreementTest {
  private static final byte[] PLAIN = bytes("<13>Feb 18 10:07:28 h CEF:0|a|b|c|ADM-1|e|5|x=y");
  private static final String[] PIECES = {
    "7c",
    "5c",
    "5c7c",
    "5c5c",
    "20",
    "09",
    "00",
    "1f",
    "0a",
    "0d",
    "43454649",
    "4345463a",
    "30",
    "31",
    "2e",
    "39393939",
    "3d",
    "61",
    "ff",
    "80",
    "c3",
    "e282",
    "f09f98",
    "edb080",
    "efbbbf",
    "c2a0",
    "c285",
    "d9a0",
    "e38080",
    "e280a8"
  };

  private final CefReader reader = new CefReader();
  private final CefFacts facts = new CefFacts(List.of(Events.MAPPING), null);

  @Property(tries = 20_000, seed = "4007")
  void onHostileLines(@ForAll long seed) {
    Random random = new Random(seed);
    List<byte[]> line = new ArrayList<>();
    int from = random.nextBoolean() ? 22 : 0;
    for (int i = from; i < PLAIN.length; i++) {
      line.add(new byte[] {PLAIN[i]});
    }
    for (int edits = 1 + random.nextInt(6); edits > 0; edits--) {
      int at = random.nextInt(line.size());
      if (random.nextInt(4) == 0) {
        line.remove(at);
      } else {
        line.add(at, HexFormat.of().parseHex(PIECES[random.nextInt(PIECES.length)]));
      }
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    line.forEach(joined::writeBytes);
    check(joined.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CEF:0\u00ff|a|b|c|d|e|5|x=y",
        "CEF:\u00ff0|a|b|c|d|e|5|x=y",
        "\u00ffCEF:0|a|b|c|d|e|5|x=y",
        "CEF:0.\u00ff|a|b|c|d|e|5|x=y",
        "CEF:0|a|b|c|d\u00ff|e|5|x=y",
        "CEF:0|a|b|c|d|e|5\u00ff|x=y",
        "CEF:0|a|b|c|d|e|5|x=\u00ff",
        "CEF:0|a|b|c|d\\\u00ff|e|5|x=y",
        "CEF:0|a|b|c|\u00c2\u00a0d|e|5|x=y",
        "CEF:0|a|b|c|d\\||e|5|x=y",
        "CEF:0|a|b|c|d\\\\|e|5|x=y",
        "CEF:0|a|b|c|\u0000d|e|\u00005|x=y",
        "CEF:0|a|b|c|d|e|\\5|x=y",
        "CEF:0|a|b|c|d|e|10",
        ""
      })
  void onTheseLines(String latin1) {
    check(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Counted in characters: a megabyte of them may be four of bytes. */
  @Test
  void onLongLines() {
    String line = "CEF:0|a|b|c|ADM-1|e|5|msg=";
    int left = CefReader.LONGEST_LINE - line.length();
    for (String fill : List.of("x", "\u0436", "\u20ac")) {
      check(bytes(line + fill.repeat(left)));
      check(bytes(line + fill.repeat(left + 1)));
    }
    byte[] stray = new byte[CefReader.LONGEST_LINE + 1];
    Arrays.fill(stray, (byte) 0xff);
    System.arraycopy(bytes(line), 0, stray, 0, line.length());
    check(stray);
    check(new byte[4 * CefReader.LONGEST_LINE + 1]);
  }

  private void check(byte[] line) {
    CefReader.Reading reading = reader.read(line, 0, line.length);
    CefFacts.Result result = facts.of(line, 0, line.length);
    assertThat(result.refusal()).isEqualTo(reading.refusal());
    List<DeadLetter> letters = new ArrayList<>();
    EncodedBatch relayed =
        new LineRelay(List.of(Events.MAPPING), null)
            .relay(List.of(new RawEvent(line, 0, line.length, "test", 1, 1)), letters::add);
    assertThat(relayed.size()).isEqualTo(reading.refusal() == null ? 1 : 0);
    assertThat(letters).hasSize(1 - relayed.size());
    if (reading.message() != null) {
      EventFacts known = Objects.requireNonNull(result.facts());
      assertThat(known.id()).isEqualTo(reading.message().id());
      assertThat(known).isEqualTo(ofPlain(reading.message()));
    }
  }

  /** The facts of a line without anything odd in it that says the same. */
  private EventFacts ofPlain(CefMessage message) {
    byte[] plain =
        bytes("CEF:0|a|b|c|" + escaped(message.id()) + "|n|" + escaped(message.severity()) + "|");
    return Objects.requireNonNull(facts.of(plain, 0, plain.length).facts());
  }

  private static String escaped(String header) {
    return header.replace("\\", "\\\\").replace("|", "\\|");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
