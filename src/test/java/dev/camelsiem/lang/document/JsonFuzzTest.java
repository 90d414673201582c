package dev.camelsiem.lang.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/**
 * Any bytes as a body of JSON or XML. Every build replays the inputs that were kept; {@code
 * JAZZER_FUZZ=1 mvn -Dquick -Dtest='JsonFuzzTest#anyJson' test} looks for new ones.
 */
class JsonFuzzTest {
  private final JsonDifferentialTest differential = new JsonDifferentialTest();
  private final Document document = new Document(DocumentLimits.DEFAULT);

  /** Read as Jackson reads it, or refused. */
  @FuzzTest(maxDuration = "2m")
  void anyJson(byte[] input) throws IOException {
    differential.assertSame(input);
  }

  /** Read or refused with a problem, as XML and as an event log. */
  @FuzzTest(maxDuration = "2m")
  void anyXml(byte[] input) {
    document.load(input, 0, input.length);
    boolean read = document.xml() != null;
    assertThat(document.problem(DocumentFormat.XML) == null).isEqualTo(read);
    boolean log = document.eventlog() != null;
    assertThat(document.problem(DocumentFormat.EVENTLOG) == null).isEqualTo(log);
  }
}
