package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes as a CEF line, as an event and as a value of one. Every build replays the inputs that
 * were kept; {@code JAZZER_FUZZ=1 mvn -Dquick -Dtest='CefFuzzTest#anyLine' test} looks for new
 * ones.
 */
class CefFuzzTest {
  private static final CefEncoding ENCODING = Events.encoding();
  private static final String GOOD = "{\"id\":\"ADM-001\",\"status\":\"Success\",\"user\":\"u\"}";

  private final CefReader lines = new CefReader();
  private final RoundTripTest roundTrip = new RoundTripTest();
  private final SecurityEventReader reader = ENCODING.newReader();
  private final SecurityEvent event = ENCODING.newEvent();

  /** A line is read or refused, twice the same, and passed on as exactly one frame. */
  @FuzzTest(maxDuration = "2m")
  void anyLine(byte[] input) {
    CefReader.Reading reading = lines.read(input, 0, input.length);
    assertThat(lines.read(input, 0, input.length)).isEqualTo(reading);
    assertThat(reading.message() == null).isNotEqualTo(reading.refusal() == null);
    List<DeadLetter> letters = new ArrayList<>();
    EncodedBatch batch =
        new LineRelay(List.of(Events.MAPPING), "cs1").relay(List.of(raw(input)), letters::add);
    assertThat(batch.size() + letters.size()).isEqualTo(1);
    assertThat(letters.isEmpty()).isEqualTo(reading.message() != null);
    for (int i = 0; i < batch.size(); i++) {
      for (int at = batch.start(i); at < batch.end(i); at++) {
        assertThat(batch.array()[at]).isNotIn((byte) '\n', (byte) '\r');
      }
      byte[] line = batch.get(i).getBytes(StandardCharsets.UTF_8);
      CefMessage again = lines.read(line, 0, line.length).message();
      assertThat(Objects.requireNonNull(again).id())
          .isEqualTo(clean(Objects.requireNonNull(reading.message()).id()));
    }
  }

  private static String clean(String header) {
    return header.replace("\r\n", " ").replace('\n', ' ').replace('\r', ' ');
  }

  /** Whatever a value is, it comes back out of the line, in our reader and in another's. */
  @FuzzTest(maxDuration = "2m")
  void anyValue(byte[] input) {
    int middle = input.length / 2;
    String value = new String(input, 0, middle, StandardCharsets.UTF_8);
    String other = new String(input, middle, input.length - middle, StandardCharsets.ISO_8859_1);
    roundTrip.check("PM-002", "mode", "Other", RoundTripTest.RUNTIME, value, other);
    roundTrip.check("CVE-001", "status", "Error", RoundTripTest.STATUS, other, value);
  }

  /** Each element of whatever comes becomes a clean line or is counted in a letter. */
  @FuzzTest(maxDuration = "2m")
  void anyEvent(byte[] input) {
    int[] elements = {0};
    EventSplitter.elements(raw(input), element -> elements[0]++);
    int[] stopped = {0};
    EncodedBatch batch =
        new BatchEncoder(ENCODING)
            .encode(List.of(raw(input)), letter -> stopped[0] += letter.count());
    assertThat(batch.size() + stopped[0]).isEqualTo(elements[0]);
    for (int i = 0; i < batch.size(); i++) {
      assertThat(lines.read(batch.get(i)).message()).isNotNull();
    }
    if (batch.size() > 0) {
      RoundTripTest.assertClean(batch);
    }
  }

  /** An event is read as by a reader that has read nothing else, and leaves nothing behind. */
  @FuzzTest(maxDuration = "2m")
  void anyEventAfterAnother(byte[] input) {
    Refusal refusal = reader.read(input, 0, input.length, event);
    SecurityEvent alone = ENCODING.newEvent();
    Refusal expected = ENCODING.newReader().read(input, 0, input.length, alone);
    assertThat(reason(refusal)).isEqualTo(reason(expected));
    if (refusal == null) {
      assertThat(event.fields()).isEqualTo(alone.fields());
    }
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    assertThat(reader.read(good, 0, good.length, event)).isNull();
    assertThat(event.fields()).hasSize(3).containsEntry("id", "ADM-001");
  }

  private static @Nullable Object reason(@Nullable Refusal refusal) {
    return refusal == null ? null : refusal.reason();
  }

  private static RawEvent raw(byte[] bytes) {
    return new RawEvent(bytes, 0, bytes.length, "fuzz", 1, 1);
  }
}
