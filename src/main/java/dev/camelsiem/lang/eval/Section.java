package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Heads, condition and statements of a formula or of one of its subformulas. */
public class Section {
  private static final HeadMatcher[] NO_MORE = {};

  private final Span span;
  private final HeadMatcher head;

  /** The heads behind the first one; most have none. */
  private final HeadMatcher[] more;

  private final @Nullable Node condition;
  private final ConditionPart[] parts;
  private final Step body;

  /**
   * What a formula or subformula consists of.
   *
   * @param heads none only when it is never run
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
    this.head = heads.isEmpty() ? new AnyHead() : heads.get(0);
    this.more = heads.size() < 2 ? NO_MORE : heads.subList(1, heads.size()).toArray(NO_MORE);
    this.condition = condition;
    this.parts = parts.toArray(new ConditionPart[0]);
    this.body = body;
  }

  /** The same once more, for a rule that is one itself. */
  Section(Section same) {
    this.span = same.span;
    this.head = same.head;
    this.more = same.more;
    this.condition = same.condition;
    this.parts = same.parts;
    this.body = same.body;
  }

  final Span span() {
    return span;
  }

  /** Binds the first head that matches the event and tests the condition. */
  final boolean match(Document document, Frame frame) {
    HeadMatcher tried = head;
    for (int i = 0; !tried.match(document, frame); i++) {
      if (i == more.length) {
        return false;
      }
      tried = more[i];
    }
    if (!holds(frame)) {
      return false;
    }
    tried.complete(document, frame);
    return true;
  }

  /** The same for the text of a submessage; what a failed condition had bound is undone. */
  final boolean matchText(Text text, Frame frame) {
    int mark = frame.savedCount();
    HeadMatcher tried = head;
    for (int i = 0; ; i++) {
      if (condition != null) {
        tried.save(frame);
      }
      if (tried.matchText(text, frame)) {
        boolean holds = holds(frame);
        if (!holds) {
          tried.restore(frame, mark);
        }
        frame.forgetSaved(mark);
        return holds;
      }
      frame.forgetSaved(mark);
      if (i == more.length) {
        return false;
      }
      tried = more[i];
    }
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
  final boolean runBody(Frame frame) {
    return body.run(frame);
  }
}
