package dev.camelsiem.lang.diagnostic;

/**
 * A piece of a source text: offsets in UTF-16 units, {@code from} included, {@code to} excluded.
 *
 * <p>Lines and columns are worked out by {@link SourceFile} only when a finding is shown.
 */
public record Span(int from, int to) {
  /** The very beginning of a text: for findings about the text as a whole. */
  public static final Span START = new Span(0, 0);

  public Span {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("span " + from + ".." + to);
    }
  }

  /** The smallest span that covers this one and the other. */
  public Span to(Span end) {
    return new Span(Math.min(from, end.from), Math.max(to, end.to));
  }
}
