package dev.camelsiem.flow.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.content.i18n.CriteriaParser;
import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.OutputFull;
import dev.camelsiem.text.Text;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What describing an event takes. */
class SentenceCostTest {
  private final CompiledRule rule =
      Objects.requireNonNull(
          RuleCompiler.compile(
                  new SourceFile(
                      "case",
                      """
                      JSON = ''
                      id = "door" action = $action src.port = 443 src.mac = "aa:bb:cc:dd:ee:ff"
                      src.ip = "192.0.2.7" time = "2024-05-06 07:08:09" event_src.host = "gw1"
                      """),
                  Taxonomy.standard(),
                  Options.FOR_PRODUCTION)
              .rule());
  private final Frame frame = new Frame();

  @Test
  void choosingAndWritingMakeNothingButTheOutput() {
    evaluate("{\"action\": \"open\"}");
    List<Criterion> criteria =
        List.of(
            criterion("id = \"door\" and action = \"close\" and status = null"),
            criterion("(src.port = \"80\" or src.port = \"443x\") and src.ip = event_src.host"));
    Sentence own =
        Sentence.of("{action} {src.ip}:{src.port} [{src.mac}] {time} {status}", rule, "door");
    Sentence byDefault = Sentence.byDefault(Language.RU, rule, "door");
    ByteOutput out = new ByteOutput(1024);
    describe(criteria, own, byDefault, out, 20_000);

    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    describe(criteria, own, byDefault, out, 20_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(out.toString())
        .isEqualTo(
            "open 192.0.2.7:443 [AA:BB:CC:DD:EE:FF] 2024-05-06T07:08:09.000Z open на узле gw1");
    assertThat(allocated).isLessThan(20_000);
  }

  private void describe(
      List<Criterion> criteria, Sentence own, Sentence byDefault, ByteOutput out, int times) {
    for (int i = 0; i < times; i++) {
      for (int c = 0; c < criteria.size(); c++) {
        if (criteria.get(c).holds(frame)) {
          throw new AssertionError("held");
        }
      }
      out.clear();
      own.write(frame, out);
      byDefault.write(frame, out);
    }
  }

  @Test
  void noSentenceOutgrowsItsOutput() {
    evaluate("{\"action\": \"" + "x".repeat(10_000) + "\"}");
    Sentence sentence = Sentence.of("{action}{action}{action}{action}", rule, "door");
    assertThatThrownBy(() -> sentence.write(frame, new ByteOutput(16, 25_000)))
        .isInstanceOf(OutputFull.class);
    ByteOutput enough = new ByteOutput(16, 40_000);
    sentence.write(frame, enough);
    assertThat(enough.length()).isEqualTo(40_000);
  }

  private Criterion criterion(String text) {
    return Criterion.of(Objects.requireNonNull(CriteriaParser.parse(text).criteria()), rule);
  }

  private void evaluate(String event) {
    assertThat(
            rule.evaluate(Document.of(Text.of(event)), EnvelopeInputs.receivedAt(0), frame, null))
        .hasToString("NORMALIZED");
  }
}
