package dev.camelsiem.lang.function.builtin.text;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import org.jspecify.annotations.Nullable;

/** One run of {@code replace} over one text; makes nothing new when nothing is found. */
final class Replacing {
  /** Each star costs a call within a call. */
  private static final int MOST_STARS = 64;

  private final Budget budget;
  private final Text text;
  private final byte[] bytes;
  private final Text replacement;
  private long left;
  private int copied;
  private @Nullable ByteOutput out;

  Replacing(Budget budget, Text text, Text replacement, long max) {
    this.budget = budget;
    this.text = text;
    this.bytes = text.array();
    this.replacement = replacement;
    this.left = max;
    this.copied = text.from();
  }

  Text literal(Text part) {
    if (part.isEmpty()) {
      return text;
    }
    budget.scan(text.length());
    int at = text.from();
    while (left > 0) {
      int found = budget.indexOf(bytes, at, text.to(), part.array(), part.from(), part.to());
      if (found < 0) {
        break;
      }
      at = found + part.length();
      replace(found, at);
    }
    return result();
  }

  /** A pattern with too many stars finds nothing. */
  Text glob(Glob glob) {
    if (glob.segments().size() > MOST_STARS) {
      return text;
    }
    GlobSearch search = new GlobSearch(glob, bytes, text.to(), budget);
    int at = text.from();
    while (at < text.to() && left > 0) {
      int end = search.matchAt(at);
      if (end > at) {
        replace(at, end);
        at = end;
      } else {
        at = Utf8.next(bytes, at, text.to());
      }
    }
    return result();
  }

  private void replace(int from, int to) {
    ByteOutput target = out;
    if (target == null) {
      target = new ByteOutput(text.length() + replacement.length());
      out = target;
    }
    budget.output(from - copied + replacement.length());
    target.put(bytes, copied, from);
    target.put(replacement);
    copied = to;
    left--;
  }

  private Text result() {
    ByteOutput target = out;
    if (target == null) {
      return text;
    }
    budget.output(text.to() - copied);
    target.put(bytes, copied, text.to());
    return target.toText();
  }
}
