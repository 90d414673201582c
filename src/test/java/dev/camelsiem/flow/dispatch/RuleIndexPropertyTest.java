package dev.camelsiem.flow.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.lang.value.Convert;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Trying the candidates of the index gives what trying every rule gives. */
class RuleIndexPropertyTest {
  private static final EnvelopeInputs INPUTS = EnvelopeInputs.receivedAt(0);

  private final Document document = new Document(DocumentLimits.DEFAULT);
  private final Document expecting = new Document(DocumentLimits.DEFAULT);
  private final Candidates candidates = new Candidates();
  private final Frame frame = new Frame();
  private final Frame walking = new Frame();
  private final Frame narrow = new Frame();
  private int matches;
  private int tried;
  private int all;

  @Property(tries = 1500)
  void candidatesHoldEveryRuleThatMatches(@ForAll long seed) {
    Random random = new Random(seed);
    RandomRules source = new RandomRules(random);
    List<CompiledRule> rules = source.rules(random.nextInt(10) == 0 ? 60 : 12);
    RuleIndex index = new RuleIndex(rules);
    for (int i = 0; i < 30; i++) {
      check(rules, index, source.event(), EnumSet.allOf(HeadKind.class));
    }
    check(rules, index, source.event(), EnumSet.of(HeadKind.JSON, HeadKind.EVENTLOG));
  }

  private void check(
      List<CompiledRule> rules, RuleIndex index, String event, EnumSet<HeadKind> heads) {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    index.find(document.load(bytes, 0, bytes.length), heads, 0, candidates);
    expecting.expect(index.paths());
    expecting.load(bytes, 0, bytes.length);
    int next = 0;
    for (int rule = 0; rule < rules.size(); rule++) {
      boolean isCandidate = next < candidates.size() && candidates.get(next) == rule;
      next += isCandidate ? 1 : 0;
      boolean matched =
          heads.contains(rules.get(rule).headKind())
              && rules.get(rule).evaluate(document, INPUTS, frame, null) != RuleOutcome.NO_MATCH;
      checkThatExpectingChangesNothing(rules.get(rule), event);
      if (isCandidate) {
        checkThatAWalkChangesNothing(rules.get(rule), rule);
      }
      matches += matched ? 1 : 0;
      tried += isCandidate ? 1 : 0;
      all++;
      assertThat(isCandidate || !matched)
          .as("%s must be a candidate for %s:%n%s", rule, event, rules.get(rule).file().text())
          .isTrue();
    }
    assertThat(next).as("ascending, without repetition").isEqualTo(candidates.size());
  }

  /** What the reader keeps for the rules has the values that all of the event has. */
  private void checkThatExpectingChangesNothing(CompiledRule rule, String event) {
    RuleOutcome whole = rule.evaluate(document, INPUTS, frame, null);
    RuleOutcome kept = rule.evaluate(expecting, INPUTS, narrow, null);
    String shown = rule.file().text() + event;
    assertThat(kept).as(shown).isEqualTo(whole);
    assertThat(narrow.stepsUsed()).as(shown).isEqualTo(frame.stepsUsed());
    for (int i = 0; whole != RuleOutcome.NO_MATCH && i < frame.fieldCount(); i++) {
      assertThat(narrow.value(i)).as(shown).isEqualTo(frame.value(i));
    }
    for (String name : List.of("k", "m")) {
      String known = String.valueOf(Convert.text(frame.variable(name)));
      assertThat(String.valueOf(Convert.text(narrow.variable(name)))).isEqualTo(known);
    }
  }

  private void checkThatAWalkChangesNothing(CompiledRule rule, int number) {
    RuleOutcome alone = rule.evaluate(document, INPUTS, frame, null);
    walking.goOnFrom(candidates.walk(), number);
    assertThat(rule.evaluate(document, INPUTS, walking, null)).isEqualTo(alone);
    for (int i = 0; alone != RuleOutcome.NO_MATCH && i < frame.fieldCount(); i++) {
      assertThat(walking.value(i)).isEqualTo(frame.value(i));
    }
  }

  @Test
  void theIndexLeavesOutMostRulesThatDoNotMatch() {
    for (long seed = 0; seed < 200; seed++) {
      RandomRules source = new RandomRules(new Random(seed));
      List<CompiledRule> rules = source.rules(40);
      RuleIndex index = new RuleIndex(rules);
      for (int i = 0; i < 20; i++) {
        check(rules, index, source.event(), EnumSet.allOf(HeadKind.class));
      }
    }
    assertThat(matches).isGreaterThan(all / 50);
    assertThat(tried).isLessThan(all / 3);
  }
}
