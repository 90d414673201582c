package dev.camelsiem.flow.event;

import dev.camelsiem.flow.event.DeadLetter.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums up dead letters: elements of one event that stop at one stage and for one reason become one
 * letter, whatever stands between them, so that a line of half a million bad elements is few
 * letters and not half a million. Elements side by side are a stretch of any length; others are
 * joined, {@value #MOST_PARTS} at most and 64 KiB. So there are at most as many unfinished sums as
 * there are reasons, times the integrations that can refuse alone. Give it the letters in the order
 * of their events and {@link #close} it. Not thread-safe.
 */
public final class LetterSum implements AutoCloseable {
  private static final int MOST_PARTS = 500;
  private static final int MOST_BYTES = 64 << 10;

  private final Consumer<DeadLetter> letters;
  private final Map<Kind, Sum> open = new LinkedHashMap<>();
  private @Nullable RawEvent of;

  /** What the letters of one event are told apart by. */
  private record Kind(
      StopReason reason,
      String stage,
      @Nullable String rule,
      @Nullable String ruleSet,
      List<String> integrations) {}

  /**
   * @param letters gets the sums
   */
  public LetterSum(Consumer<DeadLetter> letters) {
    this.letters = letters;
  }

  /** Takes the next letter; adds it to those of the same event that it belongs to. */
  public void add(DeadLetter letter) {
    RawEvent event = letter.event();
    RawEvent before = of;
    if (before != null && !event.isOfSameEvent(before)) {
      close();
    }
    of = event;
    if (letter.count() > 1 || letter.cut() != null) {
      letters.accept(letter);
      return;
    }
    Kind kind =
        new Kind(
            letter.reason(),
            letter.stage(),
            letter.rule(),
            letter.ruleSet(),
            letter.integrations());
    Sum sum = open.get(kind);
    if (sum == null) {
      open.put(kind, new Sum(letter));
    } else if (!sum.add(event)) {
      letters.accept(sum.letter());
      open.put(kind, new Sum(letter));
    }
  }

  /** Ends all sums: whatever comes next is of another event. */
  @Override
  public void close() {
    of = null;
    open.values().forEach(sum -> letters.accept(sum.letter()));
    open.clear();
  }

  /** Letters of one kind. */
  private static final class Sum {
    private final DeadLetter first;

    /** The events, as long as they are few enough to be joined. */
    private final List<RawEvent> events = new ArrayList<>(1);

    private RawEvent last;
    private int count = 1;
    private long bytes;
    private boolean hasGaps;

    Sum(DeadLetter first) {
      this.first = first;
      this.last = first.event();
      this.bytes = last.length() + 1L;
      events.add(last);
    }

    /** False when it is full. */
    boolean add(RawEvent next) {
      boolean gap = hasGaps || !isBeside(next);
      long with = bytes + next.length() + 1L;
      boolean joins = count < MOST_PARTS && with <= MOST_BYTES;
      if (gap && !joins) {
        return false;
      }
      if (joins) {
        events.add(next);
      }
      hasGaps = gap;
      bytes = with;
      last = next;
      count++;
      return true;
    }

    private boolean isBeside(RawEvent next) {
      return last.to() <= next.from() && last.element() + 1 == next.element();
    }

    DeadLetter letter() {
      RawEvent event = first.event();
      return hasGaps ? joined() : first.spanning(event.cut(event.from(), last.to()), count);
    }

    private DeadLetter joined() {
      byte[] all = new byte[(int) bytes];
      List<Part> parts = new ArrayList<>(count);
      int at = 0;
      for (RawEvent each : events) {
        System.arraycopy(each.array(), each.from(), all, at, each.length());
        at += each.length();
        all[at++] = '\n';
        parts.add(new Part(each.position(), each.element(), each.length()));
      }
      return first.joining(first.event().over(all), parts);
    }
  }
}
