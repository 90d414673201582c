package dev.camelsiem.flow.describe;

import dev.camelsiem.content.i18n.Criteria;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.value.Numbers;
import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Criteria, compiled to the slots of one rule's fields (xp-language 9.3). Values compare as texts,
 * exactly; null equals only a field that is unset, and a field that the rule never sets always is.
 */
public abstract sealed class Criterion {
  private Criterion() {}

  /** Whether they hold for the event that the rule has just left in the frame. */
  public abstract boolean holds(Frame frame);

  /** Compiles criteria for the frames of a rule. */
  public static Criterion of(Criteria criteria, CompiledRule rule) {
    if (criteria instanceof Criteria.AllOf all) {
      return new AllOf(parts(all.parts(), rule));
    }
    if (criteria instanceof Criteria.AnyOf any) {
      return new AnyOf(parts(any.parts(), rule));
    }
    return comparison((Criteria.Comparison) criteria, rule);
  }

  private static Criterion[] parts(List<Criteria> parts, CompiledRule rule) {
    return parts.stream().map(part -> of(part, rule)).toArray(Criterion[]::new);
  }

  private static Criterion comparison(Criteria.Comparison comparison, CompiledRule rule) {
    Criteria.Operand left = comparison.left();
    Criteria.Operand right = comparison.right();
    boolean wanted = !comparison.negated();
    if (left instanceof Criteria.Field a && right instanceof Criteria.Field b) {
      return new SameAs(rule.slotOf(a.name()), rule.slotOf(b.name()), wanted);
    }
    if (left instanceof Criteria.Field field) {
      return constant(rule.slotOf(field.name()), right, wanted);
    }
    if (right instanceof Criteria.Field field) {
      return constant(rule.slotOf(field.name()), left, wanted);
    }
    return new Always(FieldTexts.equal(text(left), text(right)) == wanted);
  }

  private static Criterion constant(int slot, Criteria.Operand operand, boolean wanted) {
    Text text = text(operand);
    return text == null ? new Unset(slot, wanted) : new Equal(slot, text, wanted);
  }

  private static @Nullable Text text(Criteria.Operand operand) {
    return operand instanceof Criteria.Literal literal ? Text.of(literal.text()) : null;
  }

  private static @Nullable Object value(Frame frame, int slot) {
    return slot < 0 ? null : frame.value(slot);
  }

  private static final class AllOf extends Criterion {
    private final Criterion[] parts;

    AllOf(Criterion[] parts) {
      this.parts = parts;
    }

    @Override
    public boolean holds(Frame frame) {
      for (Criterion part : parts) {
        if (!part.holds(frame)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final class AnyOf extends Criterion {
    private final Criterion[] parts;

    AnyOf(Criterion[] parts) {
      this.parts = parts;
    }

    @Override
    public boolean holds(Frame frame) {
      for (Criterion part : parts) {
        if (part.holds(frame)) {
          return true;
        }
      }
      return false;
    }
  }

  private static final class Unset extends Criterion {
    private final int slot;
    private final boolean wanted;

    Unset(int slot, boolean wanted) {
      this.slot = slot;
      this.wanted = wanted;
    }

    @Override
    public boolean holds(Frame frame) {
      return (value(frame, slot) == null) == wanted;
    }
  }

  private static final class Equal extends Criterion {
    private final int slot;
    private final Text text;

    /** The number that reads like the text, or null; so that numbers need not become texts. */
    private final @Nullable Long number;

    private final boolean wanted;

    Equal(int slot, Text text, boolean wanted) {
      this.slot = slot;
      this.text = text;
      Long whole = Numbers.whole(text);
      this.number = whole != null && Numbers.text(whole).equals(text) ? whole : null;
      this.wanted = wanted;
    }

    @Override
    public boolean holds(Frame frame) {
      Object value = value(frame, slot);
      boolean equal =
          value instanceof Long
              ? number != null && number.equals(value)
              : FieldTexts.equal(value, text);
      return equal == wanted;
    }
  }

  private static final class SameAs extends Criterion {
    private final int left;
    private final int right;
    private final boolean wanted;

    SameAs(int left, int right, boolean wanted) {
      this.left = left;
      this.right = right;
      this.wanted = wanted;
    }

    @Override
    public boolean holds(Frame frame) {
      return FieldTexts.equal(value(frame, left), value(frame, right)) == wanted;
    }
  }

  private static final class Always extends Criterion {
    private final boolean holds;

    Always(boolean holds) {
      this.holds = holds;
    }

    @Override
    public boolean holds(Frame frame) {
      return holds;
    }
  }
}
