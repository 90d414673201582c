package dev.camelsiem.lang.value;

import dev.camelsiem.text.Text;

/**
 * What is left of the {@link EvaluationLimits} while a rule looks at one event, and the one thing
 * about the event's circumstances that values depend on: when it was received. One per thread,
 * {@linkplain #start started} anew for every event.
 */
public final class Budget {
  /** Comparisons that beginning to compare is worth. */
  private static final int A_TRY = 3;

  /** Comparisons that may be owed to a budget. */
  private static final int MOST_OWED = 1024;

  private static final int BYTES_PER_STEP = 64;

  /** One by one they take longer than a look at bytes in a row. */
  private static final int COMPARISONS_PER_STEP = 32;

  private final EvaluationLimits limits;
  private int allowedSteps;
  private int allowedOutput;
  private int steps;
  private int outputBytes;
  private long receivedAt;

  public Budget(EvaluationLimits limits) {
    this.limits = limits;
    allow(limits.steps(), limits.outputBytes());
    start(0);
  }

  /** From the next start on no more than this is available, nor more than the limits. */
  public void allow(int mostSteps, int mostOutputBytes) {
    allowedSteps = Math.min(limits.steps(), Math.max(0, mostSteps));
    allowedOutput = Math.min(limits.outputBytes(), Math.max(0, mostOutputBytes));
  }

  /**
   * Everything is available again.
   *
   * @param receivedAtMillis when the event was received; gives dates without a year theirs
   */
  public void start(long receivedAtMillis) {
    steps = allowedSteps;
    outputBytes = allowedOutput;
    receivedAt = receivedAtMillis;
  }

  /** When the event was received, in milliseconds since 1970 UTC. */
  public long receivedAt() {
    return receivedAt;
  }

  /** Uses up steps. Call it before the work is done: what is refused has used up nothing. */
  public void step(int n) {
    if (n > steps || n < 0) {
      throw BudgetExceeded.STEPS;
    }
    steps -= n;
  }

  /** Uses up the steps of work that was done already, and be it more than was left. */
  public void worked(int n) {
    steps -= n;
    if (steps < 0) {
      steps = 0;
      throw BudgetExceeded.STEPS;
    }
  }

  /** Uses up the steps that looking once at so many bytes takes. */
  public void scan(int bytes) {
    step(1 + bytes / BYTES_PER_STEP);
  }

  /** Uses up the steps of so many comparisons of single bytes that were made already. */
  public void compared(int comparisons) {
    worked(comparisons / COMPARISONS_PER_STEP);
  }

  /** Uses up output, and the steps to write it. Call it before the bytes are allocated. */
  public void output(int bytes) {
    if (bytes > outputBytes || bytes < 0) {
      throw BudgetExceeded.OUTPUT;
    }
    outputBytes -= bytes;
    scan(bytes);
  }

  /** Steps used since the start. */
  public int stepsUsed() {
    return allowedSteps - steps;
  }

  /** Bytes of output used since the start. */
  public int outputUsed() {
    return allowedOutput - outputBytes;
  }

  /**
   * Where {@code part} first stands in {@code bytes} between two absolute offsets, or -1, for texts
   * and parts from outside: pays for what it compares beyond first bytes, which may be much more
   * than there are bytes. The look at the bytes themselves is the caller's.
   */
  public int indexOf(byte[] bytes, int from, int to, byte[] part, int partFrom, int partTo) {
    int length = partTo - partFrom;
    if (length < 2) {
      return Text.indexOf(bytes, from, to, part, partFrom, partTo);
    }
    byte first = part[partFrom];
    int last = to - length;
    int spent = 0;
    for (int i = Text.next(bytes, from, last + 1, first);
        i <= last;
        i = Text.next(bytes, i + 1, last + 1, first)) {
      int same = 1;
      while (same < length && bytes[i + same] == part[partFrom + same]) {
        same++;
      }
      spent += A_TRY + same;
      if (same == length) {
        compared(spent);
        return i;
      }
      if (spent >= MOST_OWED) {
        compared(spent);
        spent = 0;
      }
    }
    compared(spent);
    return -1;
  }
}
