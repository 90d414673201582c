package dev.camelsiem.flow.event;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums up dead letters: elements of one event that stop one behind the other, at one stage and for
 * one reason, become one letter, so that a line of half a million bad elements is one letter and
 * not half a million. Give it the letters in the order of their events and {@link #close} it. Not
 * thread-safe.
 */
public final class LetterSum implements AutoCloseable {
  private final Consumer<DeadLetter> letters;
  private @Nullable DeadLetter last;

  /**
   * @param letters gets the sums
   */
  public LetterSum(Consumer<DeadLetter> letters) {
    this.letters = letters;
  }

  /** Takes the next letter; adds it to the last one when the two belong together. */
  public void add(DeadLetter letter) {
    DeadLetter before = last;
    if (before != null && belongTogether(before, letter)) {
      RawEvent first = before.event();
      last =
          before.spanning(
              first.cut(first.from(), letter.event().to()), before.count() + letter.count());
    } else {
      end();
      last = letter;
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Ends a sum: whatever comes next does not stand beside what came last. */
  public void end() {
    DeadLetter before = last;
    last = null;
    if (before != null) {
      letters.accept(before);
    }
  }

  private static boolean belongTogether(DeadLetter before, DeadLetter letter) {
    RawEvent first = before.event();
    RawEvent next = letter.event();
    return first.array() == next.array()
        && first.to() <= next.from()
        && first.element() + before.count() == next.element()
        && before.isLike(letter);
  }
}
