package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.Ascii;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.Text;
import java.util.Arrays;

/** One run of {@code csv} over one text (xp 6.5.1). */
final class CsvSplitter {
  private final Budget budget;
  private final byte[] bytes;
  private final int to;
  private final Text separator;
  private final Text quote;
  private boolean quotesLeft;

  /** Begin and end of each element, in turn. */
  private int[] bounds = new int[16];

  private int count;

  CsvSplitter(Budget budget, Text text, Text separator, Text quote) {
    this.budget = budget;
    this.bytes = text.array();
    this.to = text.to();
    this.separator = separator;
    this.quote = quote;
    this.quotesLeft = !quote.isEmpty();
    budget.search(text.length(), Math.max(separator.length(), quote.length()));
  }

  ListValue split(int from) {
    int at = from;
    while (at >= 0) {
      int next = find(separator, at);
      int end = next < 0 ? to : next;
      int begin = Ascii.skipSpace(bytes, at, end);
      int closing = closingQuote(begin);
      if (closing >= 0) {
        add(begin + quote.length(), closing);
        next = find(separator, closing + quote.length());
      } else {
        add(begin, end);
      }
      at = next < 0 ? -1 : next + separator.length();
    }
    return new SliceList(bytes, Arrays.copyOf(bounds, count));
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
        : Text.indexOf(bytes, from, to, part.array(), part.from(), part.to());
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
