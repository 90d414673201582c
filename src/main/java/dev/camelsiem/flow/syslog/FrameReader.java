package dev.camelsiem.flow.syslog;

import dev.camelsiem.text.Lines;
import java.util.Arrays;

/**
 * Cuts one byte stream into syslog frames: lines (RFC 6587 3.4.2) or counted octets (RFC 6587
 * 3.4.1, RFC 5425).
 *
 * <p>Bytes are put where {@link #room} and {@link #position} say, then reported with {@link
 * #received}. Frames share the array they arrived in, which is never written to again. Memory grows
 * with what has arrived, never with what a length promises. Not thread-safe: one a connection.
 */
public final class FrameReader {
  /** So much of a frame that cannot be taken is kept for the dead letter. */
  public static final int KEPT_BYTES = 8192;

  /** More digits than this make no frame length (CVE-2022-24903 was an overflow of such digits). */
  public static final int MAX_LENGTH_DIGITS = 7;

  /** What may stand around a frame: its length and a blank, or its line end. */
  private static final int AROUND = MAX_LENGTH_DIGITS + 1;

  private enum State {
    UNDECIDED,
    LINE,
    SKIP_LINE,
    COUNT,
    SKIP_COUNT,
    BROKEN
  }

  private final State first;
  private final int maxFrame;
  private final Frames out;
  private final boolean exact;
  private final FrameBuffer buffer;
  private final SkippedFrame skipped = new SkippedFrame();

  private State state;
  private long toSkip;
  private boolean uncut;

  /**
   * @param maxFrame longest frame that is taken, in bytes without length and line end
   */
  public FrameReader(Framing framing, int maxFrame, Frames out) {
    this.first =
        switch (framing) {
          case AUTO -> State.UNDECIDED;
          case LF -> State.LINE;
          case OCTET_COUNTING -> State.COUNT;
        };
    this.maxFrame = maxFrame;
    this.out = out;
    this.exact = out.isExact();
    this.state = first;
    this.buffer = new FrameBuffer(maxFrame + AROUND);
  }

  /** An array that has room for so many bytes after {@link #position}. */
  public byte[] room(int more) {
    return buffer.room(more);
  }

  /** How many bytes will be held when {@link #room} is asked for so many more. */
  public long heldBytesWith(int more) {
    return (long) buffer.sizeFor(more) + skipped.heldBytes();
  }

  /** Bytes that are held for what is not complete; frames that were given out not among them. */
  public long heldBytes() {
    return (long) buffer.bytes.length + skipped.heldBytes();
  }

  /** Where the next bytes go in the array that {@link #room} gave. */
  public int position() {
    return buffer.end;
  }

  /**
   * Takes the bytes that were put at {@link #position}, and cuts.
   *
   * @return false when the stream is broken and the connection should be closed
   */
  public boolean received(int count) {
    append(count);
    return cut();
  }

  /** Takes the bytes that were put at {@link #position}, and leaves the cutting for later. */
  public void append(int count) {
    buffer.end += count;
    uncut = true;
  }

  /**
   * Goes on cutting what was received, until nothing more can be cut or {@link Frames#isFull}.
   *
   * @return as {@link #received}
   */
  public boolean cut() {
    uncut = false;
    while (!uncut && step()) { // takes one frame, or part of one that is skipped, or decides
      uncut = out.isFull();
    }
    buffer.settle();
    return state != State.BROKEN;
  }

  /** True when there may be frames that {@link #cut} would give at once. */
  public boolean hasUncut() {
    return uncut;
  }

  /** True while part of a frame is waiting for its rest. */
  public boolean isInsideFrame() {
    return state != State.BROKEN
        && (!buffer.isEmpty() || state == State.SKIP_LINE || state == State.SKIP_COUNT);
  }

  /**
   * The stream is over: a last line needs no line end, a counted frame that is short is broken. The
   * reader is as new afterwards. Never mind whether anybody is full.
   */
  public void end() {
    while (step()) {
      uncut = false; // all that was left is cut now
    }
    switch (state) {
      case UNDECIDED, LINE -> {
        if (!buffer.isEmpty()) {
          line(buffer.end);
        }
      }
      case SKIP_LINE -> skippedLine();
      case SKIP_COUNT -> out.oversized(skipped.take(), skipped.length() + toSkip);
      case COUNT -> endInCount();
      case BROKEN -> {}
    }
    state = first;
    uncut = false;
    buffer.clear();
  }

  /**
   * Gives what is complete, throws away what is not, and takes no more: nothing is held any longer.
   * Never mind whether anybody is full.
   */
  public void giveUp() {
    while (step()) {
      uncut = false; // all that was left is cut now
    }
    if (isInsideFrame()) {
      boolean skipping = state == State.SKIP_LINE || state == State.SKIP_COUNT;
      long length = skipping ? skipped.length() + buffer.waiting() : buffer.waiting();
      out.givenUp(skipping ? skipped.take() : buffer.first(KEPT_BYTES), length);
    }
    state = State.BROKEN;
    uncut = false;
    buffer.clear();
  }

  private boolean step() {
    return switch (state) {
      case UNDECIDED -> decide();
      case LINE -> nextLine();
      case SKIP_LINE -> skipLine();
      case COUNT -> nextCounted();
      case SKIP_COUNT -> skipCounted();
      case BROKEN -> {
        buffer.clear();
        yield false;
      }
    };
  }

  private boolean decide() {
    FramingGuess guess = FramingGuess.of(buffer);
    if (guess != FramingGuess.OPEN) {
      state = guess == FramingGuess.COUNTED ? State.COUNT : State.LINE;
      return true;
    }
    return false;
  }

  // --- lines ----------------------------------------------------------------------------------

  private boolean nextLine() {
    int end = buffer.end;
    int i = buffer.lineEnd(buffer.scanned);
    if (i < end) {
      line(i);
      buffer.goTo(i + 1);
      return !buffer.isEmpty();
    }
    buffer.scanned = end;
    int mayBeLineEnd = !buffer.isEmpty() && buffer.bytes[end - 1] == '\r' ? 1 : 0;
    if (buffer.waiting() - mayBeLineEnd > maxFrame) {
      state = State.SKIP_LINE;
      skipped.begin(Long.MAX_VALUE);
      skip(end);
    }
    return false;
  }

  private void line(int to) {
    int start = buffer.start;
    int last = Lines.textEnd(buffer.bytes, start, to);
    if (last - start > maxFrame) {
      int kept = Math.min(KEPT_BYTES, last - start);
      out.oversized(Arrays.copyOfRange(buffer.bytes, start, start + kept), last - start);
    } else if (last > start || exact) {
      out.frame(buffer.bytes, start, last);
    }
  }

  private boolean skipLine() {
    int i = buffer.lineEnd(buffer.start);
    boolean over = i < buffer.end;
    skip(i);
    if (over) {
      buffer.goTo(i + 1);
      skippedLine();
      state = State.LINE;
    }
    return over;
  }

  private void skip(int to) {
    skipped.add(buffer.bytes, buffer.start, to);
    buffer.goTo(to);
  }

  private void skippedLine() {
    skipped.endLine();
    out.oversized(skipped.take(), skipped.length());
  }

  // --- counted octets -------------------------------------------------------------------------

  private boolean nextCounted() {
    buffer.skipLineEnds(); // some senders end counted frames with a line end that they do not count
    int digits = buffer.digitsAt(buffer.start);
    int body = buffer.start + digits + 1;
    if (digits > MAX_LENGTH_DIGITS) {
      return broken("a frame length has more than " + MAX_LENGTH_DIGITS + " digits");
    }
    if (body > buffer.end) {
      return false;
    }
    if (digits == 0 || buffer.bytes[body - 1] != ' ') {
      return broken("a frame does not begin with its length and a blank");
    }
    int length = buffer.number(digits);
    if (length > maxFrame) {
      buffer.goTo(body);
      state = State.SKIP_COUNT;
      toSkip = length;
      skipped.begin(length);
      return true;
    }
    if (buffer.end - body < length) {
      return false;
    }
    counted(body, body + length);
    buffer.goTo(body + length);
    return !buffer.isEmpty();
  }

  private void counted(int from, int to) {
    int last = to;
    while (!exact
        && last > from
        && (buffer.bytes[last - 1] == '\n' || buffer.bytes[last - 1] == '\r')) {
      last--;
    }
    if (last > from || exact) {
      out.frame(buffer.bytes, from, last);
    }
  }

  private boolean skipCounted() {
    int here = (int) Math.min(toSkip, buffer.waiting());
    skip(buffer.start + here);
    toSkip -= here;
    if (toSkip > 0) {
      return false;
    }
    out.oversized(skipped.take(), skipped.length());
    state = State.COUNT;
    return !buffer.isEmpty();
  }

  private void endInCount() {
    buffer.skipLineEnds();
    if (!buffer.isEmpty()) {
      broken("the connection ended within a frame");
    }
  }

  private boolean broken(String why) {
    out.broken(buffer.first(KEPT_BYTES), why);
    state = State.BROKEN;
    buffer.clear();
    return false;
  }
}
