package dev.camelsiem.edge.camel.http;

import dev.camelsiem.flow.event.DeadLetter;
import java.util.List;

/**
 * What became of one batch.
 *
 * @param taken whether the route is through with it without a failure
 * @param letters what its steps have stopped of it
 */
record BatchOutcome(boolean taken, List<DeadLetter> letters) {}
