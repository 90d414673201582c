package dev.camelsiem.delivery.log;

import dev.camelsiem.flow.event.EncodedBatch;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A record that was read. Immutable, shared by all readers. */
public interface LogBatch {
  Position start();

  /** What to {@link Cursor#commit} when all of it is done with. */
  Position end();

  /** How many sequence numbers it takes. */
  int events();

  /** Epoch milliseconds of its append. */
  long appendedAt();

  /**
   * The lines of the first of these encodings that it holds, or null when it holds none of them.
   * Each line is followed by a line feed in {@link EncodedBatch#array()}, one behind the other.
   */
  @Nullable EncodedBatch lines(Collection<Long> encodingKeys);

  /** Whether lines of one of these encodings stand in it, but damaged. */
  boolean isDamaged(Collection<Long> encodingKeys);
}
