package dev.camelsiem.flow.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import java.nio.charset.StandardCharsets;

/**
 * Any bytes as an event that may be wrapped. Every build replays the inputs that were kept; {@code
 * JAZZER_FUZZ=1 mvn -Dquick -Dtest='EnvelopeFuzzTest#anyBytes' test} looks for new ones.
 */
class EnvelopeFuzzTest {
  private final EnvelopeWriter writer = new EnvelopeWriter();

  /** What is opened can be written as an envelope, in one line, and is the same when opened. */
  @FuzzTest(maxDuration = "2m")
  void anyBytes(byte[] input) {
    RawEvent event = new RawEvent(input, 0, input.length, "tcp://192.0.2.1:40000", 1, 1_700_000L);
    Envelope envelope = Envelope.open(event, null);
    EncodedBatch.Builder batch = new EncodedBatch.Builder(64);
    writer.write(envelope, null, batch);
    byte[] line = batch.build().get(0).getBytes(StandardCharsets.UTF_8);
    for (byte b : line) {
      assertThat(b < 0 || b >= 0x20).isTrue();
    }
    Envelope again =
        Envelope.open(line, 0, line.length, BodyFormat.TEXT, Reception.of(event.receivedAt()));
    assertThat(body(again)).isEqualTo(body(envelope));
    assertThat(again.format().mime()).isEqualTo(envelope.format().mime());
    assertThat(again.reception().receivedAt()).isEqualTo(envelope.reception().receivedAt());
    assertThat(again.reception().recvHost()).isEqualTo(envelope.reception().recvHost());
    assertThat(again.reception().inputs()).isNotNull();
  }

  private static String body(Envelope envelope) {
    return new String(
        envelope.array(), envelope.from(), envelope.to() - envelope.from(), StandardCharsets.UTF_8);
  }
}
