package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.document.Document;
import dev.camelsiem.text.Text;

/** Matches every event and binds nothing: what a lone expression is evaluated under. */
public final class AnyHead extends HeadMatcher {
  @Override
  boolean match(Document document, Frame frame) {
    return true;
  }

  @Override
  void complete(Document document, Frame frame) {}

  @Override
  boolean matchText(Text text, Frame frame) {
    return true;
  }

  @Override
  void save(Frame frame) {}

  @Override
  void restore(Frame frame, int mark) {}
}
