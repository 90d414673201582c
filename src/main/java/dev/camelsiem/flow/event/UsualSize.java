package dev.camelsiem.flow.event;

/**
 * Guesses how many bytes the next batch takes from those before it. Follows the last few thousand
 * events, each with its own weight, so that one large event hardly matters. Not thread-safe.
 */
public final class UsualSize {
  /** So many events of the past weigh as much as those of a batch. */
  private static final int MEMORY = 1_024;

  /** A guess never goes beyond; a batch that needs more grows. */
  private static final int LARGEST_GUESS = 1 << 24;

  private static final int SPARE = 32;

  private double bytesPerEvent;

  /**
   * @param first bytes of an event to begin with
   */
  public UsualSize(int first) {
    bytesPerEvent = first;
  }

  /** Room for so many events: one allocation in most cases, little of it wasted. */
  public int expected(int events) {
    return (int) Math.min(LARGEST_GUESS, events * (bytesPerEvent + SPARE));
  }

  /** A builder with room for so many events. */
  public EncodedBatch.Builder builder(int events) {
    return new EncodedBatch.Builder(expected(events), events);
  }

  /** Takes notice of what a batch took. */
  public void learn(int events, long bytes) {
    bytesPerEvent = (bytesPerEvent * MEMORY + bytes) / (MEMORY + events);
  }
}
