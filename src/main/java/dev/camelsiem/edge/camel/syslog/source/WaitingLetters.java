package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.syslog.FrameReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Dead letters that wait. What one sender's address gives for one reason side by side becomes one
 * letter: garbage costs its sender more than us. When there are too many, all of them for one
 * reason do, wherever they are from. Not thread-safe.
 */
final class WaitingLetters {
  private List<DeadLetter> letters = new ArrayList<>();
  private long held;
  private long sinceNanos;

  /**
   * @param crowded whether there are too many
   */
  void add(DeadLetter letter, long nanos, boolean crowded) {
    if (letters.isEmpty()) {
      sinceNanos = nanos;
    }
    int same = crowded ? latestLike(letter) : -1;
    if (same >= 0) {
      letters.set(same, counted(letters.get(same), letter)); // holds no more than before
      return;
    }
    int last = letters.size() - 1;
    if (last >= 0 && areAlike(letters.get(last), letter)) {
      held -= heldBy(letters.get(last));
      letters.set(last, joined(letters.get(last), letter));
    } else {
      letters.add(letter);
    }
    held += heldBy(letters.get(letters.size() - 1));
  }

  List<DeadLetter> take() {
    List<DeadLetter> taken = letters;
    letters = new ArrayList<>();
    held = 0;
    return taken;
  }

  boolean isEmpty() {
    return letters.isEmpty();
  }

  int size() {
    return letters.size();
  }

  long heldBytes() {
    return held;
  }

  /** When the oldest came; only when there is one. */
  long sinceNanos() {
    return sinceNanos;
  }

  private static long heldBy(DeadLetter letter) {
    return (long) letter.event().array().length + WaitingEvents.EVENT_OVERHEAD;
  }

  /** Where the latest one is that stopped for the same reason; -1 when none did. */
  private int latestLike(DeadLetter letter) {
    for (int i = letters.size() - 1; i >= 0; i--) {
      if (letters.get(i).stoppedLike(letter)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean areAlike(DeadLetter one, DeadLetter other) {
    return one.stoppedLike(other) && address(one).equals(address(other));
  }

  /** The origin without the port: who connects again is the same. */
  private static String address(DeadLetter letter) {
    String origin = letter.event().origin();
    int colon = origin.lastIndexOf(':');
    return colon < 0 ? origin : origin.substring(0, colon);
  }

  /** Keeps the first bytes of all, line by line, as far as one letter's room goes. */
  private static DeadLetter joined(DeadLetter one, DeadLetter other) {
    RawEvent first = one.event();
    RawEvent next = other.event();
    int room = Math.min(FrameReader.KEPT_BYTES - first.length() - 1, next.length());
    return joined(one, other, room > 0 ? joined(first, next, room) : first);
  }

  /** Keeps the bytes of the first alone. */
  private static DeadLetter counted(DeadLetter one, DeadLetter other) {
    return joined(one, other, one.event());
  }

  private static DeadLetter joined(DeadLetter one, DeadLetter other, RawEvent both) {
    int count = (int) Math.min(Integer.MAX_VALUE, (long) one.count() + other.count());
    DeadLetter letter = new DeadLetter(both, one.reason(), one.detail(), one.stage(), count);
    long all = whole(one) + 1 + whole(other);
    boolean cut = one.cut() != null || other.cut() != null || all > both.length();
    return cut ? letter.cutFrom(all, null) : letter;
  }

  /** Length of all that it stands for. */
  private static long whole(DeadLetter letter) {
    DeadLetter.Cut cut = letter.cut();
    return cut == null ? letter.event().length() : cut.length();
  }

  private static RawEvent joined(RawEvent first, RawEvent next, int room) {
    int at = first.length();
    byte[] bytes = Arrays.copyOf(first.toBytes(), at + 1 + room);
    bytes[at] = '\n';
    System.arraycopy(next.array(), next.from(), bytes, at + 1, room);
    return new RawEvent(
        bytes,
        0,
        bytes.length,
        first.origin(),
        first.position(),
        first.receivedAt(),
        first.source(),
        first.element());
  }
}
