package dev.camelsiem.lang.value;

/**
 * What is left of the {@link EvaluationLimits} while a rule looks at one event, and the one thing
 * about the event's circumstances that values depend on: when it was received. One per thread,
 * {@linkplain #start started} anew for every event.
 */
public final class Budget {
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

  /** Steps that are left. */
  public int stepsLeft() {
    return steps;
  }

  /** Steps used since the start. */
  public int stepsUsed() {
    return allowedSteps - steps;
  }

  /** Bytes of output used since the start. */
  public int outputUsed() {
    return allowedOutput - outputBytes;
  }
}
