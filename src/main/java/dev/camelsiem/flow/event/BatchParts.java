package dev.camelsiem.flow.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives out parts of batches and puts them together. A whole batch has arrays of its own, so the
 * arrays of its parts, which nobody else has seen, serve again; of a batch with one part they are
 * the batch. Thread-safe.
 */
public final class BatchParts {
  private static final int FIRST_GUESS = 480;

  /** No more than this is kept for other batches. */
  static final int MOST_IDLE_BYTES = 4 << 20;

  /** What is so many times as large as it should be is given up. */
  private static final int MUCH = 4;

  private final UsualSize usual = new UsualSize(FIRST_GUESS);
  private final Deque<EncodedBatch.Builder> idle = new ArrayDeque<>();
  private long idleBytes;

  /** A part with room for what becomes of so many events. */
  public BatchPart begin(int events) {
    int bytes = expected(events);
    EncodedBatch.Builder kept = take(MUCH * EncodedBatch.Builder.held(bytes, events));
    return new BatchPart(
        kept == null ? new EncodedBatch.Builder(bytes, events) : kept, new ArrayList<>());
  }

  /** What became of a whole batch; its parts must not be used afterwards. */
  public BatchResult join(List<BatchPart> parts) {
    if (parts.size() == 1) {
      BatchPart part = parts.get(0);
      learn(part.lines().size(), part.lines().position());
      return new BatchResult(part.lines().build(), part.letters());
    }
    List<DeadLetter> letters = new ArrayList<>();
    List<EncodedBatch> lines = new ArrayList<>(parts.size());
    for (BatchPart part : parts) {
      letters.addAll(part.letters());
      lines.add(part.lines().view());
    }
    EncodedBatch whole = EncodedBatch.join(lines); // a copy, so that the parts are free
    learn(whole.size(), whole.array().length);
    parts.forEach(part -> keep(part.lines()));
    return new BatchResult(whole, letters);
  }

  private synchronized int expected(int events) {
    return usual.expected(events);
  }

  /** The one that was kept last, unless it holds more than that. */
  private synchronized EncodedBatch.@Nullable Builder take(long most) {
    EncodedBatch.Builder last = idle.peekLast();
    if (last == null || last.heldBytes() > most) {
      return null;
    }
    idle.removeLast();
    idleBytes -= last.heldBytes();
    return last;
  }

  private synchronized void keep(EncodedBatch.Builder builder) {
    builder.reset();
    idle.addLast(builder);
    idleBytes += builder.heldBytes();
    while (idleBytes > MOST_IDLE_BYTES) {
      idleBytes -= idle.removeFirst().heldBytes();
    }
  }

  private synchronized void learn(int events, long bytes) {
    usual.learn(events, bytes);
  }

  /** Bytes that are kept for other batches. */
  synchronized long idleBytes() {
    return idleBytes;
  }
}
