package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.describe.DescribedJson;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.OutputFull;
import org.jspecify.annotations.Nullable;

/**
 * Normalized events as one flat JSON object each.
 *
 * @param describe in which languages they say what they are about; the rules should have been
 *     loaded with their descriptions
 */
public record JsonForm(Describe describe) implements OutputForm {
  @Override
  public OutputWriter newWriter(RuleSet rules, int mostBytes) {
    return new Writer(rules, mostBytes);
  }

  @Override
  public String oddities() {
    return "";
  }

  @Override
  public String toString() {
    return "describe=" + describe;
  }

  /** Why an event is not written that would have more than so many bytes. */
  public static Refusal tooLarge(int bytes) {
    return new Refusal(
        StopReason.EVALUATION_FAILED, "the normalized event is larger than " + bytes + " bytes");
  }

  private final class Writer implements OutputWriter {
    private final RuleSet rules;
    private final int bytes;
    private final ByteOutput json;
    private final DescribedJson described;

    Writer(RuleSet rules, int bytes) {
      this.rules = rules;
      this.bytes = bytes;
      json = new ByteOutput(4096, bytes);
      described = new DescribedJson(describe, bytes);
    }

    @Override
    public @Nullable Refusal write(
        int rule, Frame frame, long receivedAt, @Nullable EventId id, EncodedBatch.Builder out) {
      json.clear();
      try {
        if (describe == Describe.NONE) {
          frame.writeJson(json);
        } else {
          described.write(rules.get(rule).descriptions(), frame, json);
        }
      } catch (OutputFull e) {
        return tooLarge(bytes);
      }
      if (json.length() > bytes) {
        return tooLarge(bytes);
      }
      out.addLine(json.array(), 0, json.length(), null, id);
      return null;
    }

    @Override
    public boolean describedByDefault() {
      return describe != Describe.NONE && !described.wasOwn();
    }
  }
}
