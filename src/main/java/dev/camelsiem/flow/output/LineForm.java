package dev.camelsiem.flow.output;

import dev.camelsiem.flow.cef.CefEncoder;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.FrameValues;
import dev.camelsiem.flow.cef.RulePlan;
import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.normalize.JsonForm;
import dev.camelsiem.flow.normalize.NamedRule;
import dev.camelsiem.flow.normalize.OutputForm;
import dev.camelsiem.flow.normalize.OutputWriter;
import dev.camelsiem.flow.normalize.RuleSet;
import dev.camelsiem.lang.eval.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Normalized events as lines of mappings, with the facts that the category filter reads. What
 * mappings ask for of descriptions should have been loaded with the rules.
 */
public record LineForm(CefEncoding encoding) implements OutputForm {
  @Override
  public OutputWriter newWriter(RuleSet rules, int mostBytes) {
    return new Writer(rules, mostBytes);
  }

  @Override
  public Describe describe() {
    return encoding.describe();
  }

  @Override
  public String oddities() {
    return encoding.counters().oddities();
  }

  @Override
  public String toString() {
    return encoding.settings();
  }

  private final class Writer implements OutputWriter {
    private final RuleSet rules;
    private final int longest;
    private final FrameValues event;
    private final CefEncoder encoder = encoding.newEncoder();

    /** By rule, once it has normalized an event. */
    private final @Nullable RulePlan[] plans;

    Writer(RuleSet rules, int longest) {
      this.rules = rules;
      this.longest = longest;
      this.event = encoding.newFrameValues(longest);
      this.plans = new RulePlan[rules.size()];
    }

    @Override
    public @Nullable Refusal write(
        int rule, Frame frame, long receivedAt, @Nullable EventId id, EncodedBatch.Builder out) {
      RulePlan plan = plan(rule);
      return event.take(plan, frame)
          ? encoder.encode(plan, event, receivedAt, id, out)
          : JsonForm.tooLarge(longest);
    }

    private RulePlan plan(int rule) {
      RulePlan plan = plans[rule];
      if (plan == null) {
        NamedRule named = rules.get(rule);
        plan = encoding.newRulePlan(named.rule(), named.descriptions());
        plans[rule] = plan;
      }
      return plan;
    }

    @Override
    public boolean describedByDefault() {
      return !event.wasOwn();
    }
  }
}
