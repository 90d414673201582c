package dev.camelsiem.edge.camel.tail;

/** Where batches go. */
@FunctionalInterface
interface BatchSink {
  /**
   * Delivers a batch; returns only when it was accepted.
   *
   * @throws Exception when it was not: the same batch comes again
   */
  void deliver(Batch batch) throws Exception;
}
