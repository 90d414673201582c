package dev.camelsiem.flow.event;

import java.util.List;

/**
 * What became of the events of a batch.
 *
 * @param batch those that go on
 * @param letters those that stopped, in their order
 */
public record BatchResult(EncodedBatch batch, List<DeadLetter> letters) {}
