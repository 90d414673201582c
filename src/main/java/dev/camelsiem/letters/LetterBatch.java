package dev.camelsiem.letters;

import dev.camelsiem.flow.event.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Letters that are to be written together: lines of those that there is a share for. */
final class LetterBatch {
  private final LetterLimits limits;
  private final Shares shares;
  private final List<Line> lines = new ArrayList<>();
  private final List<Letter> over = new ArrayList<>();
  private long bytes;
  private long again;
  private long lastNumber;

  /** A letter as it is written. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Line(Letter letter, String group, byte[] bytes) {}

  /**
   * @param lastNumber that a letter has had before
   */
  LetterBatch(LetterLimits limits, Shares shares, long lastNumber) {
    this.limits = limits;
    this.shares = shares;
    this.lastNumber = lastNumber;
  }

  /** Those that there is a share for become lines, one by one: no more are held at a time. */
  void admit(List<DeadLetter> letters, @Nullable String route, Retries retries) {
    Instant now = Instant.now();
    for (DeadLetter merged : Merger.merge(letters)) {
      Letter letter = retries.letter(merged, ++lastNumber, now, route);
      String group = OriginGroups.group(letter.event().origin());
      byte[] line = LetterJson.line(letter);
      if (!hasShare(letter) || shares.admit(group, line.length)) {
        lines.add(new Line(letter, group, line));
        bytes += line.length;
        again += letter.attempts() > 1 ? letter.count() : 0;
      } else {
        over.add(letter);
      }
    }
  }

  /** One that failed again is kept: the letter before it counts as replayed. */
  private boolean hasShare(Letter letter) {
    return limits.drops() && letter.attempts() == 1;
  }

  /** Nothing of it was written: the shares are as before. */
  void giveBack() {
    for (Line line : lines) {
      if (hasShare(line.letter())) {
        shares.giveBack(line.group(), line.bytes().length);
      }
    }
  }

  List<Line> lines() {
    return lines;
  }

  /** Those that are only counted. */
  List<Letter> over() {
    return over;
  }

  /** Of all lines. */
  long bytes() {
    return bytes;
  }

  /** Events among the lines that are letters again. */
  long again() {
    return again;
  }

  /** The highest number in it. */
  long lastNumber() {
    return lastNumber;
  }
}
