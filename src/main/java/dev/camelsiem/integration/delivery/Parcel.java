package dev.camelsiem.integration.delivery;

import dev.camelsiem.flow.event.EncodedBatch;

/** A batch in an outlet's queue. Guarded by its outlet. */
final class Parcel {
  final EncodedBatch batch;
  final Delivery delivery;
  final long queuedAt = System.nanoTime();

  /** Was moved to the spool while it was being sent. */
  boolean spooled;

  Parcel(EncodedBatch batch, Delivery delivery) {
    this.batch = batch;
    this.delivery = delivery;
  }
}
