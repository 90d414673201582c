package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One run of {@code csv} over one text (xp 6.5.1). */
final class CsvSplitter {
  private static final byte[] NOTHING = {};

  private final Budget budget;
  private final byte[] bytes;
  private final int to;
  private final Text separator;
  private final Text quote;
  private boolean quotesLeft;

  /** Begin and end of each element, in turn, as {@link SliceList} wants them. */
  private int[] bounds = new int[16];

  private int count;

  /** Elements that stand in the text in two pieces, as one. */
  private @Nullable ByteOutput joined;

  CsvSplitter(Budget budget, Text text, Text separator, Text quote) {
    this.budget = budget;
    this.bytes = text.array();
    this.to = text.to();
    this.separator = separator;
    this.quote = quote;
    this.quotesLeft = !quote.isEmpty();
    budget.scan(2 * text.length()); // for separators, and for blanks and quotes
  }

  ListValue split(int from) {
    int at = from;
    while (at >= 0) {
      int next = find(separator, at);
      int end = next < 0 ? to : next;
      int begin = Ascii.skipSpace(bytes, at, end);
      int closing = closingQuote(begin);
      if (closing >= 0) {
        int behind = closing + quote.length();
        next = find(separator, behind);
        quoted(begin + quote.length(), closing, behind, next < 0 ? to : next);
      } else {
        add(begin, end);
      }
      at = next < 0 ? -1 : next + separator.length();
    }
    byte[] apart = joined == null ? NOTHING : joined.toBytes();
    return new SliceList(bytes, apart, bounds, count / 2);
  }

  /** Text behind the closing quote belongs to the element, blanks alone do not. */
  private void quoted(int begin, int closing, int behind, int end) {
    if (Ascii.skipSpace(bytes, behind, end) == end) {
      add(begin, closing);
    } else if (begin == closing) {
      add(behind, end);
    } else {
      budget.output(closing - begin + end - behind);
      ByteOutput target = joined == null ? new ByteOutput(64) : joined;
      joined = target;
      int start = target.length();
      target.put(bytes, begin, closing);
      target.put(bytes, behind, end);
      add(~start, ~target.length());
    }
  }

  /** Where the quoted element that begins at {@code begin} ends; -1 when it isn't quoted. */
  private int closingQuote(int begin) {
    if (!quotesLeft || !stands(quote, begin)) {
      return -1;
    }
    int closing = find(quote, begin + quote.length());
    quotesLeft = closing >= 0;
    return closing;
  }

  private boolean stands(Text part, int at) {
    return at + part.length() <= to
        && Arrays.equals(bytes, at, at + part.length(), part.array(), part.from(), part.to());
  }

  private int find(Text part, int from) {
    return part.isEmpty() || from > to
        ? -1
        : budget.indexOf(bytes, from, to, part.array(), part.from(), part.to());
  }

  private void add(int begin, int end) {
    if (count == bounds.length) {
      budget.output(4 * count);
      bounds = Arrays.copyOf(bounds, count * 2);
    }
    bounds[count++] = begin;
    bounds[count++] = end;
  }
}
