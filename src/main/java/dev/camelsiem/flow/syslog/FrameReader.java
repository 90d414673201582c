package dev.camelsiem.flow.syslog;

import java.nio.charset.StandardCharsets;
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
  /** How frames are told apart. */
  public enum Framing {
    /**
     * By the first bytes of the connection: counted when it begins with a length and a blank before
     * what syslog or CEF begins with.
     */
    AUTO,
    /** Each frame ends with LF or CR LF. */
    LF,
    /** Each frame begins with its length in digits and a blank. */
    OCTET_COUNTING
  }

  /** Takes what the reader finds, in the order of the stream. */
  public interface Frames {
    /** A whole frame without its line end; never empty. */
    void frame(byte[] bytes, int from, int to);

    /** The first bytes of a frame over the limit; the reader has gone on to the next frame. */
    void oversized(byte[] firstBytes, long length);

    /**
     * What could not be cut into frames: nobody knows where the next one begins, so the reader
     * takes no more bytes.
     */
    void broken(byte[] firstBytes, String why);
  }

  /** So much of a frame that cannot be taken is kept for the dead letter. */
  public static final int KEPT_BYTES = 8192;

  /** More digits than this make no frame length (CVE-2022-24903 was an overflow of such digits). */
  public static final int MAX_LENGTH_DIGITS = 7;

  private static final String[] COUNTED_BEGINNINGS = {
    "<", "CEF:", "LEEF:", "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ",
    "Oct ", "Nov ", "Dec "
  };

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

  private State state;
  private byte[] bytes = {};

  /** Where the frame that is not complete yet begins. */
  private int start;

  /** Up to here no line end was found. */
  private int scanned;

  private int end;

  private byte[] kept = {};
  private int keptLength;
  private long skipped;
  private byte lastSkipped;
  private long toSkip;

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
    this.state = first;
  }

  /** An array that has room for so many bytes after {@link #position}. */
  public byte[] room(int more) {
    if (bytes.length - end < more) {
      int carry = end - start;
      byte[] larger = new byte[(carry == 0 ? 0 : 2 * carry) + more];
      System.arraycopy(bytes, start, larger, 0, carry);
      bytes = larger;
      scanned -= start;
      start = 0;
      end = carry;
    }
    return bytes;
  }

  /** Where the next bytes go in the array that {@link #room} gave. */
  public int position() {
    return end;
  }

  /**
   * Takes the bytes that were put at {@link #position}.
   *
   * @return false when the stream is broken and the connection should be closed
   */
  public boolean received(int count) {
    end += count;
    while (step()) {
      // each step takes one frame, or part of one that is skipped, or decides something
    }
    return state != State.BROKEN;
  }

  /** True while part of a frame is waiting for its rest. */
  public boolean isInsideFrame() {
    return state != State.BROKEN
        && (end > start || state == State.SKIP_LINE || state == State.SKIP_COUNT);
  }

  /**
   * The stream is over: a last line needs no line end, a counted frame that is short is broken. The
   * reader is as new afterwards.
   */
  public void end() {
    switch (state) {
      case UNDECIDED, LINE -> line(end);
      case SKIP_LINE -> skippedLine();
      case SKIP_COUNT -> out.oversized(keptBytes(), skipped);
      case COUNT -> endInCount();
      case BROKEN -> {}
    }
    state = first;
    start = end;
    scanned = end;
  }

  private boolean step() {
    return switch (state) {
      case UNDECIDED -> decide();
      case LINE -> nextLine();
      case SKIP_LINE -> skipLine();
      case COUNT -> nextCounted();
      case SKIP_COUNT -> skipCounted();
      case BROKEN -> {
        start = end;
        yield false;
      }
    };
  }

  // --- which framing --------------------------------------------------------------------------

  /**
   * Counted are streams that begin with a length, a blank and what syslog or CEF begins with. A
   * mere number is not enough: lines may begin with one, too.
   */
  private boolean decide() {
    if (start == end) {
      return false;
    }
    int digits = digitsAt(start);
    if (digits > 0 && digits <= MAX_LENGTH_DIGITS && bytes[start] != '0') {
      int blank = start + digits;
      if (blank == end) {
        return false;
      }
      if (bytes[blank] == ' ') {
        if (blank + 1 == end) {
          return false;
        }
        int match = match(blank + 1);
        if (match == 0) {
          return false;
        }
        state = match > 0 ? State.COUNT : State.LINE;
        return true;
      }
    }
    state = State.LINE;
    return true;
  }

  /** 1: one of the beginnings stands here, 0: may still become one, -1: none does. */
  private int match(int from) {
    int best = -1;
    for (String beginning : COUNTED_BEGINNINGS) {
      int i = 0;
      while (i < beginning.length() && from + i < end && bytes[from + i] == beginning.charAt(i)) {
        i++;
      }
      if (i == beginning.length()) {
        return 1;
      }
      if (from + i == end) {
        best = 0;
      }
    }
    return best;
  }

  private int digitsAt(int from) {
    int i = from;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i - from;
  }

  // --- lines ----------------------------------------------------------------------------------

  private boolean nextLine() {
    int i = scanned;
    while (i < end && bytes[i] != '\n') {
      i++;
    }
    if (i < end) {
      line(i);
      start = i + 1;
      scanned = start;
      return start < end;
    }
    scanned = end;
    int mayBeLineEnd = end > start && bytes[end - 1] == '\r' ? 1 : 0;
    if (end - start - mayBeLineEnd > maxFrame) {
      beginSkip(State.SKIP_LINE, Long.MAX_VALUE);
      keep(start, end);
      start = end;
    }
    return false;
  }

  private void line(int to) {
    int last = to > start && bytes[to - 1] == '\r' ? to - 1 : to;
    if (last - start > maxFrame) {
      out.oversized(
          Arrays.copyOfRange(bytes, start, start + Math.min(KEPT_BYTES, last - start)),
          last - start);
    } else if (last > start) {
      out.frame(bytes, start, last);
    }
  }

  private boolean skipLine() {
    int i = start;
    while (i < end && bytes[i] != '\n') {
      i++;
    }
    keep(start, i);
    boolean over = i < end;
    start = over ? i + 1 : end;
    scanned = start;
    if (over) {
      skippedLine();
      state = State.LINE;
    }
    return over;
  }

  // --- counted octets -------------------------------------------------------------------------

  private boolean nextCounted() {
    while (start < end && (bytes[start] == '\n' || bytes[start] == '\r')) {
      start++; // some senders end counted frames with a line end that they do not count
    }
    int digits = digitsAt(start);
    int body = start + digits + 1;
    if (digits > MAX_LENGTH_DIGITS) {
      return broken("a frame length has more than " + MAX_LENGTH_DIGITS + " digits");
    }
    if (body > end) {
      return false;
    }
    if (digits == 0 || bytes[body - 1] != ' ') {
      return broken("a frame does not begin with its length and a blank");
    }
    int length = length(start, digits);
    if (length > maxFrame) {
      start = body;
      beginSkip(State.SKIP_COUNT, length);
      return true;
    }
    if (end - body < length) {
      return false;
    }
    counted(body, body + length);
    start = body + length;
    scanned = start;
    return start < end;
  }

  private int length(int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  private void counted(int from, int to) {
    int last = to;
    while (last > from && (bytes[last - 1] == '\n' || bytes[last - 1] == '\r')) {
      last--;
    }
    if (last > from) {
      out.frame(bytes, from, last);
    }
  }

  private boolean skipCounted() {
    int here = (int) Math.min(toSkip, end - start);
    keep(start, start + here);
    start += here;
    scanned = start;
    toSkip -= here;
    if (toSkip > 0) {
      return false;
    }
    out.oversized(keptBytes(), skipped);
    state = State.COUNT;
    return start < end;
  }

  private void endInCount() {
    while (start < end && (bytes[start] == '\n' || bytes[start] == '\r')) {
      start++;
    }
    if (start < end) {
      broken("the connection ended within a frame");
    }
  }

  private boolean broken(String why) {
    out.broken(Arrays.copyOfRange(bytes, start, start + Math.min(KEPT_BYTES, end - start)), why);
    state = State.BROKEN;
    start = end;
    return false;
  }

  // --- frames over the limit ------------------------------------------------------------------

  private void beginSkip(State skip, long count) {
    state = skip;
    toSkip = count;
    skipped = 0;
    keptLength = 0;
    kept = new byte[(int) Math.min(KEPT_BYTES, count)];
  }

  private void keep(int from, int to) {
    int more = Math.min(kept.length - keptLength, to - from);
    System.arraycopy(bytes, from, kept, keptLength, more);
    keptLength += more;
    skipped += to - from;
    lastSkipped = to > from ? bytes[to - 1] : lastSkipped;
  }

  private void skippedLine() {
    if (lastSkipped == '\r') {
      keptLength -= keptLength == skipped ? 1 : 0;
      skipped--;
    }
    out.oversized(keptBytes(), skipped);
  }

  private byte[] keptBytes() {
    byte[] result = Arrays.copyOf(kept, keptLength);
    kept = new byte[0];
    return result;
  }

  @Override
  public String toString() {
    int shown = Math.min(40, end - start);
    return state + " " + new String(bytes, start, shown, StandardCharsets.UTF_8);
  }
}
