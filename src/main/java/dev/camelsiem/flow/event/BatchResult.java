package dev.camelsiem.flow.event;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the events of a batch, or of a part of one.
 *
 * @param batch those that go on
 * @param letters those that stopped, in their order
 */
public record BatchResult(EncodedBatch batch, List<DeadLetter> letters) {
  /** What became of a whole batch, from what became of its parts. */
  public static BatchResult join(List<BatchResult> parts) {
    List<DeadLetter> letters = new ArrayList<>();
    parts.forEach(part -> letters.addAll(part.letters));
    return new BatchResult(
        EncodedBatch.join(parts.stream().map(BatchResult::batch).toList()), letters);
  }
}
