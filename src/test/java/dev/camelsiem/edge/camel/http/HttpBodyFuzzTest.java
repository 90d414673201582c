package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/**
 * Any body of a request. Every build replays the inputs that were kept; {@code JAZZER_FUZZ=1 mvn
 * -Dquick -Dtest='HttpBodyFuzzTest#anyBody' test} looks for new ones.
 */
class HttpBodyFuzzTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(1 << 20, 1 << 20, 100, 2000, 200, 1000, 7, 5000);

  /** The first byte chooses what is accepted. */
  @FuzzTest(maxDuration = "2m")
  void anyBody(byte[] input) throws IOException {
    if (input.length > 0) {
      Accepts[] all = Accepts.values();
      HttpBodies.check(
          Arrays.copyOfRange(input, 1, input.length), all[(input[0] & 0xff) % all.length], LIMITS);
    }
  }

  /** Any bytes that claim to be gzip: refused, or what the JDK's own reader gives. */
  @FuzzTest(maxDuration = "2m")
  void anyGzip(byte[] input) throws IOException {
    HttpBodies.Done done = HttpBodies.send(input, Accepts.text, LIMITS, true);
    assertThat(done.answer().status()).isIn(202, 400, 413);
    if (done.answer().status() == 202) {
      byte[] unpacked =
          new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(input)).readAllBytes();
      HttpBodies.Done plain = HttpBodies.send(unpacked, Accepts.text, LIMITS, false);
      assertThat(done.taken())
          .extracting(Object::toString)
          .isEqualTo(plain.taken().stream().map(Object::toString).toList());
    }
  }

  /** Packed and unpacked again, a body is the same. */
  @FuzzTest(maxDuration = "2m")
  void packed(byte[] input) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(input);
    }
    HttpBodies.Done done = HttpBodies.send(packed.toByteArray(), Accepts.json, LIMITS, true);
    HttpBodies.Done plain = HttpBodies.send(input, Accepts.json, LIMITS, false);
    if (done.answer().status() != 413) { // by its ratio
      assertThat(done.answer().status()).isEqualTo(plain.answer().status());
      assertThat(done.answer().body()).isEqualTo(plain.answer().body());
    }
  }
}
