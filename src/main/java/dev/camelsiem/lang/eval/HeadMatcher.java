package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.document.Document;
import dev.camelsiem.text.Text;

/** A head that runs: does the event have its form, and what does that bind? */
public abstract class HeadMatcher {
  HeadMatcher() {}

  /** Matches an event and binds at least what the condition reads. */
  abstract boolean match(Document document, Frame frame);

  /** After the condition held: binds the rest. */
  abstract void complete(Document document, Frame frame);

  /** Matches the text of a submessage and binds everything. */
  abstract boolean matchText(Text text, Frame frame);

  /** Saves what {@link #matchText} may change. */
  abstract void save(Frame frame);

  /** Puts back what was saved from a mark on. */
  abstract void restore(Frame frame, int mark);
}
