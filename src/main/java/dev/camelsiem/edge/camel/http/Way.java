package dev.camelsiem.edge.camel.http;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import java.util.List;

/** The way from a path into its route. Thread-safe; nothing throws. */
interface Way {
  /** Of a route that was never started. */
  Way CLOSED =
      new Way() {
        @Override
        public boolean isOpen() {
          return false;
        }

        @Override
        public boolean needsPort() {
          return false;
        }

        @Override
        public boolean mayWork() {
          return false;
        }

        @Override
        public void begun() {}

        @Override
        public void ended() {}

        @Override
        public BatchOutcome pass(List<RawEvent> batch) {
          return new BatchOutcome(false, List.of());
        }

        @Override
        public boolean lettersFirst() {
          return false;
        }

        @Override
        public boolean keep(List<DeadLetter> letters) {
          return false;
        }
      };

  /** Whether the route takes requests now: it has been started and does not stop. */
  boolean isOpen();

  /** Whether the route has been started, or is about to be, and was not stopped. */
  boolean needsPort();

  /** Whether what is worked on may go on. */
  boolean mayWork();

  /** A whole request waits for a worker or is worked on, until {@link #ended}. */
  void begun();

  void ended();

  /** Sends a batch through the route. */
  BatchOutcome pass(List<RawEvent> batch);

  /**
   * Whether dead letters could not be kept lately. Then those of a request come before its good
   * events, which would else be stored again each time that it is sent again.
   */
  boolean lettersFirst();

  /** Keeps dead letters; false when that failed, which is logged. */
  boolean keep(List<DeadLetter> letters);
}
