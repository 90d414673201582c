package dev.camelsiem.letters;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.DeadLetter.Part;
import dev.camelsiem.flow.event.RawEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one letter of many that stand side by side in a batch and stopped for the same reason, so
 * that a flood costs little more than its bytes. Few stay as they are: they are read one by one.
 */
final class Merger {
  static final int LEAST_RUN = 20;
  private static final int MOST_PARTS = 500;
  private static final int MOST_BYTES = 64 << 10;

  private Merger() {}

  static List<DeadLetter> merge(List<DeadLetter> letters) {
    List<DeadLetter> merged = new ArrayList<>();
    int from = 0;
    while (from < letters.size()) {
      int to = endOfRun(letters, from);
      if (to - from >= LEAST_RUN) {
        merged.add(join(letters.subList(from, to)));
      } else {
        merged.addAll(letters.subList(from, to));
      }
      from = to;
    }
    return merged;
  }

  private static int endOfRun(List<DeadLetter> letters, int from) {
    DeadLetter first = letters.get(from);
    long bytes = first.event().length() + 1L;
    int to = from + 1;
    while (to < letters.size() && to - from < MOST_PARTS && isAlike(first, letters.get(to))) {
      bytes += letters.get(to).event().length() + 1L;
      if (bytes > MOST_BYTES) {
        break;
      }
      to++;
    }
    return to;
  }

  private static boolean isAlike(DeadLetter one, DeadLetter other) {
    return one.count() == 1 && other.count() == 1 && one.isLike(other);
  }

  private static DeadLetter join(List<DeadLetter> run) {
    DeadLetter first = run.get(0);
    List<Part> parts = new ArrayList<>(run.size());
    int total = run.stream().mapToInt(letter -> letter.event().length() + 1).sum();
    byte[] bytes = new byte[total];
    int at = 0;
    for (DeadLetter each : run) {
      RawEvent event = each.event();
      System.arraycopy(event.array(), event.from(), bytes, at, event.length());
      at += event.length();
      bytes[at++] = '\n';
      parts.add(new Part(event.position(), event.element(), event.length()));
    }
    return first.joining(first.event().over(bytes), parts);
  }
}
