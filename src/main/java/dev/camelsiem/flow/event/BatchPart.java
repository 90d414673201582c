package dev.camelsiem.flow.event;

import java.util.List;

/**
 * A part of a batch while it is being done; belongs to whoever does it.
 *
 * @param lines takes the events that go on
 * @param letters takes those that stop, in their order
 */
public record BatchPart(EncodedBatch.Builder lines, List<DeadLetter> letters) {}
