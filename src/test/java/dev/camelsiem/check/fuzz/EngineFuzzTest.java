package dev.camelsiem.check.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.EvaluationFailure;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.text.ByteOutput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No formula and no event makes the engine throw, hang or write something that isn't JSON.
 *
 * <p>{@code -Dfuzz.seconds=600} runs longer, {@code -Dfuzz.corpus=FOLDER} adds rules to start from,
 * {@code -Dfuzz.first=N} begins at the try that a failure named.
 */
class EngineFuzzTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long SECOND = 1_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<FuzzSeed> seeds = FuzzSeed.read();
  private final Document document = new Document(DocumentLimits.DEFAULT);
  private final Frame frame = new Frame();
  private final ByteOutput out = new ByteOutput(1024);
  private int compiled;
  private int normalized;
  private int stopped;

  @Test
  void nothingLeavesTheEngineButOutcomes() {
    int seconds = Integer.getInteger("fuzz.seconds", System.getenv("CI") == null ? 10 : 60);
    long end = System.nanoTime() + seconds * SECOND;
    long first = Long.getLong("fuzz.first", 0);
    long number = first;
    for (; System.nanoTime() < end; number++) {
      attempt(number);
    }
    System.out.printf(
        "fuzz: %d tries, %d formulas compiled, %d events normalized, %d stopped by a limit%n",
        number - first, compiled, normalized, stopped);
    assertThat(compiled).isPositive();
    assertThat(normalized).isPositive();
  }

  private void attempt(long number) {
    Random random = new Random(number);
    Mutator mutator = new Mutator(random);
    FuzzSeed seed = mutator.pick(seeds);
    FuzzSeed other = mutator.pick(seeds);
    int kind = random.nextInt(3);
    String formula =
        switch (kind) {
          case 0 -> mutator.calls();
          case 1 -> mutator.formula(seed.formula(), other.formula());
          default -> seed.formula();
        };
    CompiledRule rule = compile(number, formula);
    if (rule == null) {
      return;
    }
    compiled++;
    for (int i = 0; i < 3; i++) {
      byte[] event = kind == 0 ? mutator.variables() : mutator.pick(seed.events());
      evaluate(number, formula, rule, mutator.event(event, mutator.pick(other.events())));
    }
  }

  private static @Nullable CompiledRule compile(long number, String formula) {
    try {
      return RuleCompiler.compile(
              new SourceFile("fuzz", formula), Taxonomy.standard(), Options.FOR_AUTHORS)
          .rule();
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("try " + number + ": the compiler failed on\n" + formula, e);
    }
  }

  private void evaluate(long number, String formula, CompiledRule rule, byte[] event) {
    String what = "try " + number + ", event of " + event.length + " bytes, formula\n" + formula;
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      document.load(event, 0, event.length);
      RuleOutcome outcome =
          rule.evaluate(document, EnvelopeInputs.receivedAt(1_700_000_000_000L), frame, null);
      judge(what, outcome);
    } catch (RuntimeException | StackOverflowError | IOException e) {
      throw new AssertionError(what, e);
    }
    long used = THREADS.getCurrentThreadCpuTime() - before;
    assertThat(used).as("CPU time of %s", what).isLessThan(SECOND);
  }

  private void judge(String what, RuleOutcome outcome) throws IOException {
    if (outcome == RuleOutcome.FAILED) {
      stopped++;
      if (frame.failure() == EvaluationFailure.INTERNAL_ERROR) {
        throw new AssertionError(what, frame.error());
      }
    } else if (outcome == RuleOutcome.NORMALIZED) {
      normalized++;
      out.clear();
      frame.writeJson(out);
      assertThat(JSON.readTree(out.array(), 0, out.length()).isObject()).as(what).isTrue();
    }
  }
}
