package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Heads, condition and statements of a formula or of one of its subformulas. */
public final class Section {
  private final Span span;
  private final HeadMatcher[] heads;
  private final @Nullable Node condition;
  private final ConditionPart[] parts;
  private final Step body;

  /**
   * What a formula or subformula consists of.
   *
   * @param condition null when there is none
   * @param parts the condition cut at its {@code and}s, for traces
   */
  public Section(
      Span span,
      List<HeadMatcher> heads,
      @Nullable Node condition,
      List<ConditionPart> parts,
      Step body) {
    this.span = span;
    this.heads = heads.toArray(new HeadMatcher[0]);
    this.condition = condition;
    this.parts = parts.toArray(new ConditionPart[0]);
    this.body = body;
  }

  Span span() {
    return span;
  }

  /** Binds the first head that matches the event and tests the condition. */
  boolean match(Document document, Frame frame) {
    for (HeadMatcher head : heads) {
      if (head.match(document, frame)) {
        if (!holds(frame)) {
          return false;
        }
        head.complete(document, frame);
        return true;
      }
    }
    return false;
  }

  /** The same for the text of a submessage; what a failed condition had bound is undone. */
  boolean matchText(Text text, Frame frame) {
    int mark = frame.savedCount();
    for (HeadMatcher head : heads) {
      if (condition != null) {
        head.save(frame);
      }
      if (head.matchText(text, frame)) {
        boolean holds = holds(frame);
        if (!holds) {
          head.restore(frame, mark);
        }
        frame.forgetSaved(mark);
        return holds;
      }
      frame.forgetSaved(mark);
    }
    return false;
  }

  private boolean holds(Frame frame) {
    if (condition == null) {
      return true;
    }
    Trace trace = frame.trace();
    return trace == null ? condition.test(frame) : holdsTraced(frame, trace);
  }

  private boolean holdsTraced(Frame frame, Trace trace) {
    for (ConditionPart part : parts) {
      if (!part.test(frame, trace)) {
        return false;
      }
    }
    return true;
  }

  /** Runs the statements; false when the event is dropped. */
  boolean runBody(Frame frame) {
    return body.run(frame);
  }
}
