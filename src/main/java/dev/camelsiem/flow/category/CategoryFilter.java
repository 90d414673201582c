package dev.camelsiem.flow.category;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import org.jspecify.annotations.Nullable;

/** Keeps of a batch what a {@link Subscription} wants. Thread-safe. */
public final class CategoryFilter {
  private final Subscription subscription;
  private final FactsReader reader;
  private final boolean passUnknown;

  /**
   * @param reader finds the facts of an event that carries none
   * @param passUnknown what happens to an event of which nothing can be found out
   */
  public CategoryFilter(Subscription subscription, FactsReader reader, boolean passUnknown) {
    this.subscription = subscription;
    this.reader = reader;
    this.passUnknown = passUnknown;
  }

  /** The wanted events in the same order, on the same bytes. */
  public EncodedBatch filter(EncodedBatch batch) {
    return batch.select(i -> wants(batch, i));
  }

  private boolean wants(EncodedBatch batch, int index) {
    EventFacts facts = batch.facts(index);
    if (facts == null) {
      facts = reader.read(batch, index);
    }
    return facts == null ? passUnknown : subscription.wants(facts);
  }

  /** Finds out what an encoded line says of itself. */
  @FunctionalInterface
  public interface FactsReader {
    /** Knows nothing of any line. */
    FactsReader NONE = (batch, index) -> null;

    /** The facts of one event of a batch, or null when they cannot be told. */
    @Nullable EventFacts read(EncodedBatch batch, int index);
  }
}
