package dev.camelsiem.flow.output;

import dev.camelsiem.flow.cef.CefEncoder;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.NormalizedEventReader;
import dev.camelsiem.flow.cef.SecurityEvent;
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
    private final NormalizedEventReader reader;
    private final SecurityEvent event;
    private final CefEncoder encoder = encoding.newEncoder();

    /** By rule, once it has normalized an event. */
    private final NormalizedEventReader.@Nullable Route[] routes;

    Writer(RuleSet rules, int longest) {
      this.rules = rules;
      this.longest = longest;
      this.reader = encoding.newNormalizedEventReader(longest);
      this.event = encoding.newEvent(longest);
      this.routes = new NormalizedEventReader.Route[rules.size()];
    }

    @Override
    public @Nullable Refusal write(
        int rule, Frame frame, long receivedAt, @Nullable EventId id, EncodedBatch.Builder out) {
      if (!reader.read(route(rule), frame, event)) {
        return JsonForm.tooLarge(longest);
      }
      return encoder.encode(event, receivedAt, id, out);
    }

    private NormalizedEventReader.Route route(int rule) {
      NormalizedEventReader.Route route = routes[rule];
      if (route == null) {
        NamedRule named = rules.get(rule);
        route = reader.route(named.rule(), named.descriptions());
        routes[rule] = route;
      }
      return route;
    }

    @Override
    public boolean describedByDefault() {
      return !reader.wasOwn();
    }
  }
}
