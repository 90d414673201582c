package dev.camelsiem.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EncodingPlanTest {
  private static final String TWO =
      """
      integrations:
        - {name: plain, address: 127.0.0.1, hostName: kcs-0}
        - {name: again, address: 127.0.0.2, hostName: kcs-0}
        - {name: marked, address: 127.0.0.3, hostName: kcs-0, pri: 16}
      """;

  private final List<DeadLetter> rejected = new ArrayList<>();

  @Test
  void encodesOnceForEachDistinctSetting() {
    List<EncodedBatch> batches =
        plan().encode(List.of(event("{\"id\":\"API-001\",\"status\":\"Success\"}")), rejected::add);

    assertThat(batches).hasSize(2);
    assertThat(batches.get(1).get(0)).isEqualTo("<134>" + batches.get(0).get(0));
    assertThat(rejected).isEmpty();
  }

  /**
   * Octet counting lets a line feed through; with line framing it would forge an event of its own.
   */
  @Test
  void aLineThatIsCefAlreadyStaysInItsFrame() {
    List<EncodedBatch> batches =
        plan()
            .encode(
                List.of(event("CEF:0|V|P|1|ADM-001|n|3|suser=x\nCEF:0|V|P|1|ADM-001|forged|0|")),
                rejected::add);

    assertThat(batches.get(0))
        .containsExactly("CEF:0|V|P|1|ADM-001|n|3|suser=x\\nCEF:0|V|P|1|ADM-001|forged|0|");
  }

  @Test
  void tellsWhatIsNeitherJsonNorCef() {
    List<EncodedBatch> batches = plan().encode(List.of(event("hello")), rejected::add);

    assertThat(batches.get(0)).isEmpty();
    assertThat(rejected)
        .singleElement()
        .extracting(DeadLetter::reason)
        .isEqualTo(StopReason.MALFORMED);
  }

  private static RawEvent event(String text) {
    return RawEvent.of(text, "test", 1);
  }

  private static EncodingPlan plan() {
    IntegrationSet set =
        Objects.requireNonNull(IntegrationsReader.read(new SourceFile("test.yaml", TWO)).set());
    return new EncodingPlan(CefMappings.load(CefMappings.CONTAINER_SECURITY), null, set);
  }
}
